"""Earlier wordings of a note: which are kept, and how one differs from the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from desktop.domain.notes import Marks, Note
from desktop.domain.text import Checked

PAUSE = timedelta(minutes=5)
"""Whoever writes on after so long begins a new wording."""
MUCH = 100
"""So many characters taken out between two saves are kept as they were."""
MOST_SAVES = 240
"""Whoever writes without a pause leaves a wording after so many saves."""
_MOST_LINES = 1_500
"""More lines that differ are shown as changed altogether: comparing grows with their square."""


@dataclass(frozen=True, slots=True)
class Version:
    """One earlier wording, whole."""

    version: int
    saved_at: datetime
    text: Checked
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """That a wording is kept: when it was saved and how long it is."""

    version: int
    saved_at: datetime
    length: int


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


Piece = tuple[Change, str]


def is_kept(before: Note, text: str, at: datetime, last: int) -> bool:
    """Say whether the words before stay as a version when others take their place.

    `last` is the newest version kept; 0: none.
    """
    if not before.text.strip() or before.version <= last:
        return False
    return (
        at - before.saved_at >= PAUSE
        or len(before.text) - len(text) >= MUCH
        or before.version - last >= MOST_SAVES
        or before.finished_at is not None
    )


def compared(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both in order: what stayed, what is gone, what is new."""
    return tuple(_merged(_lines(before.splitlines(True), after.splitlines(True))))


def _lines(before: list[str], after: list[str]) -> Iterator[Piece]:
    head = _same(before, after)
    tail = _same(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    yield Change.SAME, "".join(before[:head])
    if max(len(old), len(new)) > _MOST_LINES:
        yield Change.GONE, "".join(old)
        yield Change.NEW, "".join(new)
    else:
        yield from _matched(old, new)
    yield Change.SAME, "".join(before[len(before) - tail :])


def _matched(old: list[str], new: list[str]) -> Iterator[Piece]:
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Change.SAME, "".join(old[i:j])
        else:
            yield from _words("".join(old[i:j]), "".join(new[k:m]))


def _words(old: str, new: str) -> Iterator[Piece]:
    """Compare what changed word by word, as far as that is quick."""
    before, after = _cut(old), _cut(new)
    if max(len(before), len(after)) > _MOST_LINES:
        yield Change.GONE, old
        yield Change.NEW, new
        return
    for _, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[i:j] == after[k:m]:
            yield Change.SAME, "".join(before[i:j])
        else:
            yield Change.GONE, "".join(before[i:j])
            yield Change.NEW, "".join(after[k:m])


def _cut(text: str) -> list[str]:
    words = text.replace("\n", " \n ").split(" ")
    spaced = [part for word in words for part in (word, " ")][:-1]
    return [part for part in "\0".join(spaced).replace(" \0\n\0 ", "\n").split("\0") if part]


def _same(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    what, text = Change.SAME, ""
    for change, piece in pieces:
        if change is what:
            text += piece
            continue
        if text:
            yield what, text
        what, text = change, piece
    if text:
        yield what, text
