"""Every referral's way: what needs a person first, then what is on its way, then what ended."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.following import Next
from desktop.domain.ids import YouthId
from desktop.services import following, silences
from desktop.services.following import ENDED_SHOWN, Way
from desktop.services.silences import Quiet
from i18n import ntr, tr
from ui.referrals.quiet_row import QuietRow
from ui.referrals.way_row import WayRow
from ui.tasks import Tasks
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet


class WaysSheet(Sheet):
    """Lists them all; a press on one opens the young person's page."""

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
        self._heads: list[QWidget] = []
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
        self.body.addStretch()

    def begin(self) -> None:
        """Ask how they stand, then show it."""
        moment = self._tasks.moment()
        self._tasks.run(silences.open_ones, self._show_quiet)
        self._tasks.run(
            lambda vault: following.ways(vault, moment), lambda ways: self._show(ways, moment.now)
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

    def _show(self, ways: tuple[Way, ...], now: datetime) -> None:
        for old in (*self.rows, *self._heads):
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._heads = []
        needing = tuple(way for way in ways if way.following.needs_a_person)
        ended = tuple(way for way in ways if way.following.next is Next.NOTHING)
        waiting = tuple(way for way in ways if way not in needing and way not in ended)
        self.rows = (
            *self._added(tr("Needs you now"), needing, now),
            *self._added(tr("On its way"), waiting, now),
            *self._added(tr("Ended"), ended[:ENDED_SHOWN], now),
        )
        late = sum(way.following.is_late for way in ways)
        said = ntr("{n} answer is late.", "{n} answers are late.", late)
        self.lead.setText(said if late else tr("No answer is late."))
        self.lead.setVisible(bool(ways))
        self.empty.setVisible(not ways)
        first = [row.open_button for row in self.rows]
        self.open(first[0] if first else self.close_button)

    def _added(self, title: str, ways: tuple[Way, ...], now: datetime) -> tuple[WayRow, ...]:
        if not ways:
            return ()
        head = text(title, "caption", "text3", "semibold")
        self._heads.append(head)
        self._list.addWidget(head)
        rows = tuple(WayRow(way, now) for way in ways)
        for row in rows:
            row.opened.connect(self._on_opened)
            self._list.addWidget(row)
        return rows

    @Slot(object)
    def _on_opened(self, youth: YouthId) -> None:
        self.leave()
        self.youth_chosen.emit(youth, None)
