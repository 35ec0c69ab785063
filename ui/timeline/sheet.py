"""The column of what happened with one young person; older things come as it is scrolled."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QListView, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.timeline import Cursor
from desktop.domain.youths import Youth
from desktop.services import timeline
from desktop.services.timeline import Page, Reading
from i18n import tr
from ui import style
from ui.tasks import Tasks
from ui.timeline.delegate import TimelineDelegate
from ui.timeline.model import Row, TimelineModel
from ui.widgets.buttons import Button
from ui.widgets.ground import Ground
from ui.widgets.headed import ROW
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet

_HIGH, _NEAR = 560, 400
"""Pixels: as high as the column is at most, and how near its end the next page is asked for."""


class TimelineSheet(Sheet):
    """Enter opens the note of a meeting; every page is a look, written down with it."""

    meeting_chosen = Signal(object, object)
    summary_wanted = Signal(object)

    def __init__(
        self, tasks: Tasks, window: QWidget, heads: Callable[[], tuple[str, ...]]
    ) -> None:
        """Be ready over `window`; `heads` of a note's sections are no words of anybody's."""
        super().__init__(window, tr("What happened so far"), tr("Close"), width=720)
        self.setObjectName("timeline-sheet")
        self._tasks, self._heads = tasks, heads
        self._about: Youth | None = None
        self._next: Cursor | None = None
        self._is_asking = False
        self.model, self._delegate = TimelineModel(), TimelineDelegate()
        self.view = _view(self.model, self._delegate)
        self.lead = wrapped("", "caption", "text2")
        self.empty = wrapped(tr("Nothing is written down yet."), "body", "text3")
        self.print_button = Button(
            tr("Print a summary…"), "quiet", "printer", pressed=self._on_print
        )
        self.print_button.setObjectName("timeline-print")
        for part in (self.lead, self.empty, self.view):
            self.body.addWidget(part)
        self.foot.addWidget(self.print_button)
        self.foot.addStretch()
        self.closed.connect(self._drop)
        self.view.activated.connect(self._on_activated)
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.view.selectionModel().currentChanged.connect(self._on_current)

    def begin(self, about: Youth) -> None:
        """Ask for the newest, then show it."""
        self._about, self._next = about, None
        self._ask()

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person here: it is about to be destroyed."""
        if self._about is not None and self._about.id == youth:
            self.leave()

    @Slot()
    def _drop(self) -> None:
        self._about = self._next = None
        self.model.clear()

    def _ask(self) -> None:
        about, after = self._about, self._next
        if about is None:
            return
        self._is_asking = True
        moment, reading = self._tasks.moment(), Reading(self._heads(), tr("[sensitive]"))
        self._tasks.run(
            lambda vault: timeline.page(vault, about.id, after, reading, moment),
            lambda page: self._show(page, after),
        )

    def _show(self, page: Page, after: Cursor | None) -> None:
        self._is_asking = False
        if self._about is None or (page.youth, after) != (self._about.id, self._next):
            return  # somebody else was chosen meanwhile
        self._next = page.next
        if after is None:
            self._show_first(self._about, page)
        else:
            self.model.add(page.events)
        self._on_scrolled()

    def _show_first(self, about: Youth, page: Page) -> None:
        self.model.clear()
        self.model.add(page.events)
        self.lead.setText(
            tr("{alias}, newest first. Enter opens the note of a meeting.", alias=about.alias)
        )
        self.view.setVisible(bool(page.events))
        self.empty.setVisible(not page.events)
        rows = range(self.model.rowCount())
        high = sum(self.view.sizeHintForRow(row) for row in rows) + 8
        self.view.setFixedHeight(min(high, style.scaled(_HIGH), self._window.height() - 300))
        if page.events:
            self.view.setCurrentIndex(self.model.index(1))
            self.view.scrollToTop()
        if not self.isVisible():
            self.open(self.view if page.events else self.close_button)
        self.fit()

    @Slot()
    def _on_scrolled(self) -> None:
        bar = self.view.verticalScrollBar()
        is_near = bar.maximum() - bar.value() < style.scaled(_NEAR)
        if is_near and self._next is not None and not self._is_asking and self.isVisible():
            self._ask()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._on_scrolled()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row: Row = index.data(ROW)
        if row.event is not None and row.event.meeting is not None and self._about is not None:
            youth = self._about.id
            self.leave()
            self.meeting_chosen.emit(youth, row.event.meeting)

    @Slot()
    def _on_print(self) -> None:
        if self._about is not None:
            about = self._about
            self.leave()
            self.summary_wanted.emit(about)


def _view(model: TimelineModel, delegate: TimelineDelegate) -> QListView:
    view = QListView()
    view.setObjectName("timeline-list")
    view.setAccessibleName(tr("What happened, newest first"))
    view.setStyleSheet("QListView:focus { border: none; }")  # the row shows the focus
    view.setModel(model)
    view.setItemDelegate(delegate)
    Ground(view)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
