"""Ctrl+K: everything by typing, without touching the mouse."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from desktop.services import search
from desktop.services.search import Results
from i18n import tr
from ui.searching.actions import matching
from ui.searching.delegate import FoundDelegate
from ui.searching.line import QueryLine
from ui.searching.model import FoundModel, Row, rows_of
from ui.tasks import Tasks
from ui.widgets.labels import Icon, Rule, text, wrapped

_PAUSE, _MOST = 90, 20  # milliseconds after the last key; results
_WIDTH, _HEIGHT, _LINE, _EMPTY = 620, 460, 76, 44


class Palette(QWidget):
    """A line and a list over the window. A click beside it, or Escape, closes it."""

    youth_chosen = Signal(object, object)
    action_chosen = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        """Be ready over the window, hidden."""
        super().__init__(parent)
        self.setObjectName("palette")
        self._tasks, self._window = tasks, parent
        self._before: QWidget | None = None
        self._asked = ""
        self._model, self._delegate = FoundModel(), FoundDelegate()
        self.query, self.list = QueryLine(), QListView()
        self.empty = wrapped(tr("Nothing found. Try a shorter word."), "body", "text3")
        self.panel = QFrame(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._lay_out()
        self._timer.timeout.connect(self._ask)
        self.query.asked.connect(self._on_asked)
        self.query.moved.connect(self._on_moved)
        self.query.returnPressed.connect(self._on_enter)
        self.list.clicked.connect(self._choose)
        self.hide()

    def open_at(self, anchor: QWidget) -> None:
        """Open over a widget of the window, with what was typed last selected."""
        self._before = self._window.focusWidget()
        self.setGeometry(self._window.rect())
        top = anchor.mapTo(self._window, QPoint(0, 0))
        centre = top.x() + anchor.width() // 2
        left = min(max(12, centre - _WIDTH // 2), self.width() - _WIDTH - 12)
        self.panel.setGeometry(QRect(left, max(8, top.y() - 4), _WIDTH, _LINE))
        self.show()
        self.raise_()
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.query.selectAll()
        self._ask()

    @Slot()
    def leave(self) -> None:
        """Close and give the keyboard back."""
        self._timer.stop()
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.leave()

    @Slot(str)
    def _on_asked(self, _: str) -> None:
        self._timer.start()

    @Slot()
    def _ask(self) -> None:
        query = self._asked = self.query.query().strip()
        if not query:
            self._show(query, Results())
            return
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: search.everything(vault, query, moment, _MOST),
            lambda found: self._show(query, found),
        )

    def _show(self, query: str, found: Results) -> None:
        if query != self._asked:
            return  # a newer question has been asked; its answer is on the way
        self._model.show(rows_of(found, matching(query)))
        has_rows = self._model.rowCount() > 0
        self.list.setVisible(has_rows)
        self.empty.setVisible(not has_rows)
        self._fit()
        self._go_to(self._model.next_choice(-1, 1))

    def _fit(self) -> None:
        """Be as high as what was found, as far as the window allows."""
        rows = range(self._model.rowCount())
        inside = sum(self.list.sizeHintForRow(row) for row in rows) or _EMPTY
        room = self.height() - self.panel.y() - 24
        self.panel.resize(_WIDTH, min(_LINE + inside, _HEIGHT, room))

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        self._go_to(self._model.next_choice(self.list.currentIndex().row(), step))

    def _go_to(self, row: int | None) -> None:
        if row is not None:
            self.list.setCurrentIndex(self._model.index(row))
            if row <= 1:
                self.list.scrollToTop()

    @Slot()
    def _on_enter(self) -> None:
        if self.query.query().strip() != self._asked:
            self._timer.stop()
            self._ask()  # Enter before the answer: look first, the next Enter opens
        else:
            self._choose(self.list.currentIndex())

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, Row):
            return
        self.leave()
        if row.person is not None:
            self.youth_chosen.emit(*row.person)
        elif row.action:
            self.action_chosen.emit(row.action)

    def _lay_out(self) -> None:
        self.panel.setProperty("sheet", "true")
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName(tr("Search results"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        top, column = QHBoxLayout(), QVBoxLayout(self.panel)
        top.setContentsMargins(18, 10, 14, 10)
        top.setSpacing(10)
        keycap = text("Esc")
        keycap.setProperty("keycap", "true")
        for widget in (Icon("search", "text3"), self.query, keycap):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        top.setStretch(1, 1)
        self.empty.setContentsMargins(18, 12, 18, 12)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Rule())
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
