"""A list that chooses nothing for whoever only comes by with Tab."""

from PySide6.QtCore import QItemSelection, QModelIndex, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListView


class StillList(QListView):
    """Says which row was chosen: by a click, by an arrow, or by the program.

    Qt's current row does not say that. It is the first one once the keyboard comes, and at a click
    it is another before it is chosen.
    """

    row_chosen = Signal(QModelIndex)

    def selectionChanged(self, chosen: QItemSelection, before: QItemSelection) -> None:
        """Draw it, and say it."""
        super().selectionChanged(chosen, before)
        for row in chosen.indexes():
            self.row_chosen.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard, and stay as it was: the first arrow is to choose the first row."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.selectionModel().clearCurrentIndex()
