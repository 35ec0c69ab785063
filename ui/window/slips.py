"""The way to a slip that somebody wished for, with the laptop in their hands or later."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.domain.consents import Consent
from ui.window.window import Window

if TYPE_CHECKING:  # few wish for one
    from ui.printing.slip import SlipSheet


class Slips(QObject):
    """Opens it once the laptop is back with the counselor, or from all consents (F4)."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window = window
        window.slip_wanted.connect(self._on_wanted)

    @cached_property
    def sheet(self) -> "SlipSheet":
        """The slip before it is a file."""
        from ui.printing.slip import SlipSheet

        return SlipSheet(self._window.tasks, self._window)

    @Slot(object, str)
    def _on_wanted(self, consent: Consent, language: str) -> None:
        self.sheet.begin(consent, language)
