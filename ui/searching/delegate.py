"""Draws one row of what was found, with the match made plain."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import style
from ui.searching.model import Kind, Row
from ui.style import Theme

_Index = QModelIndex | QPersistentModelIndex
_HEIGHTS = {Kind.HEAD: 30, Kind.YOUTH: 40, Kind.NOTE: 56, Kind.AGENCY: 40, Kind.ACTION: 40}
_LINE = 24
_LEAST = 60


class FoundDelegate(QStyledItemDelegate):
    """Title and context on the left, a date or a shortcut on the right."""

    def __init__(self) -> None:
        """Measure the fonts once."""
        super().__init__()
        self._title = style.font(style.BODY, QFont.Weight.DemiBold)
        self._small = style.font(style.CAPTION)
        self._strong = style.font(style.CAPTION, QFont.Weight.Bold)

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Give a note two lines."""
        return QSize(0, _HEIGHTS[index.data(Qt.ItemDataRole.UserRole).kind])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        theme, area = style.current(), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind is Kind.HEAD:
            self._say(painter, area.adjusted(14, 6, -14, 0), row.title, (self._strong, "text3"))
        else:
            self._draw_row(painter, area, row, theme, bool(option.state & _SELECTED))
        painter.restore()

    def _draw_row(
        self, painter: QPainter, area: QRect, row: Row, theme: Theme, is_chosen: bool
    ) -> None:
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            card = QRectF(area).adjusted(6, 1, -6, -1)
            painter.drawRoundedRect(card, style.MEDIUM, style.MEDIUM)
        first = QRect(area.left() + 48, area.top() + 8, area.width() - 66, _LINE)
        icon = QRect(area.left() + 18, first.top() + 3, 18, 18)
        style.paint_icon(painter, icon, row.icon, "accent_text" if is_chosen else "text2")
        aside = QFontMetrics(self._small).horizontalAdvance(row.aside) + 4
        side = first.adjusted(first.width() - aside, 0, 0, 0)
        self._say(painter, side, row.aside, (self._small, "text2"))
        first.setRight(first.right() - aside - 10)
        end = self._say(painter, first, row.title, (self._title, "text"))
        if row.kind is Kind.NOTE:
            second = QRect(first.left(), first.bottom(), area.right() - first.left() - 18, _LINE)
            self._draw_context(painter, second, row.context)
        else:
            first.setLeft(end + 10)
            self._say(painter, first, row.context[0], (self._small, "text2"))

    def _draw_context(self, painter: QPainter, line: QRect, context: tuple[str, str, str]) -> None:
        before, match, after = context
        metrics = QFontMetrics(self._small)
        room = line.width() - QFontMetrics(self._strong).horizontalAdvance(match) - _LEAST
        before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, max(0, room // 2))
        rest = QRect(line)
        for words, ink in (
            (before, (self._small, "text2")),
            (match, (self._strong, "accent_text")),
            (after, (self._small, "text2")),
        ):
            rest.setLeft(self._say(painter, rest, words, ink))

    def _say(self, painter: QPainter, area: QRect, words: str, ink: tuple[QFont, str]) -> int:
        """Write words on one line, cut to fit, and return where they end."""
        face, token = ink
        metrics = QFontMetrics(face)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(face)
        painter.setPen(style.current().color(token))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        return area.left() + metrics.horizontalAdvance(shown)


_SELECTED = QStyle.StateFlag.State_Selected
