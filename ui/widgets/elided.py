"""Words of any length on a line or two: what does not fit is one look away."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.widgets.labels import IconLabel


class Elided(QLabel):
    """A label of `lines` lines at most; what is cut off ends in … and is in the tooltip."""

    def __init__(self, label: QLabel, lines: int = 1, least: int = 1) -> None:
        """Take words and looks from `label`; never be narrower than `least` or all the words."""
        super().__init__(label.text())
        for name in ("textFormat", "type", "tone", "weight"):
            self.setProperty(name, label.property(name))
        self._lines, self._least = lines, least
        way = QSizePolicy.Policy.Preferred
        policy = QSizePolicy(way, way if lines > 1 else QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Two lines need the height of two."""
        return self._lines > 1

    def heightForWidth(self, width: int) -> int:
        """Return the height of as many lines as `width` needs."""
        return len(self._broken(width)) * self._height()

    def sizeHint(self) -> QSize:
        """Have room for all the words on one line."""
        height = self._height()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, height)

    def minimumSizeHint(self) -> QSize:
        """Give way to what is beside it."""
        return QSize(min(self._least, self.sizeHint().width()), self._height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the lines and say the rest in the tooltip."""
        painter, lines = QPainter(self), self._broken(self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        for number, line in enumerate(lines):
            base = number * self._height() + self.fontMetrics().ascent()
            painter.drawText(QPointF(0, base), line)
        painter.end()
        is_cut = "".join(lines).replace(" ", "") != self.text().replace(" ", "")
        self.setToolTip(self.text() if is_cut else "")

    def _height(self) -> int:
        self.ensurePolished()
        return self.fontMetrics().height()

    def _broken(self, width: int) -> tuple[str, ...]:
        """Return the lines as they are drawn."""
        rest = self.text()
        lines: list[str] = []
        while rest and len(lines) < self._lines - 1:
            first = _first_line(self, rest, width)
            lines.append(first.rstrip())
            rest = rest[len(first) :]
        last = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return (*lines, last) if rest or not lines else tuple(lines)


class ElidedIconLabel(IconLabel):
    """An icon and words that give way when there is little room."""

    label: Elided

    def __init__(self, icon: str, words: str, tone: str = "text2", least: int = 1) -> None:
        """Show `words` after icon `icon`; never be narrower than `least` or all the words."""
        super().__init__(icon, words, tone)
        whole, self.label = self.label, Elided(self.label, least=least)
        self.row.replaceWidget(whole, self.label)
        self.row.setStretchFactor(self.label, 1)
        whole.deleteLater()


def _first_line(widget: QWidget, words: str, width: int) -> str:
    layout = QTextLayout(words, widget.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(1, width))
    layout.endLayout()
    units = line.textLength()
    return words.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore") or words[:1]
