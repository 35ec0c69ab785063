"""What a sheet scrolls: parts below each other on a ground of their own."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar, QVBoxLayout, QWidget

from ui import style


class Scrolled(QScrollArea):
    """Put widgets into `body`."""

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self.body.setContentsMargins(2, 2, 8, 2)
        self._ground = _Ground()
        self._ground.setLayout(self.body)
        self.setVerticalScrollBar(Bar())
        self.setWidgetResizable(True)
        self.setWidget(self._ground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(1)  # Qt's own least would squeeze what stands beside a line or two

    def wanted(self, width: int) -> int:
        """Return how high it would be without scrolling."""
        if self._ground.hasHeightForWidth():
            return self._ground.heightForWidth(width)
        return self._ground.sizeHint().height()

    def reveal(self, part: QWidget, area: QRect) -> None:
        """Scroll so that this area of a part is seen."""
        top = part.mapTo(self._ground, area.topLeft())
        for y in (top.y() + area.height(), top.y()):
            self.ensureVisible(0, y, 0, 0)


class _Ground(QWidget):
    """The panel's own colour under what is scrolled, so that only what comes in is drawn.

    With nothing there, each turn of the wheel would draw the window below once more.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), style.current().color("surface"))
        painter.end()


class Bar(QScrollBar):
    """Has the same colour under it, for the same reason."""

    def event(self, event: QEvent) -> bool:
        told = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # the style took it away
        return told

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), style.current().color("surface"))
        painter.end()
        super().paintEvent(event)
