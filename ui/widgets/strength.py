"""How hard a passphrase is to guess, in words and in four bars."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import later, tr
from ui import style
from ui.widgets.labels import repaint, wrapped

if TYPE_CHECKING:
    from desktop.services.members import Strength

_ADVICE: Final = {
    "longer": later("Longer is safer: four or five words that do not belong together."),
    "repeats": later("Repeating makes it no harder to guess. Add other words."),
    "sequence": later("A row of keys or numbers is guessed first. Use words instead."),
    "common": later("Many people use this. Choose words only you would put together."),
    "digits": later("Numbers alone are guessed quickly. Use words instead."),
    "fine": later("Good. Length is what makes it hard to guess."),
}


class StrengthMeter(QWidget):
    """Bars are never the only sign: the sentence under them says it too."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._bars = _Bars()
        self.words = wrapped(tr("Four or five words work well. Spaces are welcome."), "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._bars)
        column.addWidget(self.words)

    def show_strength(self, strength: "Strength") -> None:
        """Say how strong it is and what would make it stronger."""
        self._bars.show_score(max(1, strength.score), is_enough=strength.is_enough)
        self.words.setText(tr(_ADVICE[strength.advice]))
        repaint(self.words, tone="ok" if strength.is_enough else "warn")


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._score, self._is_enough = 0, False
        self.setFixedHeight(6)

    def show_score(self, score: int, *, is_enough: bool) -> None:
        self._score, self._is_enough = score, is_enough
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = style.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - 18) / 4
        full = theme.color("ok" if self._is_enough else "warn")
        for number in range(4):
            painter.setBrush(full if number < self._score else theme.color("line"))
            painter.drawRoundedRect(QRectF(number * (width + 6), 0, width, 6), 3, 3)
        painter.end()
