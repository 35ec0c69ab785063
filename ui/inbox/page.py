"""The inbox: what came in on the left, one of it on the right."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Received
from desktop.services import inbox
from i18n import tr
from ui import style
from ui.inbox.acting import Acting
from ui.inbox.case import CasePart
from ui.inbox.listing import ListingPart
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, Rule, text, wrapped

_PAUSE = 600  # milliseconds after the last key until what is typed is kept
_LEFT, _RIGHT = 320, 900


class InboxPage(QWidget):
    """Everything about referrals that came in. Nothing typed here is lost."""

    closed = Signal()
    changed = Signal()
    """Something waits to be sent."""
    emptied = Signal()
    """What was told about a case has been destroyed: a sweep has to follow."""
    handed_on = Signal(object)

    def __init__(
        self, tasks: Tasks, chance: Callable[[int], bytes], line: tuple[Button, ...]
    ) -> None:
        """Show nothing yet; `chance` makes the keys of a seal, `line` says how the line is."""
        super().__init__()
        self.setObjectName("inbox-page")
        self.setAccessibleName(tr("Inbox"))
        self._tasks, self.line = tasks, line
        self._wanted: ReferralId | None = None
        self._gone = -1
        self.listing, self.case = ListingPart(), CasePart(tasks)
        self._acting = Acting(tasks, self.case, chance)
        self.back_button = Button(tr("Back"), "plain", "arrow-left", pressed=self.closed.emit)
        self.back_button.setObjectName("inbox-back")
        self.back_button.setToolTip("Esc")
        self._right = QStackedWidget()
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_PAUSE)
        self._lay_out()
        self._keep.timeout.connect(self.keep_typed)
        self.listing.chosen.connect(self.open_case)
        self.case.typed.connect(self._keep.start)
        # What is said takes itself out of what is kept, so that has to be whole before.
        self._acting.begun.connect(self.keep_typed)
        self._acting.failed.connect(self._keep.start)
        # Whatever was kept meanwhile was kept beside words that stood there still.
        self._acting.done.connect(self._keep.start)
        self._acting.done.connect(self._on_done)
        self._acting.handed_on.connect(self.handed_on)

    @Slot()
    def reload(self) -> None:
        """Show again what there is; the case in front stays in front."""
        self._tasks.run(inbox.listing, self._show_list)
        if self._wanted is not None:
            self.open_case(self._wanted)

    def reload_unseen(self) -> None:
        """Know again what there is while nobody looks at it, so that no look is written down."""
        self._tasks.run(inbox.listing, self._show_unseen)

    @Slot(object)
    def open_case(self, ref: ReferralId) -> None:
        """Show one case, which whoever asked learns of."""
        if ref != self._wanted:
            self.keep_typed()
        self._wanted, moment = ref, self._tasks.moment()
        self._tasks.run(
            lambda vault: inbox.open_case(vault, ref, moment),
            lambda case: self._show_case(case, moment.now),
        )

    @Slot(object)
    def open_anew(self, ref: ReferralId) -> None:
        """Show one case with what was put into its fields meanwhile."""
        self.keep_typed()
        self.case.fill_anew()
        self.open_case(ref)

    @Slot()
    def keep_typed(self) -> None:
        """Keep what stands in the fields."""
        if not self._keep.isActive() and self.sender() is not self._keep:
            return
        self._keep.stop()
        ref, typed, moment = self.case.shown, self.case.typed_words(), self._tasks.moment()
        if ref is not None:
            self._tasks.run(
                lambda vault: inbox.keep_typed(vault, ref, typed, moment), lambda _: None
            )

    def rescue(self) -> None:
        """At lock: keep every word."""
        self.keep_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show_list(self, cases: tuple[Received, ...]) -> None:
        self.listing.show_cases(cases, self._wanted, self._tasks.moment().now)
        before: QWidget = self.back_button  # the rows are new: Tab goes through them to the case
        for stop in (*self.line, *self.listing.rows):
            QWidget.setTabOrder(before, stop)
            before = stop
        gone = sum(case.glimpse is None for case in cases)
        if 0 <= self._gone < gone:
            self.emptied.emit()
        self._gone = gone

    def _show_unseen(self, cases: tuple[Received, ...]) -> None:
        self._show_list(cases)
        shown = next((case for case in cases if case.id == self.case.shown), None)
        if shown is not None and shown.glimpse is None and not shown.is_open:
            # What was destroyed stands on no page behind the board; that it was stays news there.
            self.case.show_case(shown, self._tasks.moment().now)

    def _show_case(self, case: Received | None, now: datetime) -> None:
        if case is None or case.id != self._wanted:
            return
        was_opened = case.id != self.case.shown
        self.case.show_case(case, now)
        self._right.setCurrentWidget(self.case)
        is_news = self.listing.is_marked(case.id)
        if is_news:  # it was, until now
            self._tasks.run(inbox.listing, self._show_list)
        if was_opened or is_news:
            self.changed.emit()

    @Slot()
    def _on_done(self) -> None:
        self.reload()
        self.changed.emit()

    def _lay_out(self) -> None:
        self._right.addWidget(_nothing_chosen())
        self._right.addWidget(self.case)
        self._right.setMaximumWidth(style.scaled(_RIGHT))
        self.listing.setFixedWidth(style.scaled(_LEFT))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.listing)
        row.addWidget(Rule("v"))
        row.addSpacing(20)
        row.addWidget(self._right, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_head(self.back_button, self.line))
        column.addWidget(Rule())
        column.addLayout(row, 1)


def _head(back_button: Button, line: tuple[Button, ...]) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setContentsMargins(18, 10, 18, 10)
    head.setSpacing(12)
    head.addWidget(back_button)
    head.addWidget(text(tr("Inbox"), "title"))
    about = text(tr("Referrals other agencies sent to us"), "caption", "text2")
    head.addWidget(Elided(about), 1)  # how the line is must have its room
    for sign in line:
        head.addWidget(sign)
    return head


def _nothing_chosen() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setSpacing(10)
    column.addStretch(2)
    column.addWidget(Icon("inbox", "text3", 40), 0, Qt.AlignmentFlag.AlignHCenter)
    hint = wrapped(tr("Choose a referral on the left to see what is asked."))
    hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column.addWidget(hint)
    column.addStretch(3)
    return page
