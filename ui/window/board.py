"""How the window is laid out, and what gives way when it is small."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from i18n import tr
from ui import style
from ui.syncing.bar import StatusBar
from ui.widgets.labels import Icon, Rule, text, wrapped
from ui.window.header import Header
from ui.window.left import NIGHT, Left
from ui.window.side import Side
from ui.youths.rail import Rail

_ROOMY, _SMALL = (316, 376, 24), (292, 352, 16)
"""Width of the left, of the right, and the margin between."""


class Middle(QStackedWidget):
    """A hint until somebody is chosen; then the note, which `Pages` adds."""

    def __init__(self) -> None:
        """Show the hint."""
        super().__init__()
        self.addWidget(_nobody_yet())


class Board(QWidget):
    """Header above, status below, three columns between."""

    alias_wanted = Signal()
    """The note's header asks to give an alias to whoever is in front."""

    def __init__(self, header: Header, rail: Rail, side: Side, status: StatusBar) -> None:
        """Lay out the parts; nobody is chosen yet."""
        super().__init__()
        self.rail, self.middle, self.side, self._status = rail, Middle(), side, status
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self.left = Left(rail)
        self._row.addWidget(self.left)
        self._row.addWidget(self.middle, 1)
        self._row.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(Rule())
        column.addLayout(self._row, 1)
        column.addWidget(Rule())
        column.addWidget(status)

    @Slot()
    def new_meeting(self) -> None:
        """Open the sheet for a new contact; the night is in front for it."""
        self.left.turn(NIGHT)
        self.rail.new_meeting()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what matters least when the window is small."""
        super().resizeEvent(event)
        is_compact = style.compact(event.size())
        left, right, gap = _SMALL if is_compact else _ROOMY
        self.left.setFixedWidth(_grown(left))
        self.side.setFixedWidth(_grown(right) + gap)
        self._row.setSpacing(gap)
        self.middle.setContentsMargins(0, 14, 0, 14)
        self.side.set_compact(is_compact)
        self._status.set_compact(is_compact)


def _grown(width: int) -> int:
    """Give larger words more room, but leave most of it to the note."""
    return width + (style.scaled(width) - width) // 2


def _nobody_yet() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setSpacing(10)
    column.addStretch(2)
    column.addWidget(Icon("logo", "text", 44), 0, Qt.AlignmentFlag.AlignHCenter)
    column.addWidget(text(tr("Nobody chosen"), "title"), 0, Qt.AlignmentFlag.AlignHCenter)
    hint = wrapped(tr("Choose someone on the left, or press Ctrl+N for a new contact."))
    hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column.addWidget(hint)
    column.addStretch(3)
    return page
