"""A list whose rows stand under heads: a head is a caption and passed over, a row a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import style

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
Ink = tuple[QFont, str]
"""A face, and the token of its colour."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_EDGE, _ABOVE = 12, 7


class HeadedRow(Protocol):
    """One line of such a list."""

    @property
    def title(self) -> str:
        """What a head says, and a row first."""
        ...

    @property
    def is_head(self) -> bool:
        """Whether nothing can be done with it."""
        ...

    def spoken(self) -> str:
        """Return what a screen reader says."""
        ...


class HeadedModel(QAbstractListModel):
    """Shows the rows it was given. It fetches nothing and changes nothing."""

    rows: Sequence[HeadedRow] = ()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself, or its words."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return row.spoken() if role in (*spoken, Qt.ItemDataRole.ToolTipRole) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let heads be passed over."""
        if self.rows[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


@dataclass(frozen=True, slots=True)
class Dress:
    """How such a list looks."""

    head: int
    """Pixels that a head is high."""
    space: int
    """More of them above its words than below."""
    inset: float
    """Between the card and the edge of its row, above and below."""
    chosen: str
    """The token of the chosen row's ground."""


class HeadedDelegate(QStyledItemDelegate):
    """Draws heads and grounds; what a row says is drawn by `draw`."""

    def __init__(self, dress: Dress) -> None:
        """Draw in this dress."""
        super().__init__()
        self._dress = dress

    def height(self, row: HeadedRow) -> int:
        """Return how high a row is that is no head, before words grow."""
        raise NotImplementedError

    def draw(self, painter: QPainter, area: QRect, row: HeadedRow) -> None:
        """Draw what a row says."""
        raise NotImplementedError

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give heads a height of their own."""
        row: HeadedRow = index.data(ROW)
        high = self._dress.head if row.is_head else self.height(row)
        return QSize(0, style.scaled(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: HeadedRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(option.rect).adjusted(_EDGE, _ABOVE, -_EDGE, -_ABOVE)
        if row.is_head:
            face, space = style.font(style.CAPTION, QFont.Weight.DemiBold), self._dress.space
            say(painter, area.adjusted(0, space, 0, space // 2), row.title, (face, "text3"))
        else:
            self._ground(painter, option)
            self.draw(painter, area, row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, inset = style.current(), self._dress.inset
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
            edge = theme.color("focus" if has_focus else "line")
            painter.setPen(QPen(edge, 2 if has_focus else 1))
            painter.setBrush(theme.color(self._dress.chosen))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface2"))
        else:
            return
        card = QRectF(option.rect).adjusted(0.5, inset, -0.5, -inset)
        painter.drawRoundedRect(card, style.MEDIUM, style.MEDIUM)


def say(
    painter: QPainter, area: QRect, words: str, ink: Ink, side: Qt.AlignmentFlag = LEFT
) -> int:
    """Write words on one line, cut to fit, and return how wide they are."""
    face, token = ink
    metrics = QFontMetrics(face)
    wide = metrics.horizontalAdvance(words)
    if wide > area.width():
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        wide = metrics.horizontalAdvance(words)
    painter.setFont(face)
    painter.setPen(style.current().color(token))
    painter.drawText(area, side, words)
    return wide
