"""Asking what opens a damaged vault, so that what is left of it can be read."""

from PySide6.QtCore import Signal, Slot

from desktop.errors import AppError, VaultDamaged, WaitBeforeTrying
from i18n import tr
from ui import messages
from ui.unlock.stage import Stage
from ui.unlock.waiting import Waiting
from ui.widgets.buttons import Button
from ui.widgets.field import SecretField


class AskingPage(Stage):
    """Emits `entered` with a passphrase or a recovery code; wrong tries wait as at the door."""

    entered = Signal(str)
    back_wanted = Signal()

    def __init__(self) -> None:
        """Ask for either in one line."""
        lead = tr("What is left is read from a copy. Nothing is deleted, changed or repaired.")
        super().__init__(tr("See what can be saved"), lead)
        self.secret = SecretField(
            tr("Passphrase or recovery code"), tr("Show what is typed"), tr("Hide what is typed")
        )
        self.secret.edit.setObjectName("salvage-secret")
        self.next_button = Button(tr("Read what is left"), "primary", pressed=self._on_next)
        self.next_button.sized("large").setObjectName("salvage-read")
        self.waiting = Waiting(self.secret, self.next_button)
        self.back_button = Button(tr("Back"), "quiet", "arrow-left")
        self.back_button.setObjectName("salvage-back")
        self.back_button.clicked.connect(self.back_wanted)
        self.add(self.secret, self.next_button)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch()
        self.secret.entered.connect(self._on_next)
        self.setFocusProxy(self.secret.edit)

    def forget(self) -> None:
        """Take what is typed off the screen."""
        self.secret.edit.clear()

    def show_read(self) -> None:
        """Be ready for another time: it was the right one."""
        self.forget()
        self.secret.say_wrong("")
        self._show_busy(is_busy=False)

    def say_failed(self, error: AppError) -> None:
        """Say why nothing was read, and keep what was typed."""
        self._show_busy(is_busy=False)
        if isinstance(error, WaitBeforeTrying):
            self.waiting.begin(error.seconds)
        else:
            is_shut = isinstance(error, VaultDamaged)
            self.secret.say_wrong(_shut_words() if is_shut else messages.sentence(error))
        self.secret.edit.selectAll()
        self.secret.edit.setFocus()

    @Slot()
    def _on_next(self) -> None:
        if self.secret.words() and self.next_button.isEnabled():
            self.secret.say_wrong("")
            self._show_busy(is_busy=True)
            self.entered.emit(self.secret.words())

    def _show_busy(self, *, is_busy: bool) -> None:
        for button in (self.next_button, self.back_button):
            button.setEnabled(not is_busy)
        self.next_button.say(tr("Reading what is left…") if is_busy else tr("Read what is left"))


def _shut_words() -> str:
    return tr("Nothing can be read here: the disk takes no copy of the files, or none of their "
              "keys is left, not even in a backup. Free some space and try again, or call your "
              "center.")  # fmt: skip
