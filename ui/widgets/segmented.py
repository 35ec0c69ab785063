"""A few answers side by side, of which one holds."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout

from ui.widgets.buttons import Button


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key, its word, its icon with the token that colours it, its tone."""

    key: str
    words: str
    icon: str = ""
    token: str = ""
    tone: str = ""


class Segmented(QFrame):
    """Arrow keys move, Space chooses; `chosen` is emitted only for a person's choice."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: tuple[Choice, ...]) -> None:
        """Show `choices`, none chosen; `name` is for screen readers."""
        super().__init__()
        self.setProperty("segmented", "true")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        for choice in choices:
            button = Button(choice.words, "segment", choice.icon, choice.token)
            button.setCheckable(True)
            button.setProperty("tone", choice.tone)
            button.setAccessibleName(f"{name}: {choice.words}")
            button.setObjectName(f"segment-{choice.key}")
            self.buttons[choice.key] = button
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._on_clicked)

    def choose(self, key: str) -> None:
        """Show `key` as chosen, or nothing for a key that is not there."""
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == key)
        self._group.setExclusive(True)

    def key(self) -> str:
        """Return the key chosen, or ""."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    @Slot(QAbstractButton)
    def _on_clicked(self, _: QAbstractButton) -> None:
        self.chosen.emit(self.key())
