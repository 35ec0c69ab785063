"""Words on the screen: plain, beside an icon, or in a pill."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui import style

# Qt.TextFormat and Qt.AlignmentFlag; `style.system_is_dark` says why not by their names.
_PLAIN, _CENTRE = 0, 0x84


def text(words: str, size: str = "body", tone: str = "text", weight: str = "") -> QLabel:
    """Return a label; sizes caption|body|note|title|hero, tones are names of tokens."""
    label = QLabel(words)
    label.setProperty("textFormat", _PLAIN)
    label.setProperty("type", size)
    label.setProperty("tone", tone)
    label.setProperty("weight", weight)
    return label


def wrapped(words: str, size: str = "body", tone: str = "text2", weight: str = "") -> QLabel:
    """Return a label that breaks its lines."""
    label = text(words, size, tone, weight)
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def repaint(widget: QWidget, **properties: object) -> None:
    """Give a widget properties the sheet looks at, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Pill(QLabel):
    """A short word on a soft ground; tones ok|warn|danger|info|neutral|lamp."""

    def __init__(self, words: str = "", tone: str = "neutral") -> None:
        """Show `words` in `tone`."""
        super().__init__(words)
        self.setProperty("textFormat", _PLAIN)
        self.setProperty("pill", tone)
        self.setProperty("alignment", _CENTRE)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, tone: str) -> None:
        """Change both."""
        self.setText(words)
        repaint(self, pill=tone)


class Icon(QLabel):
    """A Lucide icon that is only seen; what it means must be said beside it."""

    def __init__(self, name: str, colour: str = "text2", pixels: int = 18) -> None:
        """Show icon `name` in the colour of a token."""
        super().__init__()
        self._name, self._colour = name, colour
        self.setFixedSize(QSize(pixels, pixels))

    def show_icon(self, name: str, colour: str) -> None:
        """Change both."""
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw in the colours of the theme on screen."""
        painter = QPainter(self)
        style.paint_icon(painter, self.rect(), self._name, self._colour)
        painter.end()


class IconLabel(QWidget):
    """An icon and what it means."""

    def __init__(
        self, icon: str, words: str, tone: str = "text2", size: str = "body", pixels: int = 16
    ) -> None:
        """Show `words` after icon `icon`, both in `tone`."""
        super().__init__()
        self.icon = Icon(icon, tone, pixels)
        self.label = text(words, size, tone)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        self.row.addWidget(self.icon)
        self.row.addWidget(self.label)
        self.row.addStretch()

    def show_words(self, icon: str, words: str, tone: str = "text2") -> None:
        """Change all three."""
        self.icon.show_icon(icon, tone)
        self.label.setText(words)
        repaint(self.label, tone=tone)


class Rule(QFrame):
    """A hairline; "h" lies, "v" stands."""

    def __init__(self, way: str = "h") -> None:
        """Draw it in the colour of lines."""
        super().__init__()
        self.setProperty("rule", way)
