"""Long text cut into pieces small enough to lay out between two frames."""

from collections.abc import Iterator

from desktop.domain.text import clean

PIECE = 4_000
"""Measured: 4,000 characters take about 4 ms to lay out; one frame is 16 ms."""


def pieces(text: str) -> Iterator[str]:
    """Yield `text` cleaned, cut at line ends.

    A line longer than a piece is folded at a space: Qt lays out a whole paragraph for every
    key, so one of a megabyte would freeze the window at each (measured: 0.3 s a key).
    """
    rest = text.replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    while len(rest) - start > PIECE:
        end = rest.rfind("\n", start, start + PIECE) + 1
        if end:
            yield clean(rest[start:end])
        else:
            end = (rest.rfind(" ", start, start + PIECE) + 1) or start + PIECE
            yield clean(rest[start:end]) + "\n"
        start = end
    yield clean(rest[start:])
