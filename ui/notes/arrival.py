"""A long text coming onto the page piece by piece, so that the window keeps answering."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

from ui.notes.heads import Heads, block_format
from ui.notes.pieces import pieces

_BREATH = 2  # milliseconds between pieces: keys and paint come first


class Arrival(QObject):
    """Puts a text at a cursor. The first piece at once, the rest when the window is free."""

    ended = Signal()

    def __init__(self, heads: Heads) -> None:
        """Have nothing to bring."""
        super().__init__()
        self._heads = heads
        self._cursor = QTextCursor()
        self._rest: Iterator[str] = iter(())
        self._next: str | None = None
        self.is_loading = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BREATH)
        self._timer.timeout.connect(self._bring)

    def start(self, text: str, cursor: QTextCursor, *, is_loading: bool = False) -> None:
        """Bring `text`; what was still to come is brought first."""
        self.finish()
        self.is_loading = is_loading
        self._cursor = cursor
        self._rest = pieces(text)
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

    def whole(self, text: str) -> str:
        """Return the page's `text` with what is still to come at its place."""
        if self._next is None:
            return text
        rest = [self._next, *self._rest]
        self._next, self._rest = rest[0], iter(rest[1:])
        place = _code_points(text, self._cursor.position())
        return text[:place] + "".join(rest) + text[place:]

    def _bring(self) -> None:
        self._cursor.joinPreviousEditBlock()
        self._insert()
        self._cursor.endEditBlock()
        self._go_on()

    def _insert(self) -> None:
        for n, line in enumerate((self._next or "").split("\n")):
            dress = block_format(self._heads.kind(line))
            if n:
                self._cursor.insertBlock(dress)
            self._cursor.insertText(line)
        self._next = next(self._rest, None)

    def _go_on(self) -> None:
        if self.is_under_way():
            self._timer.start()
        else:
            self.is_loading = False
            self.ended.emit()


def _code_points(text: str, units: int) -> int:
    """Turn Qt's position, in UTF-16 units, into Python's, in code points."""
    return len(
        text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore")
    )
