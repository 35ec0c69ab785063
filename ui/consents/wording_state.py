"""A text that is being written, together with everything it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.consent_errors import Fault
from desktop.domain import text_versions
from desktop.domain.consent_texts import KEPT_DAYS, Path, faults_in
from desktop.domain.consents import LANGUAGES
from desktop.domain.text_versions import Texts
from ui.consents.fault_words import path_of


@dataclass(frozen=True, slots=True)
class Written:
    """Each change makes a new one; only what changed is checked again."""

    texts: Texts
    faults: Mapping[str, tuple[Fault, ...]]
    """By language."""

    @classmethod
    def of(cls, texts: Texts) -> "Written":
        """Check every language."""
        return cls(texts, {each: _faults(texts, each) for each in LANGUAGES})

    def put(self, language: str, path: Path, words: str) -> "Written":
        """Return it with other words at one place."""
        texts = text_versions.put(self.texts, language, path, words)
        changed = LANGUAGES if path == KEPT_DAYS else (language,)
        found = {each: _faults(texts, each) for each in changed}
        return Written(texts, {**self.faults, **found})

    def signed_off(self, language: str, who: str, day: date) -> "Written":
        """Return it with a translation signed off."""
        return Written(text_versions.signed_off(self.texts, language, who, day), self.faults)

    def every(self) -> list[Fault]:
        """Return all that is wrong."""
        return [fault for each in self.faults.values() for fault in each]

    def wrong(self, language: str) -> dict[Path, Fault]:
        """Return what is wrong in one language, by place."""
        placed = ((path_of(fault), fault) for fault in self.faults[language])
        return {path: fault for path, fault in placed if path is not None}

    def first(self) -> tuple[str, Path] | None:
        """Return language and place of the first thing to mend."""
        every = ((each, path) for each in LANGUAGES for path in self.wrong(each))
        return next(every, None)


def _faults(texts: Texts, language: str) -> tuple[Fault, ...]:
    return tuple(faults_in(texts.get(language, {}), "", language))
