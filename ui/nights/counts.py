"""The numbers of a night or a month: name on the left, number on the right, and to copy."""

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from desktop.domain.nights import Counts
from ui.nights.words import as_text, lines
from ui.widgets.labels import text, wrapped


class CountsTable(QFrame):
    """Shows the numbers that a centre reports; nothing in them tells of a person."""

    def __init__(self) -> None:
        """Show no number yet."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.setObjectName("night-counts")
        self._said = ""
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)

    def show_counts(self, title: str, counts: Counts) -> None:
        """Show these; `title` says of what, to a screen reader and in what is copied."""
        self._said = as_text(title, counts)
        self.setAccessibleName(self._said)
        for row, line in zip_longest(range(len(self._rows)), lines(counts)):
            for label, words in zip(self._row(row), line or ("", ""), strict=True):
                label.setText(words)
                label.setVisible(line is not None)

    def _row(self, number: int | None) -> tuple[QLabel, QLabel]:
        if number is None:
            number = len(self._rows)
            name, value = text("", "caption", "text2"), wrapped("", "body", "text")
            self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, number, 1)
            self._rows.append((name, value))
        return self._rows[number]

    def copy(self) -> None:
        """Put all of it on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._said)

    def words(self) -> str:
        """Return what is copied."""
        return self._said
