"""A short list of reasons, of which one holds; as many lines as they need."""

from PySide6.QtWidgets import QButtonGroup, QWidget

from ui.widgets.buttons import Button
from ui.widgets.flow import Flow
from ui.widgets.segmented import Choice


class Reasons(QWidget):
    """Arrow keys move, Space chooses; none is chosen before a person does."""

    def __init__(self, name: str, choices: tuple[Choice, ...]) -> None:
        """Show `choices`; `name` is for screen readers."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        flow = Flow(self, gap=6)
        for choice in choices:
            button = Button(choice.words, "chip")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {choice.words}")
            button.setObjectName(f"reason-{choice.key}")
            self.buttons[choice.key] = button
            self._group.addButton(button)
            flow.addWidget(button)

    def clear(self) -> None:
        """Choose nothing."""
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def key(self) -> str:
        """Return the key chosen, or ""."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")
