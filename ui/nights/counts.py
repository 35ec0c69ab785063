"""The numbers of a night or a month: name on the left, number on the right, and to copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

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
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)

    def show_counts(self, title: str, counts: Counts) -> None:
        """Show these; `title` says of what, to a screen reader and in what is copied."""
        self._said = as_text(title, counts)
        self.setAccessibleName(self._said)
        for old in self._cells:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cells = []
        for row, (name, value) in enumerate(lines(counts)):
            label, number = text(name, "caption", "text2"), wrapped(value, "body", "text")
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(number, row, 1)
            self._cells += [label, number]

    def copy(self) -> None:
        """Put all of it on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._said)

    def words(self) -> str:
        """Return what is copied."""
        return self._said
