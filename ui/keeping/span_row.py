"""One span of time, made shorter or longer a step at a time."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n import tr
from ui import style
from ui.widgets.buttons import icon_button
from ui.widgets.labels import text

_WIDE = 90


class SpanRow(QWidget):
    """Its name, and the span between two buttons; `changed` only for a person's press."""

    changed = Signal()

    def __init__(self, name: str, steps: tuple[int, ...], say: Callable[[int], str]) -> None:
        """Offer these steps, in days; `say` puts one into words."""
        super().__init__()
        self._name, self._offered, self._steps, self._say = name, steps, steps, say
        self._at = 0
        self.value = text("", "body", weight="semibold")
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.value.setMinimumWidth(style.scaled(_WIDE))
        self.shorter = icon_button("minus", "", lambda: self._move(-1))
        self.longer = icon_button("plus", "", lambda: self._move(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(text(name), 1)
        for part in (self.shorter, self.value, self.longer):
            row.addWidget(part)

    def days(self) -> int:
        """Return what is chosen."""
        return self._steps[self._at]

    def choose(self, days: int) -> None:
        """Show a span; one that is not among the steps becomes one of them."""
        self._steps = tuple(sorted({*self._offered, days}))
        self._at = self._steps.index(days)
        self._show()

    def _move(self, by: int) -> None:
        self._at += by
        self._show()
        pressed, other = (self.shorter, self.longer) if by < 0 else (self.longer, self.shorter)
        if not pressed.isEnabled():  # a disabled button keeps no keyboard
            other.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        words = self._say(self.days())
        self.value.setText(words)
        self.shorter.setEnabled(self._at > 0)
        self.longer.setEnabled(self._at < len(self._steps) - 1)
        facts = {"name": self._name, "span": words}
        self.shorter.setAccessibleName(tr("{name}: {span}. Shorter", **facts))
        self.longer.setAccessibleName(tr("{name}: {span}. Longer", **facts))
