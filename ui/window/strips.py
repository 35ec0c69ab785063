"""Lines under the header of the note: each shows itself when it has something to say."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


def under_header(page: QWidget, strip: QWidget, place: int = 1) -> None:
    """Put a line under the header of a page that is one column."""
    column = page.layout()
    if isinstance(column, QVBoxLayout):
        column.insertWidget(place, strip)
