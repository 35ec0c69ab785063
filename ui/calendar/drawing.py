"""Draws the days of a month: what is the same for all of them is looked up once a painting."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from desktop.domain.calendar import Kind
from desktop.services.calendar import MonthPage
from i18n import formats
from ui import style
from ui.calendar import words

_EDGE, _ICON, _NUMBER, _BETWEEN = 7, 14, 26, 5
_SATURDAY, _SUNDAY = 5, 6
_LEFT = Qt.AlignmentFlag.AlignLeft
_MIDDLE = _LEFT | Qt.AlignmentFlag.AlignVCenter


class Pens:
    """Faces, colours and icons as they are now. Holds for one painting: themes change."""

    def __init__(self, ratio: float) -> None:
        """Look them up for a screen with `ratio` pixels to a point."""
        self.number = style.font(style.BODY, QFont.Weight.DemiBold)
        self.small = style.font(style.CAPTION)
        self.high, self.metrics = QFontMetrics(self.number).height(), QFontMetrics(self.small)
        self.wide, self.pixels = style.scaled(_NUMBER), style.scaled(_ICON)
        self._ratio = ratio
        self._colours: dict[str, QColor] = {}
        self._icons: dict[Kind, QPixmap] = {}
        self._cards: dict[tuple[QSize, str, bool], QPixmap] = {}

    def colour(self, token: str) -> QColor:
        """Return the colour of a token."""
        if token not in self._colours:
            self._colours[token] = style.current().color(token)
        return self._colours[token]

    def icon(self, kind: Kind) -> QPixmap:
        """Return the icon of a kind."""
        if kind not in self._icons:
            size = QSize(self.pixels, self.pixels)
            icon = style.icon(words.ICONS[kind], "text2")
            self._icons[kind] = icon.pixmap(size, self._ratio)
        return self._icons[kind]

    def card(self, size: QSize, edge: str, *, is_today: bool) -> QPixmap:
        """Return the ground of a day: most look the same."""
        key = (size, edge, is_today)
        if key not in self._cards:
            self._cards[key] = self._drawn_card(*key)
        return self._cards[key]

    def _drawn_card(self, size: QSize, edge: str, is_today: bool) -> QPixmap:
        picture = QPixmap(size * self._ratio)
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour(edge), 1 if edge == "line" else 2))
        painter.setBrush(self.colour("lamp_soft" if is_today else "surface"))
        card = QRectF(QRect(QPoint(0, 0), size)).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(card, style.SMALL, style.SMALL)
        painter.end()
        return picture


def day(painter: QPainter, area: QRect, pens: Pens, page: MonthPage, day: date) -> None:
    """Draw its number, the holiday, and what stands on it."""
    area = area.adjusted(_EDGE, 5, -_EDGE, -5)
    holiday, is_other = page.holidays.get(day, ""), day.month != page.month.number
    upper = QRect(area.left(), area.top(), area.width(), pens.high)
    painter.setFont(pens.number)
    painter.setPen(pens.colour(_tone(day, bool(holiday), is_other=is_other)))
    painter.drawText(upper, _LEFT, formats.number(day.day))
    if holiday:
        upper.setLeft(upper.left() + pens.wide)
        shown = pens.metrics.elidedText(holiday, Qt.TextElideMode.ElideRight, upper.width())
        painter.setFont(pens.small)
        painter.drawText(upper, _MIDDLE, shown)
    if day in page.counts:
        _marks(painter, area, pens, page.counts[day])


def _marks(painter: QPainter, area: QRect, pens: Pens, counts: Mapping[Kind, int]) -> None:
    left, low = area.left(), area.bottom() - pens.pixels - 1
    painter.setFont(pens.small)
    painter.setPen(pens.colour("text2"))
    for kind, count in counts.items():
        painter.drawPixmap(QPoint(left, low), pens.icon(kind))
        left += pens.pixels + 2
        if count > 1:
            said = formats.number(count)
            wide = pens.metrics.horizontalAdvance(said)
            room = QRect(left, low - 2, wide + 2, pens.pixels + 4)
            painter.drawText(room, _MIDDLE, said)
            left += wide
        left += _BETWEEN


def _tone(day: date, is_holiday: bool, *, is_other: bool) -> str:
    if is_other:
        return "text3"
    if is_holiday or day.weekday() == _SUNDAY:
        return "danger_text"
    return "info_text" if day.weekday() == _SATURDAY else "text"
