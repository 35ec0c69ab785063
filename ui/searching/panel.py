"""The palette's panel: a line to type on, what may be narrowed, and what was found."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from i18n import tr
from ui.searching.delegate import FoundDelegate
from ui.searching.line import QueryLine
from ui.searching.model import FoundModel
from ui.searching.narrowing import Narrowing
from ui.widgets.buttons import icon_button
from ui.widgets.ground import Ground
from ui.widgets.labels import Icon, Rule, text, wrapped

WIDTH, LINE = 620, 76
_HEIGHT, _EMPTY = 460, 44


class Panel(QFrame):
    """Is as high as what was found, as far as there is room."""

    def __init__(self, parent: QWidget, model: FoundModel) -> None:
        """Show the rows of `model`."""
        super().__init__(parent)
        self.query, self.list, self.narrowing = QueryLine(), QListView(), Narrowing()
        self.narrow = icon_button("list-checks", tr("Narrow the search (Alt+F)"))
        told = tr("Nothing found. Try a shorter word, or Alt+F for a place.")
        self.empty = wrapped(told, "body", "text3")
        self._delegate = FoundDelegate()
        self.setProperty("sheet", "true")
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName(tr("Search results"))
        self.list.setModel(model)
        self.list.setItemDelegate(self._delegate)
        Ground(self.list)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._lay_out()

    def show_rows(self, room: int) -> None:
        """Show the rows there are, or that there are none, within `room` pixels."""
        rows = range(self.list.model().rowCount())
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        inside = sum(self.list.sizeHintForRow(row) for row in rows) or _EMPTY
        is_narrowed = not self.narrowing.isHidden()
        above = LINE + is_narrowed * self.narrowing.sizeHint().height()
        self.resize(WIDTH, min(above + inside, _HEIGHT, room))

    def _lay_out(self) -> None:
        top, column = QHBoxLayout(), QVBoxLayout(self)
        top.setContentsMargins(18, 10, 14, 10)
        top.setSpacing(10)
        keycap = text("Esc")
        keycap.setProperty("keycap", "true")
        for widget in (Icon("search", "text3"), self.query, self.narrow, keycap):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        top.setStretch(1, 1)
        self.empty.setContentsMargins(18, 12, 18, 12)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.narrowing)
        column.addWidget(Rule())
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
