"""Backups, what ends, who looked, what is missing: sheets made when they are first asked for."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.forms import FormName
from desktop.domain.ids import AgencyId, YouthId
from ui.backing_up import BackingUp
from ui.keeping.upkeep import Upkeep
from ui.window.half_said import Half, HalfSaid
from ui.window.window import Window

if TYPE_CHECKING:
    from desktop.domain.moment import Moment
    from desktop.domain.retention import Expiry
    from ui.keeping.backups import BackupsSheet
    from ui.keeping.ending import EndingSheet
    from ui.keeping.ledger import LedgerSheet
    from ui.keeping.looks import LooksSheet
    from ui.notes.page import NotePage
    from ui.referrals.book import AgenciesSheet
    from ui.syncing.behind import BehindSheet
    from ui.syncing.outbox import OutboxSheet


class Keeper(QObject):
    """Also says on the status bar when something ends within two weeks."""

    def __init__(
        self, backing_up: BackingUp, moment: "Callable[[], Moment]", window: Window
    ) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._backing_up, self._window = backing_up, window
        self.upkeep = Upkeep(backing_up, moment)
        self._half_said: HalfSaid | None = None
        """Asked for with the sheet that shows it, and not at every start."""
        window.rescuing.connect(self._rescue)
        self.upkeep.done.connect(lambda soon, _: window.status.show_ending(soon))
        backing_up.failed.connect(window.say_failed)
        window.drawer_wanted.connect(self.open)
        window.agency_wanted.connect(self._on_agency)
        QShortcut(QKeySequence("F9"), window.board, partial(self.open, "agencies"))
        window.line_switched.connect(backing_up.leaving.cut)
        window.status.sync_wanted.connect(backing_up.leaving.start)
        window.status.outbox_made.connect(self._on_outbox)
        window.status.ending_wanted.connect(partial(self.open, "ending"))
        window.status.ways_wanted.connect(partial(self.open, "ways"))
        window.status.behind_wanted.connect(partial(self.open, "behind"))
        window.status.carry_wanted.connect(partial(window.drawer_wanted.emit, "carry"))
        window.pages.made.connect(self._on_note_made)

    @Slot(object)
    def _on_note_made(self, page: "NotePage") -> None:
        page.header.looks_button.clicked.connect(partial(self.open, "looks"))

    @Slot(str)
    def open(self, key: str) -> None:
        """Show what is kept and where it stands; the drawer opens the rest."""
        if key == "backups":
            self.backups.begin()
        elif key == "ways":
            self._window.show_ways()
        elif key == "ending":
            self.ending.begin()
        elif key == "behind":
            self.behind.begin()
        elif key == "agencies":
            self.agencies.begin(None)
        elif key == "looks":
            file = self._window.pages.file
            self.looks.begin(file.youth if file else None)
        elif key == "ledger":
            self.ledger.begin()

    @cached_property
    def backups(self) -> "BackupsSheet":
        """When the last one was made, and a copy for a stick."""
        from ui.keeping.backups import BackupsSheet

        return BackupsSheet(self._window.tasks, self._backing_up, self._window)

    @cached_property
    def ending(self) -> "EndingSheet":
        """What has to go, and what went."""
        from ui.keeping.ending import EndingSheet

        sheet = EndingSheet(self._window.tasks, self.upkeep, self._window)
        self._half_said = HalfSaid(self._window.tasks, FormName.LONGER, self, _longer)
        sheet.keep_page.begun.connect(self._on_keeping)
        sheet.destroying.connect(self._on_destroying)
        sheet.changed.connect(self._window.reload)
        return sheet

    @cached_property
    def looks(self) -> "LooksSheet":
        """The access record."""
        from ui.keeping.looks import LooksSheet

        return LooksSheet(self._window.tasks, self._window)

    @cached_property
    def ledger(self) -> "LedgerSheet":
        """What was told without a consent."""
        from ui.keeping.ledger import LedgerSheet

        return LedgerSheet(self._window.tasks, self._window)

    @cached_property
    def behind(self) -> "BehindSheet":
        """What the hub has seen and this vault does not hold."""
        from ui.syncing.behind import BehindSheet

        sheet = BehindSheet(self._window.tasks, self._window)
        sheet.backups_wanted.connect(partial(self.open, "backups"))
        sheet.gone_on.connect(self._window.sync_wanted)
        return sheet

    @cached_property
    def agencies(self) -> "AgenciesSheet":
        """The directory, to be read."""
        from ui.referrals.book import AgenciesSheet

        return AgenciesSheet(self._window.tasks, self._window)

    @Slot(object)
    def _on_keeping(self, expiry: "Expiry") -> None:
        if self._half_said and (half := self._half_said.take(expiry.youth)):
            self.ending.keep_page.fill(half)

    @Slot()
    def _rescue(self) -> None:
        if self._half_said:
            self._half_said.rescue()

    @Slot(object)
    def _on_agency(self, agency: AgencyId) -> None:
        self.agencies.begin(agency)

    @Slot(object)
    def _on_outbox(self, sheet: "OutboxSheet") -> None:
        from ui.syncing.office import SyncOffice

        office = SyncOffice(self._backing_up.leaving)
        office.resized.connect(sheet.fit)
        sheet.begun.connect(office.ask)
        sheet.add_part(office)
        sheet.going.ways_wanted.connect(partial(self.open, "ways"))

    @Slot(object)
    def _on_destroying(self, youth: YouthId) -> None:
        self._window.let_go(youth)


def _longer(door: QObject) -> Iterable[Half]:
    ending: EndingSheet | None = vars(door).get("ending")
    half = ending.keep_page.half_said() if ending else None
    return () if half is None else (half,)
