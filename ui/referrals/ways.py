"""Every referral's way: what needs a person first, then what is on its way, then what ended."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.following import Next
from desktop.services import following, silences, slips
from desktop.services.following import NumberWay, ReportWay, Way, Ways
from desktop.services.silences import Quiet
from i18n import ntr, tr
from ui.referrals.number_row import number_row
from ui.referrals.quiet_row import quiet_row
from ui.referrals.report_row import report_row
from ui.referrals.way_row import way_row
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card_again import show_again
from ui.widgets.card_list import CardList
from ui.widgets.card_rows import CardRow
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet


class WaysSheet(Sheet):
    """Lists them, a page at a time; a press opens the page, the record or the number."""

    referral_chosen = Signal(object, object)
    """About whom, and which."""
    report_chosen = Signal(object)
    drawer_wanted = Signal(str)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Where the referrals stand"), tr("Close"), width=780)
        self.setObjectName("ways-sheet")
        self._tasks = tasks
        self._pages, self._unshown = 1, 0
        self.list = CardList(tr("Where the referrals stand"), partial(_button, "way-open"))
        self.quiet = CardList(tr("For you to coordinate"), partial(_button, "silence-done"))
        self.lead = wrapped("", "caption", "text2")
        self.empty = wrapped(tr("Nothing has been referred yet."), "body", "text3")
        self.more_button = Button(tr("Show more"), "plain", pressed=self._on_more)
        self.more_button.setObjectName("ways-more")
        self.coordinating = text(tr("For you to coordinate"), "caption", "text3", "semibold")
        self.coordinating.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (self.coordinating, self.quiet, self.lead, self.empty, self.list):
            self.body.addWidget(part)
        for cards in (self.quiet, self.list):
            cards.reached.connect(partial(self.reveal, cards))
        self.list.acted.connect(self._on_opened)
        self.quiet.acted.connect(self._on_seen_to)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch()

    def begin(self) -> None:
        """Ask how they stand, then show it."""
        self._pages = 1
        self._ask(self._show_both)

    @Slot()
    def reload(self) -> None:
        """Show how they stand now, as far down as before: something was sent, or has come."""
        if self.isVisible():  # each that is listed is a look
            self._unshown += 1
            self._ask(self._show_again)

    def _ask(self, show: Callable[[Ways, tuple[Quiet, ...], datetime], None]) -> None:
        moment, pages = self._tasks.moment(), self._pages
        self._tasks.run(
            lambda vault: (following.ways(vault, moment, pages=pages), silences.open_ones(vault)),
            lambda found: show(*found, moment.now),
        )

    def _show_both(self, ways: Ways, quiet: tuple[Quiet, ...], now: datetime) -> None:
        self._show_quiet(quiet)
        self._show(ways, now)

    def _show_again(self, ways: Ways, quiet: tuple[Quiet, ...], now: datetime) -> None:
        self._unshown -= 1
        show_again(self.quiet, map(quiet_row, quiet), _key)
        self.coordinating.setVisible(bool(quiet))
        show_again(self.list, _rows(ways, now), _key)
        self._say(ways)

    @Slot()
    def _on_more(self) -> None:
        self._pages += 1
        if self._unshown:  # what is shown here is about to be something else
            self.reload()
            return
        moment = self._tasks.moment()
        beside = frozenset(way.id for way in self.shown)
        self.more_button.setEnabled(False)
        self._tasks.run(
            lambda vault: following.ways(vault, moment, beside),
            lambda ways: self._show_more(ways, moment.now),
        )

    @property
    def shown(self) -> tuple[Way | ReportWay, ...]:
        """What is shown."""
        about = (card.about for card in self.list.cards)
        return tuple(each for each in about if isinstance(each, Way | ReportWay))

    def _show_quiet(self, quiet: tuple[Quiet, ...]) -> None:
        self.quiet.show_cards(map(quiet_row, quiet))
        self.coordinating.setVisible(bool(quiet))
        self.fit()

    @Slot(object)
    def _on_seen_to(self, quiet: Quiet) -> None:
        self._tasks.run(
            lambda vault: silences.settle(vault, quiet.silence.referral),
            lambda _: self._tasks.run(silences.open_ones, self._show_quiet),
        )

    def _show(self, ways: Ways, now: datetime) -> None:
        self.list.show_cards(_rows(ways, now))
        self._say(ways)
        self.open(self.close_button if self.list.isHidden() else self.list)

    def _say(self, ways: Ways) -> None:
        said = ntr("{n} answer is late.", "{n} answers are late.", ways.late)
        self.lead.setText(said if ways.late else tr("No answer is late."))
        is_any = bool(ways.shown or ways.numbered)
        self.lead.setVisible(is_any)
        self.empty.setVisible(not is_any)
        self._offer_more(ways)

    def _show_more(self, ways: Ways, now: datetime) -> None:
        shown, above = self.shown, len(self.list.cards)
        self.list.add_cards(_rows(ways, now, shown[-1] if shown else None))
        self._offer_more(ways)
        if ways.shown:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.choose(above)

    def _offer_more(self, ways: Ways) -> None:
        self.more_button.setEnabled(True)
        self.more_button.setVisible(ways.more > 0)
        self.fit()

    @Slot(object)
    def _on_opened(self, way: Way | ReportWay | NumberWay) -> None:
        self.leave()
        if isinstance(way, NumberWay):
            self.drawer_wanted.emit(f"number {slips.number_of(way.consent)}")
        elif isinstance(way, ReportWay):
            self.report_chosen.emit(way.youth)
        else:
            self.referral_chosen.emit(way.youth, way.id)


def _rows(ways: Ways, now: datetime, before: Way | ReportWay | None = None) -> Iterator[CardRow]:
    """Return a card for each, under the head of its kind unless that stands above already."""
    head = _head(before) if before else ""
    for way in (*ways.numbered, *ways.shown):
        if _head(way) != head:
            head = _head(way)
            yield CardRow(head)
        yield _row(way, now)


def _row(way: Way | ReportWay | NumberWay, now: datetime) -> CardRow:
    if isinstance(way, NumberWay):
        return number_row(way, now)
    return report_row(way, now) if isinstance(way, ReportWay) else way_row(way, now)


def _key(about: object) -> object:
    if isinstance(about, NumberWay):
        return about.consent, about.agency_name
    if isinstance(about, Quiet):
        return about.silence.referral
    return about.id if isinstance(about, Way | ReportWay) else None


def _button(name: str) -> tuple[Button, ...]:
    is_open = name == "way-open"
    words, icon = (tr("Open"), "") if is_open else (tr("Seen to"), "check")
    button = Button(words, "plain", icon).sized("small")
    button.setObjectName(name)
    return (button,)


def _head(way: Way | ReportWay | NumberWay) -> str:
    if way.following.needs_a_person:
        return tr("Needs you now")
    return tr("Ended") if way.following.next is Next.NOTHING else tr("On its way")
