"""Rows in place of others, without taking the keyboard from whoever was at one of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

Buttons = Mapping[str, Sequence[QWidget]]
"""Of each row, by what the row is about; in the same order in each."""
Place = tuple[str, int]


def filled(
    column: QVBoxLayout, old: Sequence[QWidget], new: Sequence[QWidget]
) -> tuple[QWidget, ...]:
    """Put the new rows in place of the old, and return them; whoever is in both stays as it is."""
    for row in old:
        column.removeWidget(row)
        if row not in new:
            row.hide()
            row.deleteLater()
    for row in new:
        column.addWidget(row)
        row.show()  # at once: what is not shown yet takes no room
    return tuple(new)


def keyboard_at(rows: Buttons) -> Place | None:
    """Return which button of which row has the keyboard; None: it is elsewhere."""
    for key, buttons in rows.items():
        for n, button in enumerate(buttons):
            if button.window().focusWidget() is button:
                return key, n
    return None


def keyboard_to(place: Place, rows: Buttons, otherwise: QWidget) -> None:
    """Give it back to that button of the row that stands there now, or else to `otherwise`."""
    key, n = place
    button = next(iter(rows.get(key, ())[n:]), None)
    if button is None or button.isHidden() or not button.isEnabled():
        button = otherwise
    button.setFocus(Qt.FocusReason.OtherFocusReason)
