"""How an organisation's notes begin, and what it writes every night: its own heads and phrases."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.text import checked
from desktop.errors import ResidentNumberFound, TextTooLong
from desktop.note_errors import TemplateBroken

HEAD_LIMIT, PHRASE_LIMIT = 40, 200
MOST_HEADS, MOST_PHRASES, MOST_FORMER = 12, 12, 100
_BETWEEN = ":"


class Wrong(StrEnum):
    """What is wrong with a line."""

    TOO_LONG = "too-long"
    TWICE = "twice"
    TOO_MANY = "too-many"
    NO_WORDS = "no-words"
    NUMBER = "resident-number"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A short word for the chip, and what it writes."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Template:
    """What a new note begins with, and the chips under it. No heads: a free page."""

    heads: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    former: tuple[str, ...] = ()
    """Heads of earlier: notes that have them are dressed as before."""

    def after(self, before: "Template") -> "Template":
        """Return this one, which knows the heads of the one before."""
        old = (head for head in (*before.heads, *before.former) if head not in self.heads)
        return Template(self.heads, self.phrases, tuple(dict.fromkeys(old))[:MOST_FORMER])


def read(heads: str, phrases: str) -> Template:
    """Read what was typed, one line each; `TemplateBroken` names the first line that is wrong."""
    return Template(tuple(_heads(heads)), tuple(_phrases(phrases)))


def phrase_line(phrase: Phrase) -> str:
    """Return a phrase as it is typed."""
    return f"{phrase.name}{_BETWEEN} {phrase.words}"


def _heads(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for number, line in _lines(text, "heads"):
        if len(line) > HEAD_LIMIT:
            raise TemplateBroken("heads", number, Wrong.TOO_LONG)
        _once(line, seen, ("heads", number), MOST_HEADS)
        yield line


def _phrases(text: str) -> Iterator[Phrase]:
    seen: set[str] = set()
    for number, line in _lines(text, "phrases"):
        name, _, words = (part.strip() for part in line.partition(_BETWEEN))
        if not name or not words:
            raise TemplateBroken("phrases", number, Wrong.NO_WORDS)
        if len(name) > HEAD_LIMIT or len(words) > PHRASE_LIMIT:
            raise TemplateBroken("phrases", number, Wrong.TOO_LONG)
        _once(name, seen, ("phrases", number), MOST_PHRASES)
        yield Phrase(name, words)


def _lines(text: str, where: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            cleaned = " ".join(checked(line).split())
        except ResidentNumberFound as error:
            raise TemplateBroken(where, number, Wrong.NUMBER) from error
        except TextTooLong as error:
            raise TemplateBroken(where, number, Wrong.TOO_LONG) from error
        if cleaned:
            yield number, cleaned


def _once(name: str, seen: set[str], where: tuple[str, int], most: int) -> None:
    if name in seen:
        raise TemplateBroken(*where, Wrong.TWICE)
    seen.add(name)
    if len(seen) > most:
        raise TemplateBroken(*where, Wrong.TOO_MANY)
