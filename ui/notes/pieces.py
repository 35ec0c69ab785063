"""Long text cut into pieces small enough to lay out between two frames."""

from collections.abc import Iterator

from desktop.domain.notes import Mark, Marks
from desktop.domain.text import clean

PIECE = 4_000
"""Measured: 4,000 characters take about 4 ms to lay out; one frame is 16 ms."""
Piece = tuple[str, Marks]
"""Some text, and what in it is marked, counted from its beginning."""


def pieces(text: str, found: Marks = ()) -> Iterator[Piece]:
    """Yield `text` cleaned, cut at line ends, each piece with its marks.

    A line longer than a piece is folded at a space: Qt lays out a whole paragraph for every
    key, so one of a megabyte would freeze the window at each (measured: 0.3 s a key). Where
    anything is marked, the text was cleaned before.
    """
    rest = text.replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    while len(rest) - start > PIECE:
        end = rest.rfind("\n", start, start + PIECE) + 1
        fold = "" if end else "\n"
        end = end or (rest.rfind(" ", start, start + PIECE) + 1) or start + PIECE
        yield clean(rest[start:end]) + fold, _within(found, start, end)
        start = end
    yield clean(rest[start:]), _within(found, start, len(rest))


def _within(found: Marks, start: int, end: int) -> Marks:
    return tuple(
        Mark(max(mark.start, start) - start, min(mark.end, end) - max(mark.start, start))
        for mark in found
        if mark.start < end and mark.end > start
    )
