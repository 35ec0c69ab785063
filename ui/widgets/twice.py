"""A deed that its own button asks about once more; a double click is one press."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.buttons import Button


class OnePress(QTimer):
    """Runs from a press for as long as a double click may take: within it nobody presses anew."""

    def __init__(self, button: QWidget) -> None:
        """Belong to a button; nothing was pressed yet."""
        super().__init__(button)
        self.setSingleShot(True)

    def begin(self) -> None:
        """It was pressed now."""
        if interval := QApplication.doubleClickInterval():
            self.start(interval)


class TwiceButton(Button):
    """Says `asked` after the first press and emits `agreed` at the second."""

    agreed = Signal()

    def __init__(self, words: str, asked: str, kind: str = "quiet", icon: str = "") -> None:
        """Offer it with `words`."""
        super().__init__(words, kind, icon)
        self._words, self._asked, self._is_asked = words, asked, False
        self._press = OnePress(self)
        self.clicked.connect(self._on_pressed)

    def rest(self) -> None:
        """Return to before the first press."""
        self._is_asked = False
        self.say(self._words)

    @Slot()
    def _on_pressed(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self.say(self._asked)
            self._press.begin()
        elif not self._press.isActive():
            self.agreed.emit()
