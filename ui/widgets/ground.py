"""A colour of its own under a list, so that a turn of the wheel draws only what comes in."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui import style
from ui.widgets.scrolled import Bar


class Ground(QObject):
    """With nothing there, all that lies below a list would be drawn once more at each turn."""

    def __init__(self, view: QAbstractItemView) -> None:
        """Lie under the rows of `view`, in the colour of a sheet."""
        super().__init__(view)
        self._under: QWidget = view.viewport()
        self._under.installEventFilter(self)
        view.setVerticalScrollBar(Bar())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fill what is to be drawn, before the rows are."""
        if isinstance(event, QPaintEvent) and watched is self._under:
            # Each time: a style that comes later takes it away.
            self._under.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            painter = QPainter(self._under)
            painter.fillRect(event.rect(), style.current().color("surface"))
            painter.end()
        return False
