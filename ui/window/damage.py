"""Damage that is met while the vault is open: said until somebody locks, with the way on."""

from functools import cached_property

from PySide6.QtCore import QObject, Slot

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.window.strips import under_header
from ui.window.window import Window


class DamageDoor(QObject):
    """Leads to the lock: the next opening reads everything and says what can be saved."""

    def __init__(self, window: Window) -> None:
        """Show nothing yet, and live as long as the window does."""
        super().__init__(window)
        self._window = window

    @cached_property
    def strip(self) -> Notice:
        """The line under the header."""
        words = tr(
            "Part of this vault's files is damaged, and no new backup can be made of it. Nothing "
            "was deleted. Lock, and open again: then you see what can be saved."
        )
        strip = Notice("shield-alert", words, "danger")
        strip.setObjectName("damage")
        button = Button(tr("Lock and see what can be saved"), "plain", "lock")
        button.setObjectName("damage-lock")
        button.clicked.connect(self._window.lock_wanted)
        strip.row.addWidget(button.sized("small"))
        under_header(self._window.board, strip, 2)
        return strip

    @Slot()
    def show(self) -> None:
        """Say it, for as long as this vault is open."""
        self.strip.show()
