"""A soft ring around a part of the window, for a moment: that is where it is."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import style

_LONG = 2_600  # milliseconds
_AROUND, _ROUND, _LINE = 5, 12, 3


class Pointing(QWidget):
    """Lies over everything and lets every click and key through."""

    def __init__(self, window: QWidget) -> None:
        """Be ready over `window`, hidden."""
        super().__init__(window)
        self._window, self._ring = window, QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def point_at(self, target: QWidget) -> bool:
        """Draw the ring around `target`, which takes the keyboard; False: it cannot be seen."""
        if not target.isVisibleTo(self._window):
            return False
        at = target.mapTo(self._window, QPoint(0, 0))
        around = QRect(at, target.size()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        self._ring = around & self._window.rect()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._timer.start(_LONG)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.current().color("lamp"), _LINE))
        painter.drawRoundedRect(QRectF(self._ring).adjusted(2, 2, -2, -2), _ROUND, _ROUND)
        painter.end()
