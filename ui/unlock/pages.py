"""Which page of the way in is in front."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.errors import VaultDamaged
from ui.unlock.door import Door
from ui.unlock.gate import Gate

if TYPE_CHECKING:
    from desktop.services.members import Unlocked
    from ui.unlock.first import FirstStart
    from ui.unlock.other_ways import OtherWays
    from ui.unlock.recovery_code import RecoveryCodePage
    from ui.unlock.salvaging import Salvaging
    from ui.widgets.card import Notice


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
        self.ways: OtherWays | None = None
        self.saving: Salvaging | None = None
        self.code: RecoveryCodePage | None = None
        if gate.is_empty():
            self._begin_first()
        else:
            self._show_door()

    def forget(self) -> None:
        """Take half-typed passphrases and codes off the screen."""
        if self.door is not None:
            self.door.passphrase.edit.clear()
        if self.first is not None:
            self.first.forget()
        for way in (self.ways, self.saving):
            if way is not None:
                way.forget()

    @Slot()
    def ask_names(self) -> None:
        """Say whose vaults are here, where there are several: once the window is painted."""
        if self.door is not None:
            self.door.ask_names()

    def is_code_shown(self) -> bool:
        """Say whether a recovery code can be read here: the vault behind it is open."""
        return self.code is not None or (
            self.first is not None and self.first.recovery is not None
        )

    @Slot(QWidget)
    def _show(self, page: QWidget) -> None:
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()

    @Slot()
    def _begin_first(self) -> None:
        from ui.unlock.first import FirstStart  # only the first start pays for it

        self.first = FirstStart(self._gate, is_another=self.door is not None)
        self.first.made.connect(self._on_made)
        self.first.language_chosen.connect(self.language_chosen)
        self.first.practice_wanted.connect(self.practice_wanted)
        self.first.back_wanted.connect(self._show_door)
        self.first.door_wanted.connect(self._show_new_door)
        self._show(self.first)

    @Slot()
    def _show_door(self) -> None:
        if self.first is not None:
            self.first.forget()
        if self.door is None:
            self.door = Door(self._gate)
            self.door.opened.connect(self._on_unlocked)
            self.door.trying.connect(self.trying)
            self.door.damaged.connect(self._on_damaged)
            self.door.recovery_wanted.connect(self._on_recovery)
            self.door.another_wanted.connect(self._begin_first)
        self._show(self.door)

    @Slot()
    def _on_recovery(self) -> None:
        from ui.unlock.other_ways import OtherWays

        if self.ways is None:
            self.ways = OtherWays(self._gate)
            self.ways.back_wanted.connect(self._show_door)
            self.ways.shown.connect(self._show)
            self.ways.opened.connect(self._on_unlocked)
            self.ways.opened_by_two.connect(self._on_opened_by_two)
            self.ways.damaged.connect(self._on_damaged)
        names = self.door.names if self.door is not None else None
        gate = self.door.gate() if self.door is not None else self._gate
        self.ways.begin(gate, names.name() if names is not None else "")

    @Slot(object)
    def _on_damaged(self, error: VaultDamaged) -> None:
        from ui.unlock.damaged import DamagedPage

        page = DamagedPage(error)
        page.back_wanted.connect(self._show_door)
        page.saving_wanted.connect(lambda: self._begin_saving(page).begin())
        page.bringing_wanted.connect(lambda: self._begin_saving(page).bring())
        self._show(page)

    def _begin_saving(self, page: QWidget) -> "Salvaging":
        from ui.unlock.salvaging import Salvaging

        gate = self.door.gate() if self.door is not None else self._gate
        self.saving = Salvaging(gate)
        self.saving.shown.connect(self._show)
        self.saving.back_wanted.connect(lambda: self._show(page))
        self.saving.made.connect(lambda unlocked, why: self._show_code(unlocked, *why))
        self.saving.put_back.connect(self._show_new_door)
        return self.saving

    @Slot()
    def _show_new_door(self) -> None:
        self.door = None
        self._show_door()
        self.ask_names()

    @Slot(object)
    def _on_unlocked(self, unlocked: "Unlocked") -> None:
        if unlocked.recovery_code:
            from ui.unlock.recovery_code import anew_notice

            self._show_code(unlocked, anew_notice())
        else:
            self.opened.emit(unlocked.vault, unlocked.notices)

    @Slot(object)
    def _on_opened_by_two(self, unlocked: "Unlocked") -> None:
        from ui.unlock.recovery_code import opened_notice

        self._show_code(unlocked, opened_notice())

    def _show_code(self, unlocked: "Unlocked", *why: "Notice") -> None:
        from ui.unlock.recovery_code import RecoveryCodePage

        def open_now(_: object) -> None:
            self.opened.emit(unlocked.vault, unlocked.notices)

        self.code = RecoveryCodePage(unlocked.recovery_code, self._gate.chance, *why)
        self.code.confirmed.connect(lambda: self._gate.prove_code(unlocked, open_now, open_now))
        self._show(self.code)

    @Slot(object)
    def _on_made(self, vault: object) -> None:
        self.opened.emit(vault, ())
