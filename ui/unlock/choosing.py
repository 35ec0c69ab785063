"""Choosing a passphrase: written twice, seen if wanted, pasted if wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from desktop.errors import AppError
from i18n import tr
from ui import messages
from ui.unlock.gate import Gate
from ui.unlock.stage import Stage
from ui.unlock.strength import StrengthMeter
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import SecretField

if TYPE_CHECKING:
    from desktop.services.members import Strength


class ChoosingPage(Stage):
    """Emits `chosen` with a passphrase that is strong enough and was written twice."""

    chosen = Signal(str)

    def __init__(self, gate: Gate, title: str, step: str = "") -> None:
        """Ask for a new passphrase."""
        lead = tr("Only this passphrase opens your notes. Nobody can look it up for you.")
        super().__init__(title, lead, step)
        self._gate = gate
        self._is_enough = self._is_busy = False
        names = (tr("Show the passphrase"), tr("Hide the passphrase"))
        self.first = SecretField(tr("Passphrase"), *names)
        self.first.edit.setObjectName("new-passphrase")
        self.again = SecretField(tr("Once more"), *names)
        self.again.edit.setObjectName("new-passphrase-again")
        self.meter = StrengthMeter()
        self.next_button = Button(tr("Next"), "primary", pressed=self._on_next).sized("large")
        self.next_button.setObjectName("passphrase-next")
        self.problem = Notice("circle-alert", "", "danger")
        self.problem.hide()
        self.add(self.first, self.meter, self.again, self.problem, self.next_button)
        self.first.changed.connect(self._on_changed)
        self.again.changed.connect(self._show_ready)
        self.first.entered.connect(self.again.edit.setFocus)
        self.again.entered.connect(self._on_next)
        self.setFocusProxy(self.first.edit)
        self._show_ready()

    def say_failed(self, error: AppError) -> None:
        """Say why it could not be used, and let the person go on."""
        self.problem.show_words("circle-alert", messages.sentence(error), "danger")
        self.problem.show()
        self.show_busy(is_busy=False)

    def show_busy(self, *, is_busy: bool) -> None:
        """Say that it is being worked on."""
        self._is_busy = is_busy
        self.next_button.say(tr("Making the vault…") if is_busy else tr("Next"))
        self._show_ready()

    def forget(self) -> None:
        """Take the words off the screen."""
        self.first.edit.clear()
        self.again.edit.clear()

    @Slot(str)
    def _on_changed(self, words: str) -> None:
        self._is_enough = False
        self._show_ready()
        if words:
            self._gate.judge(words, self._on_judged)

    def _on_judged(self, strength: "Strength") -> None:
        self._is_enough = strength.is_enough
        self.meter.show_strength(strength)
        self._show_ready()

    @Slot()
    def _show_ready(self) -> None:
        first, again = self.first.words(), self.again.words()
        differs = bool(again) and not first.startswith(again)
        self.again.say_wrong(tr("The two are not the same yet.") if differs else "")
        self.next_button.setEnabled(self._is_ready())

    def _is_ready(self) -> bool:
        same = bool(self.first.words()) and self.first.words() == self.again.words()
        return same and self._is_enough and not self._is_busy

    @Slot()
    def _on_next(self) -> None:
        if self._is_ready():
            self.problem.hide()
            self.show_busy(is_busy=True)
            self.chosen.emit(self.first.words())
