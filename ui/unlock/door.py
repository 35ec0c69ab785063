"""The lock window: a passphrase, and the names colleagues chose where they share a laptop."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent

from desktop.errors import AppError, VaultDamaged, WaitBeforeTrying
from desktop.place_errors import VaultCopied
from i18n import tr
from ui import messages
from ui.unlock.gate import Gate
from ui.unlock.stage import Stage
from ui.unlock.waiting import Waiting
from ui.widgets.buttons import Button
from ui.widgets.field import SecretField

if TYPE_CHECKING:
    from desktop.services.members import Unlocked
    from ui.unlock.names import Names
    from ui.widgets.twice import OnePress


class Door(Stage):
    """Opens with the passphrase; waits between wrong tries."""

    opened = Signal(object)
    trying = Signal()
    recovery_wanted = Signal()
    another_wanted = Signal()
    damaged = Signal(object)

    def __init__(self, gate: Gate) -> None:
        """Ask for the passphrase."""
        super().__init__(tr("Unlock"), tr("Your notes are encrypted on this device."))
        self._gate = gate
        self.passphrase = SecretField(
            tr("Passphrase"), tr("Show the passphrase"), tr("Hide the passphrase")
        )
        self.passphrase.edit.setObjectName("passphrase")
        self.unlock_button = Button(tr("Unlock"), "primary", "lock-open", pressed=self.unlock)
        self.unlock_button.sized("large").setObjectName("unlock")
        self.waiting = Waiting(self.passphrase, self.unlock_button)
        self.names: Names | None = None
        self._told: OnePress | None = None
        self.add(self.passphrase, self.unlock_button)
        self._offer_others()
        self.passphrase.entered.connect(self.unlock)
        self.setFocusProxy(self.passphrase.edit)

    def ask_names(self) -> None:
        """Say whose vaults are here, where there are several: once the window is painted."""
        folders = self._gate.folders()
        if self.names is None and len(folders) > 1:
            from ui.unlock.names import Names  # most laptops have one counselor

            self.names = Names(folders)
            self.names.chosen.connect(self._on_person)
            self.body.insertWidget(0, self.names)
            self._gate.people(self.names.show_people)

    def gate(self) -> Gate:
        """Return the way to the vault that is chosen."""
        gate = self._gate.at(self.names.folder) if self.names is not None else self._gate
        return gate.told() if self._told is not None else gate

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose a colleague from where the passphrase is typed."""
        from PySide6.QtCore import Qt  # not before the first window is painted

        steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
        if self.names is not None and event.key() in steps:
            self.names.step(steps[event.key()])
        else:
            super().keyPressEvent(event)

    @Slot()
    def unlock(self) -> None:
        """Try what is written."""
        if self._told is not None and self._told.isActive():
            return
        if self.passphrase.words() and self.unlock_button.isEnabled():
            self._show_busy(is_busy=True)
            self.passphrase.say_wrong("")
            self.gate().unlock(self.passphrase.words(), self._on_opened, self._on_failed)
            self.trying.emit()

    def _on_opened(self, unlocked: "Unlocked") -> None:
        self.passphrase.edit.clear()
        self._show_busy(is_busy=False)
        self.opened.emit(unlocked)

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, VaultCopied):
            self._tell()
        self._show_busy(is_busy=False)
        if isinstance(error, VaultDamaged):
            self.damaged.emit(error)
        elif isinstance(error, WaitBeforeTrying):
            self.waiting.begin(error.seconds)
        else:
            self.passphrase.say_wrong(messages.sentence(error))
        self.passphrase.edit.selectAll()
        self.passphrase.edit.setFocus()

    def _offer_others(self) -> None:
        self.recovery_button = Button(tr("Open with the recovery code"), "quiet", "key-round")
        self.recovery_button.setObjectName("recovery")
        self.recovery_button.clicked.connect(self.recovery_wanted)
        self.another_button = Button(tr("Another colleague"), "quiet", "user-plus")
        self.another_button.setObjectName("another-colleague")
        self.another_button.clicked.connect(self.another_wanted)
        self.foot.addWidget(self.recovery_button)
        self.foot.addStretch()
        self.foot.addWidget(self.another_button)

    @Slot()
    def _on_person(self) -> None:
        # What was typed, and the pause, were somebody else's.
        self.waiting.end()
        self.passphrase.edit.clear()
        self._told = None
        self._show_busy(is_busy=False)

    def _tell(self) -> None:
        from ui.widgets.twice import OnePress  # few vaults lie where somebody copies them

        self._told = OnePress.of(self.unlock_button)
        self._told.begin()

    def _show_busy(self, *, is_busy: bool) -> None:
        if self.names is not None:
            self.names.setEnabled(not is_busy)
        self.unlock_button.setEnabled(not is_busy)
        usual = tr("Open all the same") if self._told is not None else tr("Unlock")
        self.unlock_button.say(tr("Unlocking…") if is_busy else usual)
