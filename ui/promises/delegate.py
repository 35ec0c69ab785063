"""Draws one row of the list of promises: who and when, and under it what."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import style
from ui.promises.model import ROW, Row

_Index = QModelIndex | QPersistentModelIndex
_HEAD, _HIGH, _LINE = 36, 60, 23
_EDGE, _GAP = 12, 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PromiseDelegate(QStyledItemDelegate):
    """A head is a caption; the chosen row is a card, as in the list of the night."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Give heads less room."""
        row: Row = index.data(ROW)
        return QSize(0, style.scaled(_HEAD if row.is_head else _HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(option.rect).adjusted(_EDGE, 7, -_EDGE, -7)
        if row.is_head:
            head = style.font(style.CAPTION, QFont.Weight.DemiBold)
            _say(painter, area, row.title, (head, "text3"))
        else:
            _ground(painter, option)
            _words(painter, area, row)
        painter.restore()


def _words(painter: QPainter, area: QRect, row: Row) -> None:
    small, strong = style.font(style.CAPTION), style.font(16, QFont.Weight.DemiBold)
    upper = QRect(area.left(), area.top(), area.width(), style.scaled(_LINE))
    used = _say(painter, upper, row.first, (small, row.tone), _RIGHT)
    lower = QRect(area.left(), upper.bottom(), area.width(), area.bottom() - upper.bottom())
    upper.setRight(upper.right() - used - _GAP)
    _say(painter, upper, row.title, (strong, "text"))
    _say(painter, lower, row.second, (small, "text2"))


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    theme, card = style.current(), QRectF(option.rect).adjusted(0.5, 2.5, -0.5, -2.5)
    if option.state & QStyle.StateFlag.State_Selected:
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = theme.color("focus" if has_focus else "line")
        painter.setPen(QPen(edge, 2 if has_focus else 1))
        painter.setBrush(theme.color("select"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface2"))
    else:
        return
    painter.drawRoundedRect(card, style.MEDIUM, style.MEDIUM)


def _say(
    painter: QPainter,
    area: QRect,
    words: str,
    ink: tuple[QFont, str],
    side: Qt.AlignmentFlag = _LEFT,
) -> int:
    """Write words on one line, cut to fit, and return how wide they are."""
    face, token = ink
    metrics = QFontMetrics(face)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(face)
    painter.setPen(style.current().color(token))
    painter.drawText(area, side, shown)
    return metrics.horizontalAdvance(shown)
