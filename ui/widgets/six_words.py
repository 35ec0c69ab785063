"""Six words to compare by eye or over the telephone, each with its number."""

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout

import i18n
from sync.protocol.words import SixWords
from ui.widgets.labels import text

_COLUMNS = 3


class SixWordsPart(QFrame):
    """Shows them in the language of the screen; the other screen shows the same."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.labels = tuple(text("", "body", weight="semibold") for _ in range(6))
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        for number, label in enumerate(self.labels):
            cell = QHBoxLayout()
            cell.setSpacing(8)
            cell.addWidget(text(str(number + 1), "caption", "text3"))
            cell.addWidget(label, 1)
            grid.addLayout(cell, number // _COLUMNS, number % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)

    def show_words(self, words: SixWords) -> None:
        """Show these."""
        shown = words.en if i18n.language() == "en" else words.ko
        for label, word in zip(self.labels, shown, strict=True):
            label.setText(word)
        self.setAccessibleName(" ".join(shown))
