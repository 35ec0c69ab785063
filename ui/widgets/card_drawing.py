"""Draws a card from its values: a widget for each word would take a hundred times as long."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import style
from ui.widgets.card_pictures import draw_dots, draw_ground
from ui.widgets.card_rows import CardRow
from ui.widgets.headed import ROW, Index, say

GAP = 8
"""Between two cards."""
_SIDE, _EDGE, _FOOT = 15, 11, 13
_ICON, _ROOM, _CLOSE, _PILL, _LEAST = 18, 12, 5, 24, 96
_VAST = 10_000
_MANY = 1_000  # pixels that tell every size of words from each other
_WORDS = 512  # those of several lists
_WRAPPED = int(Qt.TextFlag.TextWordWrap)


class CardDelegate(QStyledItemDelegate):
    """The buttons of a card stand under its lines, or at its right."""

    def __init__(self, *, are_below: bool) -> None:
        """Leave no room for buttons yet."""
        super().__init__()
        self._are_below = are_below
        self.buttons = QSize()
        self.highs: list[int] = []
        """How high each row is, in the width of now."""
        self.picture: QPixmap | None = None
        """Of the buttons; row `held` has real ones."""
        self.held = -1

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give each the height of its words."""
        row = index.row()
        return QSize(0, self.highs[row] if row < len(self.highs) else 0)

    def height(self, row: CardRow, width: int) -> int:
        """Return how high a row is in this width, with the gap below it."""
        if row.is_head:
            return self.least(row)[1]
        room = self._within(QRect(0, 0, width, 0), row)[0].width()
        small = _faces().small_sizes
        return self._whole(_head(row, room), [small.high(said, room) for said, _ in row.lines])

    def least(self, row: CardRow) -> tuple[int, int]:
        """Return from which width on nothing is broken into lines, and how high it is then."""
        faces = _faces()
        small, strong = faces.small_sizes, faces.strong_sizes
        if row.is_head:
            return 0, small.line + GAP
        title = 0 if row.beside else strong.wide(row.title) + _beside(row)
        wide = max([title, *(small.wide(said) for said, _ in row.lines)])
        edges = _VAST - self._within(QRect(0, 0, _VAST, 0), row)[0].width()
        head = max(_PILL if row.pill[0] or row.beside else 0, strong.line)
        return wide + edges, self._whole(head, [small.line for _ in row.lines])

    def _whole(self, head: int, lines: list[int]) -> int:
        gap = _CLOSE if self._are_below else 3
        high = head + sum(gap + line for line in lines)
        if self._are_below:
            return _EDGE + high + _CLOSE + self.buttons.height() + _FOOT + GAP
        return max(high, self.buttons.height()) + 2 * (_EDGE - 1) + GAP

    def place(self, rect: QRect) -> QPoint:
        """Return where the buttons stand in the room of a row."""
        card, high = rect.adjusted(0, 0, 0, -GAP), self.buttons.height()
        if self._are_below:
            return QPoint(card.left() + _SIDE, card.bottom() + 1 - _FOOT - high)
        left = card.right() + 1 - _EDGE - self.buttons.width()
        return QPoint(left, card.top() + (card.height() - high) // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, rect = index.data(ROW), QRect(option.rect)
        card = rect.adjusted(0, 0, 0, -GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_head:
            say(painter, card, row.title, (_faces().small_strong, "text3"))
        else:
            _ground(painter, card, option)
            self._draw(painter, card, row)
            if self.picture is not None and index.row() != self.held:
                painter.drawPixmap(self.place(rect), self.picture)
        painter.restore()

    def _draw(self, painter: QPainter, card: QRect, row: CardRow) -> None:
        words, icon = self._within(card, row)
        if row.icon[0]:
            style.paint_icon(painter, icon, *row.icon)
        faces, gap = _faces(), _CLOSE if self._are_below else 3
        first = QRect(words.left(), words.top(), words.width(), _head(row, words.width()))
        _first(painter, first, row)
        top = first.bottom() + 1
        painter.setFont(faces.small)
        for said, token in row.lines:
            high = faces.small_sizes.high(said, words.width())
            painter.setPen(style.current().color(token))
            painter.drawText(words.left(), top + gap, words.width(), high, _WRAPPED, said)
            top += gap + high

    def _within(self, card: QRect, row: CardRow) -> tuple[QRect, QRect]:
        """Return the room for words, which ends where it must, and that of the icon."""
        top = _EDGE if self._are_below else _EDGE - 1
        words = card.adjusted(_SIDE, top, -_SIDE, 0)
        at = QPoint(words.left(), card.top() + (card.height() - _ICON) // 2)
        if row.icon[0]:
            words.setLeft(words.left() + _ICON + _ROOM)
        if not self._are_below:
            words.setRight(card.right() - _EDGE - self.buttons.width() - _ROOM)
        return words, QRect(at, QSize(_ICON, _ICON))


def _ground(painter: QPainter, card: QRect, option: QStyleOptionViewItem) -> None:
    theme = style.current()
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    has_focus = is_chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
    thick = 2 if has_focus or theme in style.HIGH else 1
    draw_ground(painter, card, ("focus" if has_focus else "line", thick))


def _first(painter: QPainter, line: QRect, row: CardRow) -> None:
    faces, words = _faces(), QRect(line)
    if row.pill[0]:
        words.setRight(_pill(painter, line, row) - 1 - (10 if row.dots else _CLOSE))
    if row.dots:
        words.setRight(draw_dots(painter, words, row.dots) - 10)
    if not row.beside:
        painter.setFont(faces.strong)
        painter.setPen(style.current().color("text"))
        high = faces.strong_sizes.high(row.title, words.width())
        words.setTop(words.top() + max(0, (line.height() - high) // 2))
        painter.drawText(words, _WRAPPED, row.title)
        return
    words.setLeft(words.left() + say(painter, words, row.title, (faces.strong, "text")) + 10)
    say(painter, words, row.beside, (faces.plain, "text2"))


def _pill(painter: QPainter, line: QRect, row: CardRow) -> int:
    """Draw it at the right end of a line; return where it begins."""
    (words, tone), theme = row.pill, style.current()
    wide = _pill_width(row)
    at = QRect(line.right() + 1 - wide, line.top(), wide, _PILL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("sunken" if tone == "neutral" else f"{tone}_soft"))
    painter.drawRoundedRect(at, _PILL / 2, _PILL / 2)
    painter.setFont(_faces().small_strong)
    painter.setPen(theme.color("text2" if tone == "neutral" else f"{tone}_text"))
    painter.drawText(at, Qt.AlignmentFlag.AlignCenter, words)
    return at.left()


def _head(row: CardRow, width: int) -> int:
    """Return how high the first line is."""
    strong = _faces().strong_sizes
    if row.beside:
        return max(_PILL, strong.line)
    return max(_PILL if row.pill[0] else 0, strong.high(row.title, width - _beside(row)))


def _beside(row: CardRow) -> int:
    return _pill_width(row) + _CLOSE if row.pill[0] else 0


def _pill_width(row: CardRow) -> int:
    wide = _faces().small_strong_sizes.wide(row.pill[0]) + 20
    return max(wide, style.scaled(_LEAST)) if row.dots else wide


class _Sizes:
    """How much room words take in one face: found once, as they are asked for at each drawing."""

    def __init__(self, face: QFont) -> None:
        self._metrics = QFontMetrics(face)
        self.wide = lru_cache(_WORDS)(self._metrics.horizontalAdvance)
        self.high = lru_cache(_WORDS)(self._high)
        self.line = self._high("가", _VAST)

    def _high(self, words: str, width: int) -> int:
        return self._metrics.boundingRect(QRect(0, 0, width, _VAST), _WRAPPED, words).height()


class _Faces(NamedTuple):
    small: QFont
    small_strong: QFont
    plain: QFont
    strong: QFont
    small_sizes: _Sizes
    small_strong_sizes: _Sizes
    strong_sizes: _Sizes


def _faces() -> _Faces:
    return _faces_at(style.scaled(_MANY))


@lru_cache(4)
def _faces_at(_: int) -> _Faces:
    bold = QFont.Weight.DemiBold
    small, plain = style.font(style.CAPTION), style.font(style.BODY)
    fat, strong = style.font(style.CAPTION, bold), style.font(style.BODY, bold)
    return _Faces(small, fat, plain, strong, *map(_Sizes, (small, fat, strong)))
