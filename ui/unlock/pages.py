"""Which page of the way in is in front."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.errors import AppError, VaultDamaged
from ui.unlock.door import Door
from ui.unlock.gate import Gate

if TYPE_CHECKING:
    from desktop.services.members import Unlocked
    from ui.unlock.choosing import ChoosingPage
    from ui.unlock.first import FirstStart
    from ui.unlock.recovering import RecoveringPage
    from ui.unlock.recovery_code import RecoveryCodePage


class UnlockPages(QStackedWidget):
    """Emits `opened` with the open vault and with what is worth saying about it."""

    opened = Signal(object, object)
    trying = Signal()
    language_chosen = Signal(str)
    practice_wanted = Signal()

    def __init__(self, gate: Gate) -> None:
        """Show the door, or the first start where there is no vault."""
        super().__init__()
        self._gate = gate
        self.door: Door | None = None
        self.first: FirstStart | None = None
        self.recovering: RecoveringPage | None = None
        self.choosing: ChoosingPage | None = None
        self.code: RecoveryCodePage | None = None
        if gate.is_empty():
            self._begin_first()
        else:
            self._show_door()

    def forget(self) -> None:
        """Take half-typed passphrases off the screen."""
        if self.door is not None:
            self.door.passphrase.edit.clear()
        if self.choosing is not None:
            self.choosing.forget()

    def is_code_shown(self) -> bool:
        """Say whether a recovery code can be read here: the vault behind it is open."""
        return self.code is not None or (
            self.first is not None and self.first.recovery is not None
        )

    def _show(self, page: QWidget) -> None:
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()

    def _begin_first(self) -> None:
        from ui.unlock.first import FirstStart  # only the first start pays for it

        self.first = FirstStart(self._gate)
        self.first.made.connect(self._on_made)
        self.first.language_chosen.connect(self.language_chosen)
        self.first.practice_wanted.connect(self.practice_wanted)
        self._show(self.first)

    @Slot()
    def _show_door(self) -> None:
        if self.door is None:
            self.door = Door(self._gate)
            self.door.opened.connect(self._on_unlocked)
            self.door.trying.connect(self.trying)
            self.door.damaged.connect(self._on_damaged)
            self.door.recovery_wanted.connect(self._on_recovery)
        self._show(self.door)

    @Slot()
    def _on_recovery(self) -> None:
        from ui.unlock.recovering import RecoveringPage

        if self.recovering is None:
            self.recovering = RecoveringPage(self._gate)
            self.recovering.back_wanted.connect(self._show_door)
            self.recovering.entered.connect(self._on_code)
        self._show(self.recovering)

    @Slot(str)
    def _on_code(self, _: str) -> None:
        from i18n import tr
        from ui.unlock.choosing import ChoosingPage

        self.choosing = ChoosingPage(self._gate, tr("Choose a new passphrase"))
        self.choosing.chosen.connect(self._on_new_passphrase)
        self._show(self.choosing)

    @Slot(str)
    def _on_new_passphrase(self, passphrase: str) -> None:
        if self.recovering is not None:
            code = self.recovering.code.words()
            self._gate.recover(code, passphrase, self._on_unlocked, self._on_recovery_failed)

    def _on_recovery_failed(self, error: AppError) -> None:
        if isinstance(error, VaultDamaged):
            self._on_damaged(error)
        elif self.recovering is not None:
            self._show(self.recovering)
            self.recovering.say_failed(error)

    @Slot(object)
    def _on_damaged(self, error: VaultDamaged) -> None:
        from ui.unlock.damaged import DamagedPage

        page = DamagedPage(error)
        page.back_wanted.connect(self._show_door)
        self._show(page)

    @Slot(object)
    def _on_unlocked(self, unlocked: "Unlocked") -> None:
        if unlocked.recovery_code:
            self._show_code(unlocked)
        else:
            self.opened.emit(unlocked.vault, unlocked.notices)

    def _show_code(self, unlocked: "Unlocked") -> None:
        from ui.unlock.recovery_code import RecoveryCodePage

        def open_now(_: object) -> None:
            self.opened.emit(unlocked.vault, unlocked.notices)

        self.code = RecoveryCodePage(
            unlocked.recovery_code, self._gate.chance, keyring_failed=False, is_anew=True
        )
        self.code.confirmed.connect(lambda: self._gate.prove_code(unlocked, open_now, open_now))
        self._show(self.code)

    @Slot(object)
    def _on_made(self, vault: object) -> None:
        self.opened.emit(vault, ())
