"""A list that chooses nothing for whoever only comes by with Tab."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListView


class StillList(QListView):
    """Qt makes the first row the current one once the keyboard comes: here only a person does.

    Whoever listens to `currentChanged` asks `is_chosen` first: Qt says the row before it is let
    go again.
    """

    def is_chosen(self, row: QModelIndex) -> bool:
        """Say whether a person, or the program, has chosen this row."""
        return self.selectionModel().isSelected(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard, and stay as it was."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.selectionModel().clearCurrentIndex()
