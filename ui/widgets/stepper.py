"""How far something has come: dots on a line."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import style

_RADIUS, _TOP = 9, 14


class Stepper(QWidget):
    """Draws named steps; those before `at` are done, `at` is now."""

    def __init__(self, name: str) -> None:
        """Show nothing yet; `name` is for screen readers."""
        super().__init__()
        self._name = name
        self._steps: tuple[str, ...] = ()
        self._at = 0
        self._stopped = False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[str, ...], at: int, *, stopped: bool = False) -> None:
        """Show `steps`; `at` == len(steps) means all done, `stopped` that `at` went wrong."""
        self._steps, self._at, self._stopped = steps, at, stopped
        now = steps[min(at, len(steps) - 1)]
        self.setAccessibleName(f"{self._name}: {now} ({min(at + 1, len(steps))}/{len(steps)})")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(280, 54)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the small laptop."""
        return QSize(200, 54)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw lines first, then dots and words over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(1, len(self._steps)):
            self._draw_line(painter, number)
        for number in range(len(self._steps)):
            self._draw_dot(painter, number)
            self._draw_word(painter, number)
        painter.end()

    def _centre(self, number: int) -> QPoint:
        share = self.width() / len(self._steps)
        return QPoint(round(share * (number + 0.5)), _TOP)

    def _draw_line(self, painter: QPainter, number: int) -> None:
        done = number <= self._at
        token = "ok" if done else "line"
        painter.setPen(QPen(style.current().color(token), 2))
        gap = QPoint(_RADIUS + 3, 0)
        painter.drawLine(self._centre(number - 1) + gap, self._centre(number) - gap)

    def _draw_dot(self, painter: QPainter, number: int) -> None:
        theme, centre = style.current(), self._centre(number)
        painter.setPen(Qt.PenStyle.NoPen)
        if number < self._at:
            painter.setBrush(theme.color("ok"))
            painter.drawEllipse(centre, _RADIUS, _RADIUS)
            mark = QRect(centre.x() - 6, centre.y() - 6, 12, 12)
            style.paint_icon(painter, mark, "check", "surface")
            return
        token = "line_strong" if number > self._at else ("danger" if self._stopped else "accent")
        painter.setPen(QPen(theme.color(token), 2 if number == self._at else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, _RADIUS - 1, _RADIUS - 1)
        if number == self._at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(token))
            painter.drawEllipse(centre, 4, 4)

    def _draw_word(self, painter: QPainter, number: int) -> None:
        is_now = number == self._at
        weight = QFont.Weight.DemiBold if is_now else QFont.Weight.Normal
        painter.setFont(style.font(style.CAPTION, weight))
        painter.setPen(style.current().color("text" if number <= self._at else "text3"))
        share = self.width() // len(self._steps)
        area = QRect(self._centre(number).x() - share // 2, _TOP + 16, share, 20)
        words = painter.fontMetrics().elidedText(
            self._steps[number], Qt.TextElideMode.ElideRight, share
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
