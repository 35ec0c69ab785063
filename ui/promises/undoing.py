"""A part of the window that takes Ctrl+Z for itself while the keyboard is in it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class Undoing(QWidget):
    """Elsewhere Ctrl+Z takes back what the night has counted."""

    undo_wanted = Signal()

    def __init__(self) -> None:
        """Take the keyboard, too, where nothing inside can; Tab passes by."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def event(self, event: QEvent) -> bool:
        """Keep the key from shortcuts of the window."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and _is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say that it was pressed."""
        if _is_undo(event):
            self.undo_wanted.emit()
        else:
            super().keyPressEvent(event)


def _is_undo(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
