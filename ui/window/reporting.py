"""From the guidance on reporting to the written record; and what waits for a supervisor."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.ids import YouthId
from desktop.services import cosigning, youths
from desktop.services.exchange import Round
from i18n import ntr, tr
from ui.widgets.buttons import Button
from ui.window.window import Window

if TYPE_CHECKING:  # most nights nobody opens them
    from ui.disclosures.sheet import DisclosureSheet
    from ui.disclosures.signing import SigningSheet


class Reporting(QObject):
    """Opens both over the window; says to a supervisor how much waits for a name."""

    def __init__(self, window: Window, chance: Callable[[int], bytes]) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._chance = window, chance
        self.door = Button(tr("To sign"), "danger", "circle-alert", pressed=self.open_signing)
        self.door.setObjectName("signing-door")
        self.door.hide()
        window.side.add_door(self.door)
        window.side.emergency.record_wanted.connect(self.open_record)
        window.record_wanted.connect(self.open_record_of)
        self.count()

    @cached_property
    def record(self) -> "DisclosureSheet":
        """The written record."""
        from ui.disclosures.sheet import DisclosureSheet

        sheet = DisclosureSheet(self._window.tasks, self._window, self._chance)
        sheet.asked.connect(self._window.sync_wanted)
        sheet.settled.connect(self._count_late)
        return sheet

    @cached_property
    def signing(self) -> "SigningSheet":
        """What waits for a supervisor's name."""
        from ui.disclosures.signing import SigningSheet

        sheet = SigningSheet(self._window.tasks, self._window)
        sheet.answered.connect(self._window.sync_wanted)
        sheet.listed.connect(self.count)
        return sheet

    @Slot()
    def open_record(self) -> None:
        """Begin a written record about whoever's page is open."""
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("Choose the young person first, then open it again."))
        else:
            self.record.open_for(file)

    @Slot(object)
    def open_record_of(self, youth: YouthId) -> None:
        """Open a young person's page, and over it where the reports about them stand."""
        tasks = self._window.tasks
        moment = tasks.moment()
        self._window.found.emit(youth, None)
        tasks.run(lambda vault: youths.open_file(vault, youth, None, moment), self.record.open_for)

    @Slot()
    def open_signing(self) -> None:
        """Show what waits for a name."""
        self.signing.begin()

    @Slot()
    def count(self) -> None:
        """Ask how much waits for a name."""
        tasks = self._window.tasks
        moment = tasks.moment()
        tasks.run(lambda vault: cosigning.count(vault, moment), self._show)

    @Slot(object)
    def show_round(self, done: Round) -> None:
        """Show what a round with the hub brought."""
        if done.has_moved:
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Show what there is now: something has come."""
        self.count()
        if "record" in vars(self) and self.record.isVisible():
            self.record.reload()
        if "signing" in vars(self) and self.signing.isVisible():
            self.signing.reload()

    def rescue(self) -> None:
        """At lock: keep every word."""
        if "record" in vars(self):
            self.record.rescue()

    def _show(self, waiting: int) -> None:
        words = ntr("{n} report waits for your name", "{n} reports wait for your name", waiting)
        self.door.say(words)
        self.door.setVisible(waiting > 0)

    @Slot()
    def _count_late(self) -> None:
        status = self._window.status
        self._window.tasks.run(status.asking(), status.show_glance)
