"""The ways in without the passphrase: the recovery code, and the organisation's two halves."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.errors import AppError, VaultDamaged
from desktop.place_errors import VaultCopied
from i18n import tr
from ui.unlock.choosing import ChoosingPage
from ui.unlock.gate import Gate
from ui.unlock.recovering import RecoveringPage

if TYPE_CHECKING:
    from ui.unlock.by_two import Halves
    from ui.unlock.halves import HalvesPage


class OtherWays(QObject):
    """Asks for the code or the halves, then for a new passphrase, and opens the vault."""

    shown = Signal(QWidget)
    opened = Signal(object)
    opened_by_two = Signal(object)
    damaged = Signal(object)
    back_wanted = Signal()

    def __init__(self, gate: Gate) -> None:
        """Be ready; `begin` says whose vault it is."""
        super().__init__()
        self._gate, self._whose = gate, ""
        self.recovering = RecoveringPage(gate)
        self.recovering.back_wanted.connect(self.back_wanted)
        self.recovering.entered.connect(self._on_code)
        self.recovering.halves_wanted.connect(self._on_halves_wanted)
        self.halves: HalvesPage | None = None
        self.choosing: ChoosingPage | None = None

    def begin(self, gate: Gate, whose: str) -> None:
        """Ask for the recovery code of a vault; `whose` is said where there are several."""
        self._gate, self._whose = gate, whose
        self.recovering.show_whose(whose)
        self.shown.emit(self.recovering)

    def forget(self) -> None:
        """Take what is half typed off the screen."""
        for page in (self.recovering, self.halves, self.choosing):
            if page is not None:
                page.forget()

    @Slot(str)
    def _on_code(self, code: str) -> None:
        failed = partial(self._on_failed, self.recovering)
        self._choose(lambda new: self._gate.recover(code, new, self.opened.emit, failed))

    @Slot()
    def _on_halves_wanted(self) -> None:
        from ui.unlock.halves import HalvesPage

        if self.halves is None:
            self.halves = HalvesPage(self._gate)
            self.halves.back_wanted.connect(lambda: self.shown.emit(self.recovering))
            self.halves.entered.connect(self._on_halves)
        self.halves.show_whose(self._whose)
        self.shown.emit(self.halves)

    @Slot(object)
    def _on_halves(self, halves: "Halves") -> None:
        if self.halves is not None:
            failed, opened = partial(self._on_failed, self.halves), self.opened_by_two.emit
            self._choose(lambda new: self._gate.open_with_two(halves, new, opened, failed))

    def _choose(self, then: Callable[[str], None]) -> None:
        self.choosing = ChoosingPage(self._gate, tr("Choose a new passphrase"))
        self.choosing.busy_words = tr("Opening the vault…")
        self.choosing.chosen.connect(then)
        self.shown.emit(self.choosing)

    def _on_failed(self, page: "RecoveringPage | HalvesPage", error: AppError) -> None:
        if isinstance(error, VaultDamaged):
            self.damaged.emit(error)
        else:
            if isinstance(error, VaultCopied):
                self._gate = self._gate.told()
            self.shown.emit(page)
            page.say_failed(error)
