"""The way of the Tab key, where a part was made later than those that stand after it."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_NEVER = (Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.ClickFocus)


def in_tab_order(first: QWidget, *parts: QWidget) -> None:
    """Let Tab go on from `first` through parts that were just added to its window."""
    for part in parts:
        for stop in tuple(_stops(part)):
            QWidget.setTabOrder(first, stop)
            first = stop


def _stops(part: QWidget) -> Iterator[QWidget]:
    """Yield what in a new part takes the keyboard: all of it stands together in Qt's chain.

    Going through all of the chain would make a Python object of every widget inside Qt's own.
    """
    widget = part.nextInFocusChain()
    while widget is not None and part.isAncestorOf(widget):
        if widget.focusPolicy() not in _NEVER:
            yield widget
        widget = widget.nextInFocusChain()
