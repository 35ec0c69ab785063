"""Draws one thing that happened: when, what, and under it what was written."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import style
from ui.timeline.model import ROW, Row

_Index = QModelIndex | QPersistentModelIndex
_HEAD, _LOW, _HIGH, _LINE = 38, 40, 60, 23
_EDGE, _CLOCK, _ICON, _GAP = 12, 48, 18, 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TimelineDelegate(QStyledItemDelegate):
    """A night's head is a caption; the chosen row is a card, as in the other lists."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Give words a line of their own, and heads the room before them."""
        row: Row = index.data(ROW)
        high = _HEAD if row.is_head else _HIGH if row.detail else _LOW
        return QSize(0, style.scaled(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(option.rect).adjusted(_EDGE, 7, -_EDGE, -7)
        if row.is_head:
            face = style.font(style.CAPTION, QFont.Weight.DemiBold)
            _say(painter, area.adjusted(0, 8, 0, 4), row.title, (face, "text3"))
        else:
            _ground(painter, option)
            _row(painter, area, row)
        painter.restore()


def _row(painter: QPainter, area: QRect, row: Row) -> None:
    small, strong = style.font(style.CAPTION), style.font(style.BODY, QFont.Weight.DemiBold)
    upper = QRect(area.left(), area.top(), area.width(), style.scaled(_LINE))
    _say(painter, upper, row.time, (small, "text3"))
    upper.setLeft(upper.left() + style.scaled(_CLOCK))
    pixels = style.scaled(_ICON)
    top = upper.top() + (upper.height() - pixels) // 2
    style.paint_icon(painter, QRect(upper.left(), top, pixels, pixels), row.icon, row.tone)
    upper.setLeft(upper.left() + pixels + _GAP)
    _say(painter, upper, row.title, (strong, "text"))
    lower = QRect(upper.left(), upper.bottom(), upper.width(), area.bottom() - upper.bottom())
    _say(painter, lower, row.detail, (small, "text2"))


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    theme, card = style.current(), QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5)
    if option.state & QStyle.StateFlag.State_Selected:
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = theme.color("focus" if has_focus else "line")
        painter.setPen(QPen(edge, 2 if has_focus else 1))
        painter.setBrush(theme.color("surface2"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface2"))
    else:
        return
    painter.drawRoundedRect(card, style.MEDIUM, style.MEDIUM)


def _say(painter: QPainter, area: QRect, words: str, ink: tuple[QFont, str]) -> None:
    """Write words on one line, cut to fit."""
    face, token = ink
    shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(face)
    painter.setPen(style.current().color(token))
    painter.drawText(area, _LEFT, shown)
