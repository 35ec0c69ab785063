"""The pages below each other, as they will be in the file."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from i18n import ntr
from ui import style
from ui.printing.paper import Shown
from ui.widgets.labels import text, wrapped

_WIDE, _HIGH = 560, 380


class _Page(QWidget):
    """Paints a picture as it is: to turn each into another kind first would stall the window."""

    def __init__(self, picture: QImage, dense: float) -> None:
        super().__init__()
        self._picture = picture
        self.setFixedSize(picture.size() / dense)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(QRect(0, 0, self.width(), self.height()), self._picture)
        painter.end()


class PreviewPart(QWidget):
    """Scrolled with the arrow keys; a screen reader is told the words."""

    def __init__(self) -> None:
        """Show no page yet."""
        super().__init__()
        self.view = QScrollArea()
        self.view.setObjectName("print-pages")
        self.view.setWidgetResizable(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.setFixedHeight(_HIGH)
        self.count = text("", "caption", "text2", "semibold")
        self.left_out = wrapped("", "caption", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.count, self.view, self.left_out):
            column.addWidget(part)
        self.clear()

    def width_of_a_page(self) -> int:
        """Return how many pixels of this screen a page is wide."""
        return round(style.scaled(_WIDE) * self.devicePixelRatioF())

    def show_pages(self, pages: Shown, left_out: str) -> None:
        """Show every page."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(12)
        for picture in pages.pictures:
            page = _Page(picture, self.devicePixelRatioF())
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.view.setWidget(inner)
        self.view.setAccessibleName(pages.words)
        count = len(pages.pictures)
        self.count.setText(ntr("{n} page", "{n} pages", count))
        self.left_out.setText(left_out)
        self.left_out.setVisible(bool(left_out))

    def clear(self) -> None:
        """Keep no page and no word."""
        self.view.setWidget(QWidget())
        self.view.setAccessibleName("")
        self.left_out.hide()
