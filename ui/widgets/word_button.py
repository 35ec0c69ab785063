"""Words beside other words that can be pressed to know more."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent

from ui import style
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import text

_DOTS = (1.0, 2.0)


class WordButton(Button):
    """It looks like the words beside it, dotted below."""

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__("", "words")
        self.label = Elided(text("", "body", "text2"))
        self.label.setParent(self)
        self.setSizePolicy(self.label.sizePolicy())  # a button would keep all its words
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_words(self, words: str, leads_to: str) -> None:
        """Say `words`; `leads_to` names what a press shows."""
        self.label.setText(words)
        self.setAccessibleName(f"{words}. {leads_to}")
        self.setToolTip(self.accessibleName())  # the words may be cut off
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return what it says."""
        return self.label.text()

    def sizeHint(self) -> QSize:
        """Have room for all the words."""
        return self.label.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Give way to what is beside it."""
        return self.label.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave all of it to the words."""
        self.label.setGeometry(self.rect())
        super().resizeEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Leave the words to the label, and draw a line below them."""
        wide = min(self.label.sizeHint().width() - 2, self.width())
        pen = QPen(style.current().color("text3"), 1.0)
        pen.setDashPattern(_DOTS)
        if self.hasFocus():
            pen = QPen(style.current().color("focus"), 2.0)
        painter = QPainter(self)
        painter.setPen(pen)
        painter.drawLine(0, self.height() - 1, wide, self.height() - 1)
        painter.end()
