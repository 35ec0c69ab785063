"""The emergency numbers in one line, for pages that stand in place of the board."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n import tr
from ui.emergency.words import Line, lines
from ui.widgets.buttons import Button


class NumberStrip(QWidget):
    """A small button a number, with its name beside it."""

    number_wanted = Signal(object)
    """A `Line`, to be copied and shown large."""

    def __init__(self) -> None:
        """Lay them out."""
        super().__init__()
        self.setObjectName("emergency-strip")
        self.setAccessibleName(tr("Emergency numbers"))
        self.numbers = {line.number: _button(line) for line in lines()}
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 18, 6)
        row.setSpacing(6)
        for line in lines():
            button = self.numbers[line.number]
            button.clicked.connect(partial(self.number_wanted.emit, line))
            row.addWidget(button)
        row.addStretch()


def _button(line: Line) -> Button:
    button = Button(f"{line.number} {line.short}", "quiet").sized("small")
    button.setObjectName(f"strip-{line.number}")
    button.setAccessibleDescription(line.about)
    button.setToolTip(line.about)
    return button
