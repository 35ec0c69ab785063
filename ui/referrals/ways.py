"""Every referral's way: what needs a person first, then what is on its way, then what ended."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.following import Next
from desktop.domain.ids import YouthId
from desktop.services import following, silences
from desktop.services.following import Way, Ways
from desktop.services.silences import Quiet
from i18n import ntr, tr
from ui.referrals.quiet_row import QuietRow
from ui.referrals.way_row import WayRow
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet


class WaysSheet(Sheet):
    """Lists them, a page at a time; a press on one opens the young person's page."""

    youth_chosen = Signal(object, object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Where the referrals stand"), tr("Close"), width=780)
        self.setObjectName("ways-sheet")
        self._tasks = tasks
        self.rows: tuple[WayRow, ...] = ()
        self.lead = wrapped("", "caption", "text2")
        self.empty = wrapped(tr("Nothing has been referred yet."), "body", "text3")
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._heads: dict[str, QWidget] = {}
        self.more_button = Button(tr("Show more"), "plain", pressed=self._on_more)
        self.more_button.setObjectName("ways-more")
        self.quiet: tuple[QuietRow, ...] = ()
        self.coordinating = text(tr("For you to coordinate"), "caption", "text3", "semibold")
        self._coordinating = QVBoxLayout()
        self._coordinating.setSpacing(8)
        self.coordinating.hide()
        self.body.addWidget(self.coordinating)
        self.body.addLayout(self._coordinating)
        self.body.addWidget(self.lead)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._list)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch()

    def begin(self) -> None:
        """Ask how they stand, then show it."""
        moment = self._tasks.moment()
        self._tasks.run(silences.open_ones, self._show_quiet)
        self._tasks.run(
            lambda vault: following.ways(vault, moment), lambda ways: self._show(ways, moment.now)
        )

    @Slot()
    def _on_more(self) -> None:
        moment = self._tasks.moment()
        beside = frozenset(row.way.tracking.referral.id for row in self.rows)
        self.more_button.setEnabled(False)
        self._tasks.run(
            lambda vault: following.ways(vault, moment, beside),
            lambda ways: self._show_more(ways, moment.now),
        )

    def _show_quiet(self, quiet: tuple[Quiet, ...]) -> None:
        for old in self.quiet:
            self._coordinating.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.quiet = tuple(QuietRow(each) for each in quiet)
        for row in self.quiet:
            row.settled.connect(self._on_settled)
            self._coordinating.addWidget(row)
        self.coordinating.setVisible(bool(quiet))
        self.fit()

    @Slot(str)
    def _on_settled(self, referral: str) -> None:
        self._tasks.run(
            lambda vault: silences.settle(vault, referral),
            lambda _: self._tasks.run(silences.open_ones, self._show_quiet),
        )

    def _show(self, ways: Ways, now: datetime) -> None:
        self._clear()
        self._add(ways, now)
        said = ntr("{n} answer is late.", "{n} answers are late.", ways.late)
        self.lead.setText(said if ways.late else tr("No answer is late."))
        self.lead.setVisible(bool(ways.shown))
        self.empty.setVisible(not ways.shown)
        self.open(self.rows[0].open_button if self.rows else self.close_button)

    def _clear(self) -> None:
        for old in (*self.rows, *self._heads.values()):
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows, self._heads = (), {}

    def _show_more(self, ways: Ways, now: datetime) -> None:
        before = len(self.rows)
        self._add(ways, now)
        if len(self.rows) > before:
            self.rows[before].open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _add(self, ways: Ways, now: datetime) -> None:
        for way in ways.shown:
            title = _head(way)
            if title not in self._heads:
                self._heads[title] = text(title, "caption", "text3", "semibold")
                self._list.addWidget(self._heads[title])
            row = WayRow(way, now)
            row.opened.connect(self._on_opened)
            self._list.addWidget(row)
            self.rows += (row,)
        self.more_button.setEnabled(True)
        self.more_button.setVisible(ways.more > 0)

    @Slot(object)
    def _on_opened(self, youth: YouthId) -> None:
        self.leave()
        self.youth_chosen.emit(youth, None)


def _head(way: Way) -> str:
    if way.following.needs_a_person:
        return tr("Needs you now")
    return tr("Ended") if way.following.next is Next.NOTHING else tr("On its way")
