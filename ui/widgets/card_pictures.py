"""Parts that many cards have alike, drawn once: a smooth edge takes as long as ten words."""

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from ui import style
from ui.themes import Theme

_ROUND, _DOT, _APART = 10, 8, 7


def draw_ground(painter: QPainter, card: QRect, line: tuple[str, int]) -> None:
    """Draw a card's ground on the surface of a list; `line` is a token and how thick it is."""
    times = _times(painter)
    if times.is_integer():
        painter.drawPixmap(card.topLeft(), _ground(style.current(), card.size(), line, times))
    else:  # its edges lie between the dots of the screen, each time elsewhere
        _draw_ground(painter, style.current(), card, line)


def draw_dots(painter: QPainter, line: QRect, tokens: tuple[str, ...]) -> int:
    """Draw them at the right end of a line; return where they begin."""
    wide = len(tokens) * (_DOT + _APART) - _APART + 2
    at = QPoint(line.right() + 1 - wide, line.top() + (line.height() - _DOT) // 2)
    painter.drawPixmap(at, _dots(style.current(), tokens, _times(painter)))
    return at.x()


@lru_cache(8)
def _ground(theme: Theme, size: QSize, line: tuple[str, int], times: float) -> QPixmap:
    picture = _blank(size, times)
    picture.fill(theme.color("surface"))
    painter = _smooth(picture)
    _draw_ground(painter, theme, QRect(QPoint(0, 0), size), line)
    painter.end()
    return picture


def _draw_ground(painter: QPainter, theme: Theme, card: QRect, line: tuple[str, int]) -> None:
    token, thick = line
    inset = thick / 2
    painter.setPen(QPen(theme.color(token), thick))
    painter.setBrush(theme.color("surface2"))
    edge = QRectF(card).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(edge, _ROUND - inset, _ROUND - inset)


@lru_cache(32)
def _dots(theme: Theme, tokens: tuple[str, ...], times: float) -> QPixmap:
    picture = _blank(QSize(len(tokens) * (_DOT + _APART) + 2, _DOT), times)
    picture.fill(Qt.GlobalColor.transparent)
    painter = _smooth(picture)
    painter.setPen(Qt.PenStyle.NoPen)
    for number, token in enumerate(tokens):
        painter.setBrush(theme.color(token))
        painter.drawEllipse(1 + number * (_DOT + _APART), 0, _DOT, _DOT)
    painter.end()
    return picture


def _blank(size: QSize, times: float) -> QPixmap:
    picture = QPixmap(size * times)
    picture.setDevicePixelRatio(times)
    return picture


def _smooth(picture: QPixmap) -> QPainter:
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def _times(painter: QPainter) -> float:
    return float(painter.device().devicePixelRatioF())
