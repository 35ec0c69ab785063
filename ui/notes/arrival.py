"""A long text coming onto the page piece by piece, so that the window keeps answering."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

from desktop.domain.notes import Mark, Marks, Written
from ui.notes import marks
from ui.notes.heads import Heads, block_format
from ui.notes.pieces import Piece, pieces

_BREATH = 2  # milliseconds between pieces: keys and paint come first


class Arrival(QObject):
    """Puts a text at a cursor. The first piece at once, the rest when the window is free."""

    ended = Signal()

    def __init__(self, heads: Heads) -> None:
        """Have nothing to bring."""
        super().__init__()
        self._heads = heads
        self._cursor = QTextCursor()
        self._rest: Iterator[Piece] = iter(())
        self._next: Piece | None = None
        self._is_marked = False
        self.is_loading = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BREATH)
        self._timer.timeout.connect(self._bring)

    def start(self, written: Written, cursor: QTextCursor, *, is_loading: bool = False) -> None:
        """Bring `written`; what was still to come is brought first."""
        self.finish()
        self.is_loading = is_loading
        self._is_marked = bool(written.marks)
        self._cursor = cursor
        self._rest = pieces(written.text, written.marks)
        self._next = next(self._rest, None)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self._insert()
        cursor.endEditBlock()
        self._go_on()

    def is_under_way(self) -> bool:
        """Say whether some of the text is not on the page yet."""
        return self._next is not None

    def drop(self) -> None:
        """Bring no more: another note takes the page."""
        self._timer.stop()
        self._rest, self._next, self.is_loading = iter(()), None, False

    def finish(self) -> None:
        """Bring all that is left at once."""
        while self.is_under_way():
            self._bring()

    def whole(self, page: Written) -> Written:
        """Return the `page` with what is still to come at its place."""
        if self._next is None:
            return page
        rest = [self._next, *self._rest]
        self._next, self._rest = rest[0], iter(rest[1:])
        place = _code_points(page.text, self._cursor.position())
        coming = "".join(text for text, _ in rest)
        text = page.text[:place] + coming + page.text[place:]
        return Written(text, _around(page.marks, place, len(coming)) + _coming(rest, place))

    def _bring(self) -> None:
        self._cursor.joinPreviousEditBlock()
        self._insert()
        self._cursor.endEditBlock()
        self._go_on()

    def _insert(self) -> None:
        text, found = self._next or ("", ())
        start = self._cursor.position()
        for n, line in enumerate(text.split("\n")):
            dress = block_format(self._heads.kind(line))
            if n:
                self._cursor.insertBlock(dress)
            self._cursor.insertText(line)
        if self._is_marked:
            self._mark(start, text, found)
        self._next = next(self._rest, None)

    def _mark(self, start: int, text: str, found: Marks) -> None:
        """Mark what was marked and nothing beside it: words go on as those before them."""
        brush = QTextCursor(self._cursor)
        for mark, is_sensitive in ((Mark(0, len(text) or 1), False), *((m, True) for m in found)):
            brush.setPosition(start + _units(text[: mark.start]))
            end = start + _units(text[: mark.end])
            brush.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            marks.paint(brush, is_sensitive=is_sensitive)

    def _go_on(self) -> None:
        if self.is_under_way():
            self._timer.start()
        else:
            self.is_loading = False
            self.ended.emit()


def _around(found: Marks, place: int, length: int) -> Marks:
    """Return the marks of a page where `length` characters come in between."""
    moved = []
    for mark in found:
        if mark.end <= place:
            moved.append(mark)
        elif mark.start >= place:
            moved.append(Mark(mark.start + length, mark.length))
        else:
            moved.append(Mark(mark.start, mark.length + length))
    return tuple(moved)


def _coming(rest: list[Piece], place: int) -> Marks:
    found = []
    for text, spans in rest:
        found += [Mark(place + mark.start, mark.length) for mark in spans]
        place += len(text)
    return tuple(found)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _code_points(text: str, units: int) -> int:
    """Turn Qt's position, in UTF-16 units, into Python's, in code points."""
    return len(
        text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore")
    )
