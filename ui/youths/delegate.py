"""Draws one row of the list of young people."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.services.outreach import Met
from i18n import formats
from ui import style
from ui.people import age_words, language_words, risk_mark
from ui.style import Theme
from ui.youths.badges import Badge

_Index = QModelIndex | QPersistentModelIndex
ROW = 64
_LEFT, _TEXT, _RIGHT = 24, 40, 12
_ALIAS, _SMALL, _PILL = 16, style.CAPTION, 22
_ROUND = 20  # the two round ends of a badge
_PLACE = 0.36  # of the second line; what the badge may not take away


class MetDelegate(QStyledItemDelegate):
    """Paints a card when chosen, else only the words."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Give every row the same height."""
        return QSize(0, style.scaled(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one young person."""
        met = index.data(Qt.ItemDataRole.UserRole)
        last = index.data(Qt.ItemDataRole.DecorationRole)
        theme, place = style.current(), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, theme)
        mark = QPointF(place.left() + _LEFT, place.top() + style.scaled(22))
        risk_mark(painter, mark, met.risk, theme)
        words = place.adjusted(_TEXT, 9, -_RIGHT, -8)
        self._first_line(painter, words, met)
        self._second_line(painter, words, met, (last, theme))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
        card = QRectF(option.rect).adjusted(0.5, 2.5, -0.5, -2.5)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
            edge = theme.color("focus" if has_focus else "line")
            painter.setPen(QPen(edge, 2 if has_focus else 1))
            painter.setBrush(theme.color("select"))
            painter.drawRoundedRect(card, style.MEDIUM, style.MEDIUM)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("lamp"))
            bar = QRectF(card.left(), card.center().y() - 16, 4, 32)
            painter.drawRoundedRect(bar, 2, 2)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface2"))
            painter.drawRoundedRect(card, style.MEDIUM, style.MEDIUM)

    def _first_line(self, painter: QPainter, area: QRect, met: Met) -> None:
        small, alias = style.font(_SMALL), style.font(_ALIAS, QFont.Weight.DemiBold)
        line = QRect(area.left(), area.top(), area.width(), style.scaled(24))
        time = formats.clock(met.meeting.met_at)
        self._say(painter, line, time, (small, "text2"), Qt.AlignmentFlag.AlignRight)
        line.setRight(line.right() - QFontMetrics(small).horizontalAdvance(time) - 8)
        line.setLeft(self._say(painter, line, met.youth.alias, (alias, "text")) + 9)
        language = met.youth.language
        about = age_words(met.youth.age)
        if language != "ko":
            about = f"{about} · {language_words(language)}"
        self._say(painter, line, about, (small, "text2"))

    def _second_line(
        self, painter: QPainter, area: QRect, met: Met, shown: tuple[Badge, Theme]
    ) -> None:
        small, strong = style.font(_SMALL), style.font(_SMALL, QFont.Weight.DemiBold)
        high = style.scaled(_PILL)
        line = QRect(area.left(), area.bottom() - high, area.width(), high)
        (last, theme), place = shown, met.meeting.place
        needed = QFontMetrics(small).horizontalAdvance(place) + 10 if place else 0
        room = line.width() - min(needed, round(line.width() * _PLACE)) - _ROUND
        width = min(QFontMetrics(strong).horizontalAdvance(last.text) + 2, room)
        words = QRect(line.right() - width - _ROUND // 2, line.top(), width, high)
        if last.tone == "plain":
            words.translate(_ROUND // 2, 0)
            self._say(painter, words, last.text, (strong, "text2"), Qt.AlignmentFlag.AlignRight)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(f"{last.tone}_soft"))
            pill = QRectF(words).adjusted(-_ROUND / 2, 0, _ROUND / 2, 0)
            painter.drawRoundedRect(pill, high / 2, high / 2)
            self._say(painter, words, last.text, (strong, f"{last.tone}_text"))
        line.setRight(line.right() - width - _ROUND - 10)
        self._say(painter, line, place, (small, "text2"))

    def _say(
        self,
        painter: QPainter,
        area: QRect,
        words: str,
        ink: tuple[QFont, str],
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> int:
        """Write words on one line, cut to fit, and return where they end."""
        face, token = ink
        metrics = QFontMetrics(face)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(face)
        painter.setPen(style.current().color(token))
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return area.left() + metrics.horizontalAdvance(shown)
