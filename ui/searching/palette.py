"""Ctrl+K: everything by typing, without touching the mouse."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.filters import ANY, Filters
from desktop.domain.moment import Moment
from desktop.services import search
from desktop.services.search import Results
from ui.searching.actions import matching
from ui.searching.model import FoundModel, Row, rows_of
from ui.searching.panel import LINE, WIDTH, Panel
from ui.tasks import Tasks

_PAUSE, _MOST = 90, 20  # milliseconds after the last key; results


class Palette(QWidget):
    """A line and a list over the window. A click beside it, or Escape, closes it."""

    youth_chosen = Signal(object, object)
    action_chosen = Signal(str)
    agency_chosen = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        """Be ready over the window, hidden."""
        super().__init__(parent)
        self.setObjectName("palette")
        self._tasks, self._window = tasks, parent
        self._before: QWidget | None = None
        self._asked: tuple[str, Filters] = ("", ANY)
        self._model = FoundModel()
        self.panel = Panel(self, self._model)
        self.query, self.list = self.panel.query, self.panel.list
        self.narrowing, self.empty = self.panel.narrowing, self.panel.empty
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.query.asked.connect(self._on_asked)
        self.panel.narrow.clicked.connect(self.switch)
        self.narrowing.changed.connect(self._timer.start)
        QShortcut(QKeySequence("Alt+F"), self, self.switch)
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
        left = min(max(12, centre - WIDTH // 2), self.width() - WIDTH - 12)
        self.panel.setGeometry(QRect(left, max(8, top.y() - 4), WIDTH, LINE))
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

    @Slot()
    def switch(self) -> None:
        """Show what the search may be narrowed to, or narrow it no more."""
        is_shown = self.narrowing.isHidden()
        self.narrowing.setVisible(is_shown)
        (self.narrowing.when if is_shown else self.query).setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

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
        moment = self._tasks.moment()
        query, filters = self._asked = self._wanted(moment)
        if not query and filters.is_any:
            self._show(query, Results())
            return
        self._tasks.run(
            lambda vault: search.everything(vault, query, moment, _MOST, filters),
            lambda found: self._show(query, found, filters),
        )

    def _wanted(self, moment: Moment) -> tuple[str, Filters]:
        return self.query.query().strip(), self.narrowing.filters(moment.now)

    def _show(self, query: str, found: Results, filters: Filters = ANY) -> None:
        if (query, filters) != self._asked:
            return  # a newer question has been asked; its answer is on the way
        doing = matching(query) if filters.is_any else ()
        self._model.show(rows_of(found, doing))
        self.panel.show_rows(self.height() - self.panel.y() - 24)
        self._go_to(self._model.next_choice(-1, 1))

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
        if self.query.query().strip() != self._asked[0]:
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
        elif row.agency is not None:
            self.agency_chosen.emit(row.agency)
        elif row.action:
            self.action_chosen.emit(row.action)
