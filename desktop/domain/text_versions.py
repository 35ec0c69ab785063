"""An organisation's own consent texts: each version that ever held, and the one being written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.consent_texts import KEPT_DAYS, Path, Status, faults_in
from desktop.domain.consents import LANGUAGES
from desktop.domain.text import has_resident_number, masked

Texts = Mapping[str, Mapping[str, object]]
"""What is written, by language; whether it lacks anything is another matter."""
ORIGINAL = LANGUAGES[0]
LACKING = "missing", "not-text"
"""What words of the program's own may stand in for, in a draft and never by themselves."""


@dataclass(frozen=True, slots=True)
class Version:
    """What held from a moment on, until a newer one. It never changes."""

    number: int
    form: str
    """Its id, as consents name it; empty: the program's own texts again."""
    who: str
    at: datetime

    @property
    def is_own(self) -> bool:
        """Say whether the organisation wrote it."""
        return bool(self.form)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is writing. It is shown to nobody and may lack anything."""

    texts: Texts
    who: str
    kept_at: datetime


def said(words: Mapping[str, object], path: Path) -> str:
    """Return the words at a place; empty where there are none."""
    inner: object = words
    for key in path:
        if isinstance(inner, Mapping):
            inner = inner.get(str(key))
        elif isinstance(inner, list) and isinstance(key, int) and key < len(inner):
            inner = inner[key]
        else:
            return ""
    return inner if isinstance(inner, str) else ""


def put(texts: Texts, language: str, path: Path, words: str) -> dict[str, Mapping[str, object]]:
    """Return the texts with other words at one place.

    A signature is on words: it goes when they change, and when the original does. A number of
    days is the same in all.
    """
    changed = dict(texts)
    for each in LANGUAGES if path == KEPT_DAYS else (language,):
        changed[each] = _put(changed.get(each, {}), path, words)
    for each in LANGUAGES if language == ORIGINAL or path == KEPT_DAYS else (language,):
        if each != ORIGINAL and each in changed:
            changed[each] = _with_status(changed[each], Status.DRAFT, "", "")
    return changed


def signed_off(
    texts: Texts, language: str, who: str, day: date
) -> dict[str, Mapping[str, object]]:
    """Return the texts with one translation signed off by whoever's language it is."""
    status = Status.SIGNED_OFF if who else Status.DRAFT
    on = day.isoformat() if who else ""
    return {**texts, language: _with_status(texts[language], status, who, on)}


def blotted(texts: Texts) -> Texts:
    """Return the texts without resident numbers, which may not even be kept (PIPA 24-2)."""
    return {language: _blotted_in(words) for language, words in texts.items()}


def _blotted_in(words: Mapping[str, object]) -> dict[str, object]:
    return {key: _blotted(value) for key, value in words.items()}


def _blotted(said: object) -> object:
    if isinstance(said, Mapping):
        return _blotted_in(said)
    if isinstance(said, list):
        return [_blotted(each) for each in said]
    return masked(said) if isinstance(said, str) and has_resident_number(said) else said


def named(texts: Texts, form: str) -> dict[str, Mapping[str, object]]:
    """Return the texts under one id."""
    return {language: {**words, "form": form} for language, words in texts.items()}


def whole(texts: Texts, own: Texts) -> dict[str, Mapping[str, object]]:
    """Return the texts to go on writing from: what they lack is there in the program's words.

    A text of before the program asked for more lacks just that.
    """
    made: dict[str, Mapping[str, object]] = {}
    for language, usual in own.items():
        words = texts.get(language, {})
        for fault in faults_in(words, "", language):
            path = _path(fault.item)
            if fault.why in LACKING and (there := said(usual, path)):
                words = _put(words, path, there)
        made[language] = beside(words, usual)
    return made


def _path(item: str) -> Path:
    return tuple(int(key) if _is_place(key) else key for key in item.split("/"))


def _is_place(key: str) -> bool:
    # Articles are names that look like numbers; places in a list are smaller.
    return key.isdigit() and int(key) < 15


def beside(words: Mapping[str, object], usual: Mapping[str, object]) -> dict[str, object]:
    """Return the words, and what else the program says there, such as a button's name."""
    made = dict(words)
    for key, value in usual.items():
        if isinstance(value, Mapping):
            inner = made.get(key)
            made[key] = beside(inner if isinstance(inner, Mapping) else {}, value)
        else:
            made.setdefault(key, value)
    return made


def _with_status(
    words: Mapping[str, object], status: Status, who: str, on: str
) -> dict[str, object]:
    said_of = {"translation": status.value, "signed_off_by": who, "signed_off_on": on}
    return {**words, "status": said_of}


def _put(words: object, path: Path, said: str) -> dict[str, object]:
    key, *way = path
    made: dict[str, object] = dict(words) if isinstance(words, Mapping) else {}
    made[str(key)] = _put_in(made.get(str(key)), tuple(way), said) if way else said
    return made


def _put_in(inner: object, way: Path, said: str) -> object:
    if not isinstance(way[0], int):
        return _put(inner, way, said)
    listed: list[object] = list(inner) if isinstance(inner, list) else []
    listed += [""] * (way[0] + 1 - len(listed))
    listed[way[0]] = said
    return listed
