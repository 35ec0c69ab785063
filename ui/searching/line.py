"""The line that is typed into; it counts the syllable being composed as typed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from i18n import tr


class QueryLine(QLineEdit):
    """Keeps the keyboard while arrow keys move through what was found."""

    asked = Signal(str)
    moved = Signal(int)

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self._composing = ""
        words = tr("Search alias or note")
        self.setObjectName("palette_query")
        self.setAccessibleName(words)
        self.setPlaceholderText(words)
        self.setProperty("bare", "true")
        self.setProperty("query", "true")
        self.textChanged.connect(self._on_changed)

    def query(self) -> str:
        """Return what is typed, the syllable being composed at the caret included."""
        text, at = self.text(), self.cursorPosition()
        return text[:at] + self._composing + text[at:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Search while a syllable is composed: first consonants are never committed as such."""
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self._on_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_changed(self) -> None:
        self.asked.emit(self.query())
