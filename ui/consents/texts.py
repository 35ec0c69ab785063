"""The consent form's words: versioned files, one a language, with named blanks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain import consent_texts
from desktop.domain.consent_texts import CHILD, GUARDIAN, ROWS, YOUTH
from desktop.domain.consents import (
    LANGUAGES,
    PLAIN_ITEMS,
    SENSITIVE_ITEMS,
    Article,
    Item,
    Verification,
)
from desktop.domain.text_versions import Texts, beside
from i18n.formats import SEOUL
from sync.protocol.digests import sha256

SHOWN = LANGUAGES
"""Those the screen offers."""
FOLDER = Path(__file__).parent / "texts"

__all__ = [
    "CHILD", "GUARDIAN", "LANGUAGES", "ROWS", "SHOWN", "YOUTH", "Blanks", "Form", "Row", "Screen",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Blanks:
    """What the form's blanks are filled from; the same for every language."""

    alias: str
    agency: str
    items: frozenset[Item]
    categories: tuple[str, ...]
    until: datetime
    identifier: str = ""
    """The kind of number that would be told; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing the law wants told: a question a young person would ask, and its answer."""

    key: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One question exactly as it is shown."""

    article: Article
    language: str
    title: str
    intro: str
    child: str
    rows: tuple[Row, ...]
    until: str
    answers: tuple[str, str, str]
    """The words on yes, no and later."""
    korean: tuple[str, ...] = ()
    """The Korean text where somebody wished it beside: above, a line a row, below."""
    aside: tuple[str, ...] = ()
    """What else stands there for the counselor: what a row is about, and that it is a draft."""

    def lines(self) -> tuple[str, ...]:
        """Return every line shown, from the top down."""
        told = (line for row in self.rows for line in (row.question, row.answer))
        lines = (self.title, self.intro, self.child, *told, self.until, *self.answers)
        return tuple(line for line in (*lines, *self.korean, *self.aside) if line)

    def aloud(self) -> tuple[str, ...]:
        """Return the lines in its own language: another one's words are no words in this voice."""
        return replace(self, korean=(), aside=()).lines()

    def beside(self, korean: "Screen") -> "Screen":
        """Return this one with the same question in Korean beside it."""
        rows = (f"{row.question} {row.answer}" for row in korean.rows)
        above = f"{korean.title} {korean.intro}"
        return replace(self, korean=(above, *rows, korean.until))


class _Held:
    """Whose texts are shown: one answer for the whole program, as for its own language."""

    texts: Texts | None = None


_HELD = _Held()


def use(texts: Texts | None) -> None:
    """Show the organisation's texts from now on, or with None the program's own."""
    _HELD.texts = texts


def programs_own() -> Texts:
    """Return the texts that the program brings, by language."""
    return {language: _usual(language) for language in LANGUAGES}


class Form:
    """The form in one language."""

    def __init__(self, language: str, texts: Texts | None = None) -> None:
        """Read what holds, or `texts`; Korean when there is no such language; `TextsRefused`."""
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        usual, held = _usual(self.language), texts or _HELD.texts
        words = held[self.language] if held else usual
        # A text that lacks what the law requires is shown to nobody.
        self.text = consent_texts.read(words, f"{self.language}.json", self.language)
        self._words: dict[str, Any] = beside(words, usual)
        self.id = str(self._words["form"])
        self.name = str(self._words["language_name"])

    def screen(self, article: Article, reader: str, blanks: Blanks) -> Screen:
        """Return the question about `article`, put to the youth, child or guardian."""
        filled = self._filled(blanks)
        asked = self._words[reader][article]
        rows = (Row(key, *(part.format(**filled) for part in asked[key])) for key in ROWS)
        return Screen(
            article=article,
            language=self.language,
            title=asked["title"].format(**filled),
            intro=asked["intro"].format(**filled),
            child=self._words[reader]["child"].format(**filled),
            rows=tuple(rows),
            until=self._words["until"].format(**filled),
            answers=(self.word("yes"), self.word("no"), self.word("later")),
        )

    def word(self, key: str) -> str:
        """Return one word or sentence without blanks."""
        return str(self._words[key])

    def part(self, name: str) -> Mapping[str, str]:
        """Return a named part of plain sentences: `gloss`, `who_answers` or `thanks`."""
        part: Mapping[str, str] = self._words[name]
        return part

    def way(self, way: Verification) -> str:
        """Say one of the seven ways in which a guardian's consent is confirmed."""
        return str(self._words["who_answers"]["ways"][way])

    def purpose(self, blanks: Blanks) -> str:
        """Say why the agency is to get it, as the form does."""
        told = self._words[YOUTH][Article.PROVIDE]["why"][1]
        return str(told.format(**self._filled(blanks)))

    def _filled(self, blanks: Blanks) -> dict[str, str]:
        items, helps = self._words["items"], self._words["help"]
        plain = [items[item] for item in Item if item in blanks.items & PLAIN_ITEMS]
        sensitive = [items[item] for item in Item if item in blanks.items & SENSITIVE_ITEMS]
        return {
            "alias": blanks.alias,
            "agency": blanks.agency,
            "items": ", ".join(plain),
            "sensitive": ", ".join(sensitive),
            "identifier": self._words["identifiers"].get(
                blanks.identifier, items[Item.IDENTIFIER]
            ),
            "help": ", ".join(helps[category] for category in blanks.categories),
            "retention": self._words["retention"],
            "until": self._date(blanks.until),
        }

    def _date(self, at: datetime) -> str:
        day = at.astimezone(SEOUL)
        month = self._words["months"][day.month - 1]
        return str(self._words["date"].format(year=day.year, month=month, day=day.day))


def _usual(language: str) -> dict[str, object]:
    words: dict[str, object] = json.loads((FOLDER / f"{language}.json").read_bytes())
    return words


def fingerprint(shown: tuple[Screen, ...]) -> str:
    """Return the SHA-256 (hex) of exactly what was shown: every line of every screen, in order."""
    text = "\n\n".join("\n".join(screen.lines()) for screen in shown)
    return sha256(text.encode()).hex()
