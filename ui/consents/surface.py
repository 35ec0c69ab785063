"""The ground of the handed-over screen: large words, and no way through to the counselor's."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

_LET_THROUGH: Final = ("Ctrl+L", "Ctrl+Shift+H")


class Surface(QWidget):
    """Put what is shown into `column`."""

    def __init__(self) -> None:
        """Cover the whole window."""
        super().__init__()
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("handed", "true")
        self.column = QVBoxLayout(self)

    def event(self, event: QEvent) -> bool:
        """Keep every shortcut of the counselor's window out, but for locking and hiding."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination()).toString()
            if pressed not in _LET_THROUGH:
                event.accept()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short on a wide screen and the margin small on a small one."""
        side = max(32, (self.width() - 1200) // 2) if self.width() > 1400 else self.width() // 16
        self.column.setContentsMargins(side, 20, side, 16)
        super().resizeEvent(event)
