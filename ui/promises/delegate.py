"""Draws one row of the list of promises: who and when, and under it what."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter

from ui import style
from ui.promises.model import Row
from ui.widgets.headed import RIGHT, Dress, HeadedDelegate, HeadedRow, say

_HIGH, _LINE, _GAP = 60, 23, 8


class PromiseDelegate(HeadedDelegate):
    """The chosen row is a card, as in the list of the night."""

    def __init__(self) -> None:
        """Draw it as the list of the night."""
        super().__init__(Dress(head=36, space=0, inset=2.5, chosen="select"))

    def height(self, _: HeadedRow) -> int:
        """Two lines."""
        return _HIGH

    def draw(self, painter: QPainter, area: QRect, row: HeadedRow) -> None:
        """Draw who and when, and under it what."""
        if not isinstance(row, Row):
            return
        small, strong = style.font(style.CAPTION), style.font(16, QFont.Weight.DemiBold)
        upper = QRect(area.left(), area.top(), area.width(), style.scaled(_LINE))
        used = say(painter, upper, row.first, (small, row.tone), RIGHT)
        lower = QRect(area.left(), upper.bottom(), area.width(), area.bottom() - upper.bottom())
        upper.setRight(upper.right() - used - _GAP)
        say(painter, upper, row.title, (strong, "text"))
        say(painter, lower, row.second, (small, "text2"))
