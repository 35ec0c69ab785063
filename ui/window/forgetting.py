"""The way to the sheet of whoever asked to be forgotten; it is made when it is first asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.ids import YouthId
from i18n import tr
from ui.backing_up import BackingUp
from ui.keeping.upkeep import Upkeep
from ui.window.ages import AgeDoor
from ui.window.growing import Growing
from ui.window.keeper import Keeper
from ui.window.living import LivingDoor
from ui.window.own_requests import OwnRequests
from ui.window.slips import Slips
from ui.window.telling import Telling
from ui.window.window import Window

if TYPE_CHECKING:  # asked for a few times a year
    from desktop.domain.moment import Moment
    from ui.keeping.forgetting import ForgetSheet


class Forgetting(QObject):
    """It is always about whose page is in front."""

    def __init__(self, upkeep: Upkeep, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._upkeep, self._window = upkeep, window
        upkeep.in_front = self._in_front
        upkeep.forgotten.connect(window.rail.reload)
        window.pages.forget_wanted.connect(self.begin)
        window.drawer_wanted.connect(self._on_drawer)

    @cached_property
    def sheet(self) -> "ForgetSheet":
        """What follows from it, and doing it."""
        from ui.keeping.forgetting import ForgetSheet

        sheet = ForgetSheet(self._window.tasks, self._upkeep, self._window)
        sheet.destroying.connect(self._on_destroying)
        sheet.changed.connect(self._on_changed)
        return sheet

    @Slot()
    def begin(self) -> None:
        """Show it for whoever is in front; with nobody there, say where to begin."""
        file = self._window.pages.file
        if file is None:
            words = tr("First open the page of the person who asked. Then choose this again.")
            self._window.toast.say(words)
        else:
            self.sheet.begin(file.youth)

    def _in_front(self) -> YouthId | None:
        file = self._window.pages.file
        return file.youth.id if file else None

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "forget":
            self.begin()

    @Slot(object)
    def _on_destroying(self, youth: YouthId) -> None:
        self._window.let_go(youth)

    @Slot()
    def _on_changed(self) -> None:
        # Agencies have to hear of it: what they owe holds the rest back.
        self._window.reload()
        self._window.sync_wanted.emit()


def look_after(window: Window, backing_up: BackingUp, moment: "Callable[[], Moment]") -> Upkeep:
    """Keep what has to be kept, and forget whoever asks, as long as there is a window."""
    upkeep = Keeper(backing_up, moment, window).upkeep
    Forgetting(upkeep, window)
    Growing(upkeep, window)
    Telling(window)
    Slips(window)
    OwnRequests(window)
    AgeDoor(upkeep, window)
    LivingDoor(window)
    return upkeep
