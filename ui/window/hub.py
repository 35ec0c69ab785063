"""What the settings show of joining a hub; they are there only once somebody opens them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.services import devices, enrolment, exchange, rejoining
from desktop.services.enrolment import EnrolmentState
from desktop.services.exchange import LineState
from sync.protocol.words import SixWords
from ui.tasks import Tasks
from ui.window.window import Window

if TYPE_CHECKING:
    from desktop.services.backups import Vault


class HubDoor(QObject):
    """Opens the settings, and says in them how far joining is."""

    def __init__(self, window: Window, line_tasks: Tasks) -> None:
        """Listen to the window, and live as long as it does; a hub is asked over the line."""
        super().__init__(window)
        self._window, self._tasks, self._line_tasks = window, window.tasks, line_tasks
        self.is_practice = False
        window.settings_wanted.connect(self._on_settings)
        window.root_wanted.connect(self._on_root_wanted)

    @Slot()
    def show(self) -> None:
        """Ask how joining stands, and show it where it may have been asked for."""
        self._tasks.run(exchange.line, self._show_hub)

    def show_state(self, state: EnrolmentState, hub: str) -> None:
        """Show how far joining is, and the words to compare while somebody has to say yes."""
        self._window.show_joining(state, hub)
        if state is EnrolmentState.PENDING:
            self._tasks.run(_own_words, self._show_own_words)

    def show_away(self) -> None:
        """Say that a hub which is to let this laptop in does not answer."""
        if sheet := self._window.opened_settings:
            sheet.hub.say_away()

    @Slot()
    def _on_settings(self) -> None:
        self.show()
        settings = self._window.settings
        settings.doors.show_anew(is_there=self.is_practice)
        settings.open(settings.theme)

    @Slot(str)
    def _on_root_wanted(self, url: str) -> None:
        self._line_tasks.run(
            lambda vault: enrolment.root_of(enrolment.unknown_hub(url, vault.world)),
            self._show_root,
            self._window.say_not_joined,
        )

    def _show_root(self, root: bytes) -> None:
        if sheet := self._window.opened_settings:
            sheet.hub.show_root(root)

    def _show_own_words(self, found: tuple[SixWords | None, bool]) -> None:
        sheet, (words, may_stay) = self._window.opened_settings, found
        if sheet is not None and words is not None:
            sheet.hub.show_own_words(words, may_stay=may_stay)

    def _show_whether_admin(self, is_admin: bool) -> None:
        if sheet := self._window.opened_settings:
            sheet.doors.show_devices(is_there=is_admin)

    def _show_hub(self, line: LineState) -> None:
        self._tasks.run(_state, lambda state: self.show_state(state, line.hub))
        self._tasks.run(devices.is_admin, self._show_whether_admin)


def _state(vault: "Vault") -> EnrolmentState:
    """Say how far joining is, or joining again."""
    is_asking = rejoining.begun(vault) is not None
    return EnrolmentState.PENDING if is_asking else enrolment.state(vault)


def _own_words(vault: "Vault") -> tuple[SixWords | None, bool]:
    """Return by which words an admin knows this laptop, and whether it may stay who it was."""
    again = rejoining.words(vault)
    return again or enrolment.words(vault), again is not None
