"""One person of the team, as an initial on a colour."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import style

# White on each of these passes 4.5:1; the same person keeps the same colour.
_COLOURS: Final = ("#5B64C4", "#2A7F71", "#A75B24", "#8A4A9E", "#3D6FA8")


class Avatar(QWidget):
    """A round initial."""

    def __init__(self, name: str, pixels: int = 26) -> None:
        """Show the first letter of `name`."""
        super().__init__()
        self._name = name
        self.setFixedSize(pixels, pixels)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the circle and the letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_COLOURS[sum(map(ord, self._name)) % len(_COLOURS)]))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(QColor("#FFFFFF"))
        painter.setFont(style.font(12, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._name[:1])
        painter.end()
