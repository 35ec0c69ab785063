"""What lies under a sheet, as the screen shows it already: drawing it once more takes 25 ms."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget


class Beneath:
    """Holds a picture until the sheet was drawn for the first time; from then on Qt draws it."""

    def __init__(self, sheet: QWidget) -> None:
        """Be without a picture."""
        self._sheet = sheet
        self._picture: QImage | None = None

    def take(self, window: QWidget) -> None:
        """Take what the sheet will cover; where it cannot be had, Qt draws it."""
        self._picture = _drawn(window)
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, self._picture is not None)

    def draw(self, painter: QPainter) -> None:
        """Draw it once, if there is one."""
        if self._picture is not None:
            painter.drawImage(0, 0, self._picture)
            self.forget()

    def forget(self) -> None:
        """Hold nothing any more."""
        self._picture = None
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)


def _drawn(part: QWidget) -> QImage | None:
    window = part.window()
    if not part.isVisible() or not window.windowHandle().isExposed():
        return None
    # What waits to be drawn is drawn first: a sheet that has just closed is no longer there.
    QCoreApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest.value)
    drawn = window.backingStore().paintDevice()
    if not isinstance(drawn, QImage):
        return None
    times = drawn.devicePixelRatio()
    area = QRect(part.mapTo(window, QPoint(0, 0)) * times, part.size() * times)
    return drawn.copy(area) if drawn.rect().contains(area) else None
