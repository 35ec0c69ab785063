"""A passphrase that is being chosen: written twice, seen if wanted, pasted if wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import tr
from ui.widgets.field import SecretField
from ui.widgets.strength import StrengthMeter

if TYPE_CHECKING:
    from desktop.services.members import Strength


class NewPassphrase(QWidget):
    """Asks whoever made it to judge what is typed; says whether both are the same and enough."""

    judging_wanted = Signal(str)
    readiness_changed = Signal()
    entered = Signal()

    def __init__(self, label: str = "") -> None:
        """Show two empty lines."""
        super().__init__()
        self._is_enough = False
        self.first, self.again = a_secret(label or tr("Passphrase")), a_secret(tr("Once more"))
        self.first.edit.setObjectName("new-passphrase")
        self.again.edit.setObjectName("new-passphrase-again")
        self.meter = StrengthMeter()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in (self.first, self.meter, self.again):
            column.addWidget(part)
        self.first.changed.connect(self._on_changed)
        self.again.changed.connect(self._on_again)
        self.first.entered.connect(self.again.edit.setFocus)
        self.again.entered.connect(self.entered)
        self.setFocusProxy(self.first.edit)

    def words(self) -> str:
        """Return what is written first."""
        return self.first.words()

    def is_ready(self) -> bool:
        """Tell whether it is strong enough and was written twice."""
        same = bool(self.words()) and self.words() == self.again.words()
        return same and self._is_enough

    def forget(self) -> None:
        """Take the words off the screen."""
        self.first.edit.clear()
        self.again.edit.clear()

    def show_strength(self, strength: "Strength") -> None:
        """Say how strong it is."""
        self._is_enough = strength.is_enough
        self.meter.show_strength(strength)
        self.readiness_changed.emit()

    @Slot(str)
    def _on_changed(self, words: str) -> None:
        self._is_enough = False
        self._on_again()
        if words:
            self.judging_wanted.emit(words)

    @Slot()
    def _on_again(self) -> None:
        first, again = self.first.words(), self.again.words()
        differs = bool(again) and not first.startswith(again)
        self.again.say_wrong(tr("The two are not the same yet.") if differs else "")
        self.readiness_changed.emit()


def a_secret(label: str) -> SecretField:
    """Return a line for a passphrase, with the eye that shows it."""
    return SecretField(label, tr("Show the passphrase"), tr("Hide the passphrase"))
