"""A deed that is asked about once more, by its button or another: a double click is one press."""

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.buttons import Button


class OnePress(QTimer):
    """Runs from a press for as long as a double click may take: within it nobody presses anew."""

    def __init__(self, button: QWidget) -> None:
        """Belong to a button; nothing was pressed yet."""
        super().__init__(button)
        self.setSingleShot(True)

    @classmethod
    def of(cls, button: QWidget) -> "OnePress":
        """Return the one of this button; its first, if it has none."""
        return button.findChild(cls) or cls(button)

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


class SecondButton(Button):
    """Comes where another was pressed; what belongs to that press still does nothing here."""

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to wait: it has just appeared under the hand."""
        super().showEvent(event)
        OnePress.of(self).begin()

    def hitButton(self, pos: QPoint) -> bool:
        """Say whether the mouse is on it; not yet while it waits."""
        return super().hitButton(pos) and not OnePress.of(self).isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take no key while it waits, but for those that lead away from it."""
        if event.text().isspace() and event.text() != "\t" and OnePress.of(self).isActive():
            return
        super().keyPressEvent(event)
