"""What lies under a sheet, as the screen shows it already: drawing it once more takes 25 ms."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

_DIM, _SOON = QColor(8, 11, 20, 130), 100


class Beneath:
    """Holds a picture until the sheet is drawn the next time; at all others Qt draws it."""

    def __init__(self, sheet: QWidget) -> None:
        """Be without a picture."""
        self._sheet = sheet
        self._picture: QImage | None = None
        self._is_dim = False

    def take(self, window: QWidget) -> None:
        """Take what the sheet will cover; where it cannot be had, Qt draws it."""
        if window.isVisible():
            # What waits to be drawn is drawn first: a sheet that has just closed is gone then.
            request = QEvent.Type.UpdateRequest.value
            QCoreApplication.sendPostedEvents(window.window(), request)
        self._hold(window, is_dim=False)

    def keep(self) -> None:
        """Before much of an open panel is drawn anew: take the sheet just as it is."""
        if self._picture is None:
            self._hold(self._sheet, is_dim=True)
            QTimer.singleShot(_SOON, self._sheet, self.let_go)  # nothing may have to be drawn

    def draw(self, painter: QPainter, area: QRect) -> None:
        """Draw it dimmed."""
        picture, self._picture = self._picture, None
        if picture is not None:
            painter.drawImage(0, 0, picture)
            self.forget()
        if picture is None or not self._is_dim:
            painter.fillRect(area, _DIM)

    def forget(self) -> None:
        """Hold nothing any more."""
        self._picture = None
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)

    def let_go(self) -> None:
        """Forget what `keep` took: the panel is not where it was."""
        if self._is_dim:
            self.forget()

    def _hold(self, part: QWidget, *, is_dim: bool) -> None:
        self._picture, self._is_dim = _drawn(part), is_dim
        is_held = self._picture is not None
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, is_held)


def _drawn(part: QWidget) -> QImage | None:
    window = part.window()
    if not part.isVisible() or not window.windowHandle().isExposed():
        return None
    drawn = window.backingStore().paintDevice()
    if not isinstance(drawn, QImage):
        return None
    times = drawn.devicePixelRatio()
    area = QRect(part.mapTo(window, QPoint(0, 0)) * times, part.size() * times)
    return drawn.copy(area) if drawn.rect().contains(area) else None
