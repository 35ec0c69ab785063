"""The pages below each other, as they will be in the file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from i18n import ntr
from ui import style
from ui.printing.paper import Paper
from ui.widgets.labels import text, wrapped

_WIDE, _HIGH = 560, 380


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

    def show_paper(self, paper: Paper, left_out: str) -> None:
        """Show every page."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(12)
        dense = self.devicePixelRatioF()
        for page in range(paper.pages()):
            picture = paper.picture(page, round(style.scaled(_WIDE) * dense))
            picture.setDevicePixelRatio(dense)
            label = QLabel()
            label.setPixmap(picture)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        self.view.setWidget(inner)
        self.view.setAccessibleName(paper.words())
        self.count.setText(ntr("{n} page", "{n} pages", paper.pages()))
        self.left_out.setText(left_out)
        self.left_out.setVisible(bool(left_out))

    def clear(self) -> None:
        """Keep no page and no word."""
        self.view.setWidget(QWidget())
        self.view.setAccessibleName("")
        self.left_out.hide()
