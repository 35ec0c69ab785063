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
from ui.widgets.filling import FIRST, Filling
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet


class WaysSheet(Sheet):
    """Lists them, a page at a time; a press on one opens the young person's page."""

    youth_chosen = Signal(object, object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Where the referrals stand"), tr("Close"), width=780)
        self.setObjectName("ways-sheet")
        self._tasks, self._is_more = tasks, False
        self.rows: tuple[WayRow, ...] = ()
        self.quiet: tuple[QuietRow, ...] = ()
        self._heads: dict[str, QWidget] = {}
        self.lead = wrapped("", "caption", "text2")
        self.empty = wrapped(tr("Nothing has been referred yet."), "body", "text3")
        self.more_button = Button(tr("Show more"), "plain", pressed=self._on_more)
        self.more_button.setObjectName("ways-more")
        self.coordinating = text(tr("For you to coordinate"), "caption", "text3", "semibold")
        self.coordinating.hide()
        self._list, self._coordinating = QVBoxLayout(), QVBoxLayout()
        self._filling = Filling(self, self._add, self._on_filled)
        self._quiet_filling = Filling(self, self._add_quiet, self.fit)
        self._lay_out()

    def _lay_out(self) -> None:
        for rows in (self._list, self._coordinating):
            rows.setSpacing(8)
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
        self._tasks.run(
            lambda vault: (following.ways(vault, moment), silences.open_ones(vault)),
            lambda found: self._show_both(*found, moment.now),
        )

    def _show_both(self, ways: Ways, quiet: tuple[Quiet, ...], now: datetime) -> None:
        self._show_quiet(quiet)
        self._show(ways, now)

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
        self.quiet = ()
        self._quiet_filling.fill(QuietRow(each) for each in quiet)
        self.coordinating.setVisible(bool(quiet))

    def _add_quiet(self, row: QuietRow) -> None:
        row.settled.connect(self._on_settled)
        self._coordinating.addWidget(row)
        self.quiet += (row,)

    @Slot(str)
    def _on_settled(self, referral: str) -> None:
        self._tasks.run(
            lambda vault: silences.settle(vault, referral),
            lambda _: self._tasks.run(silences.open_ones, self._show_quiet),
        )

    def _show(self, ways: Ways, now: datetime) -> None:
        self._clear()
        self._fill(ways, now)
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
        self._fill(ways, now, 1)
        if len(self.rows) > before:
            self.rows[before].open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, ways: Ways, now: datetime, at_once: int = FIRST) -> None:
        self.more_button.hide()
        self._is_more = ways.more > 0
        self._filling.fill((WayRow(way, now) for way in ways.shown), at_once)

    def _add(self, row: WayRow) -> None:
        title = _head(row.way)
        if title not in self._heads:
            self._heads[title] = text(title, "caption", "text3", "semibold")
            self._list.addWidget(self._heads[title])
        row.opened.connect(self._on_opened)
        self._list.addWidget(row)
        self.rows += (row,)

    def _on_filled(self) -> None:
        self.more_button.setEnabled(True)
        self.more_button.setVisible(self._is_more)
        self.fit()

    @Slot(object)
    def _on_opened(self, youth: YouthId) -> None:
        self.leave()
        self.youth_chosen.emit(youth, None)


def _head(way: Way) -> str:
    if way.following.needs_a_person:
        return tr("Needs you now")
    return tr("Ended") if way.following.next is Next.NOTHING else tr("On its way")
