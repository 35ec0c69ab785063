"""One case in the list: who asks or whom it is about, since when, where it stands."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.domain import inbox_news
from desktop.domain.consents import Item
from desktop.domain.inbox import Received
from i18n import formats, tr
from ui import style
from ui.inbox import words

_HIGH, _EDGE = 66, 14


class CaseRow(QAbstractButton):
    """Chosen like one of many; what is urgent or overdue is marked by a bar and by its word."""

    def __init__(self, case: Received, now: datetime) -> None:
        """Show a case as it may stand in a list."""
        super().__init__()
        self.case = case
        self._title = case.words.get(Item.ALIAS) or tr("New request")
        if not case.is_open and Item.ALIAS not in case.words:
            self._title = tr("Nothing kept")
        self._state, self._tone = words.standing(case, now), words.tone(case, now)
        self.is_marked = inbox_news.is_unseen(case, now)
        """Whether it says that there is news of it."""
        self._is_urgent = case.is_open and case.is_urgent
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        urgent = tr("Urgent referral") if self._is_urgent else ""
        at = formats.day_and_clock(case.received_at)
        news = tr("News") if self.is_marked else ""
        said = (news, urgent, self._title, case.asker_name, self._state, at)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip(case.asker_name)

    def sizeHint(self) -> QSize:
        """Two lines, and room around them."""
        return QSize(200, style.scaled(_HIGH))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw both lines, and the bar of what is in haste."""
        painter, theme = QPainter(self), style.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_lit = self.isChecked() or self.underMouse()
        ground = "select" if self.isChecked() else "surface2"
        line = "focus" if self.hasFocus() else "line" if self.isChecked() else ground
        painter.setPen(QPen(theme.color(line), 2 if self.hasFocus() else 1))
        if is_lit or self.hasFocus():
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(edge, style.MEDIUM, style.MEDIUM)
        if self._is_urgent or self._tone == "danger":
            self._draw_bar(painter, edge)
        inner = self.rect().adjusted(_EDGE, 8, -_EDGE, -8)
        half = inner.height() // 2
        self._draw_line(painter, QRect(inner.topLeft(), QSize(inner.width(), half)), first=True)
        low = inner.adjusted(0, half, 0, 0)
        self._draw_line(painter, low, first=False)
        painter.end()

    def _draw_bar(self, painter: QPainter, edge: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.current().color("danger"))
        bar = QRectF(edge.topLeft() + QPointF(3, 12), edge.bottomLeft() + QPointF(6, -12))
        painter.drawRoundedRect(bar, 1.5, 1.5)

    def _draw_line(self, painter: QPainter, area: QRect, *, first: bool) -> None:
        theme = style.current()
        right = self._day() if first else self._state
        tone = "text3" if first or self._tone == "neutral" else f"{self._tone}_text"
        tone = "accent_text" if first and self.is_marked else tone
        small = style.font(style.CAPTION, QFont.Weight.Normal if first else QFont.Weight.DemiBold)
        painter.setFont(small)
        painter.setPen(theme.color(tone))
        width = QFontMetrics(small).horizontalAdvance(right)
        painter.drawText(area, _RIGHT, right)
        left = self._title if first else self.case.asker_name
        face = (
            style.font(style.BODY, QFont.Weight.DemiBold) if first else style.font(style.CAPTION)
        )
        painter.setFont(face)
        painter.setPen(theme.color("text" if first else "text2"))
        room = area.adjusted(0, 0, -width - 10, 0)
        cut = QFontMetrics(face).elidedText(left, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, cut)

    def _day(self) -> str:
        at = self.case.unseen_at if self.is_marked else None
        day = formats.short_day(at or self.case.received_at)
        return f"{tr('News')} · {day}" if self.is_marked else day


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
