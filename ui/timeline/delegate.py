"""Draws one thing that happened: when, what, and under it what was written."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter

from ui import style
from ui.timeline.model import Row
from ui.widgets.headed import Dress, HeadedDelegate, HeadedRow, say

_LOW, _HIGH, _LINE = 40, 60, 23
_CLOCK, _ICON, _GAP = 48, 18, 12


class TimelineDelegate(HeadedDelegate):
    """A night's head has room before it; the chosen row is a card, as in the other lists."""

    def __init__(self) -> None:
        """Draw it in one quiet column."""
        super().__init__(Dress(head=38, space=8, inset=1.5, chosen="surface2"))

    def height(self, row: HeadedRow) -> int:
        """Give words a line of their own."""
        return _HIGH if isinstance(row, Row) and row.detail else _LOW

    def draw(self, painter: QPainter, area: QRect, row: HeadedRow) -> None:
        """Draw when and what, and under it what was written."""
        if not isinstance(row, Row):
            return
        small, strong = style.font(style.CAPTION), style.font(style.BODY, QFont.Weight.DemiBold)
        upper = QRect(area.left(), area.top(), area.width(), style.scaled(_LINE))
        say(painter, upper, row.time, (small, "text3"))
        upper.setLeft(upper.left() + style.scaled(_CLOCK))
        pixels = style.scaled(_ICON)
        top = upper.top() + (upper.height() - pixels) // 2
        at = QRect(upper.left(), top, pixels, pixels)
        style.paint_icon(painter, at, row.icon, row.tone)
        upper.setLeft(upper.left() + pixels + _GAP)
        say(painter, upper, row.title, (strong, "text"))
        lower = QRect(upper.left(), upper.bottom(), upper.width(), area.bottom() - upper.bottom())
        say(painter, lower, row.detail, (small, "text2"))
