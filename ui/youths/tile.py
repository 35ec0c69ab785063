"""A number that is counted with one press."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from i18n import tr
from ui import style

_FOOT = 26  # pixels: what takes one back must be at least 24 high (WCAG 2.5.8)
_HIGH = 70
_KEY = 13  # pixels: the least that may be read


class Tile(QAbstractButton):
    """A press adds one. Under the pointer or the keyboard, its foot offers − and +."""

    counted = Signal(int)

    def __init__(self, word: str, keys: str = "") -> None:
        """Count `word`; `keys` is pressed with Alt, none for a number nobody counts by hand."""
        super().__init__()
        self._word, self._keys, self._number = word, keys, 0
        self._is_minus = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy = Qt.FocusPolicy.StrongFocus if keys else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)
        if keys:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(tr("Alt+{keys} adds one, Alt+Shift+{keys} takes one back", keys=keys))
            self.setAccessibleDescription(self.toolTip())
        self.show_number(0)

    def show_number(self, number: int) -> None:
        """Show how many."""
        self._number = number
        self.setAccessibleName(tr("{word} {number}", word=self._word, number=number))
        self.update()

    def number(self) -> int:
        """Return how many are shown."""
        return self._number

    def sizeHint(self) -> QSize:
        """Be as high as in the picture."""
        return QSize(44, style.scaled(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Never let number and word run into each other."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Know which half of the foot is pressed."""
        place = event.position()
        is_foot = place.y() >= self.height() - style.scaled(_FOOT)
        self._is_minus = is_foot and place.x() < self.width() / 2
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Minus takes one back, plus adds one."""
        if event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Plus) and self._keys:
            self.counted.emit(-1 if event.key() == Qt.Key.Key_Minus else 1)
        else:
            self._is_minus = False
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw number and word."""
        painter, theme = QPainter(self), style.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if has_focus else "line"), 2 if has_focus else 1))
        painter.setBrush(theme.color("surface" if self._keys else "rail"))
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(edge, style.MEDIUM, style.MEDIUM)
        painter.setPen(theme.color("text"))
        is_long = len(str(self._number)) * style.scaled(14) > self.width() - 6
        painter.setFont(style.font(16 if is_long else 22, QFont.Weight.Bold))
        foot = style.scaled(_FOOT)
        number = QRect(0, style.scaled(16), self.width(), style.scaled(28))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(self._number))
        self._draw_key(painter)
        self._draw_foot(painter, QRect(0, self.height() - foot - 2, self.width(), foot))
        painter.end()

    def _draw_key(self, painter: QPainter) -> None:
        """Draw the key like one, so that it is not read as a part of the number."""
        if not self._keys:
            return
        face, theme = style.font(style.CAPTION), style.current()
        face.setPixelSize(_KEY)
        painter.setFont(face)
        cap = QRect(self.width() - _KEY - 7, 4, _KEY + 3, _KEY + 2)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(theme.color("text3"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._keys)

    def _draw_foot(self, painter: QPainter, foot: QRect) -> None:
        theme = style.current()
        is_hot = bool(self._keys) and (self.underMouse() or self.hasFocus())
        painter.setPen(theme.color("text2"))
        if not is_hot:
            painter.setFont(self._word_font(foot.width() - 4))
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self._word)
            return
        painter.setFont(style.font(style.BODY, QFont.Weight.DemiBold))
        half = foot.width() // 2
        painter.drawText(foot.adjusted(0, 0, -half, 0), Qt.AlignmentFlag.AlignCenter, "−")
        painter.drawText(foot.adjusted(half, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, "+")

    def _word_font(self, room: int) -> QFont:
        face = style.font(style.CAPTION)
        if QFontMetrics(face).horizontalAdvance(self._word) > room:
            face.setPixelSize(style.CAPTION)  # the least that may be read; it fits
        return face

    @Slot()
    def _on_clicked(self) -> None:
        if self._keys:
            self.counted.emit(-1 if self._is_minus else 1)
        self._is_minus = False
