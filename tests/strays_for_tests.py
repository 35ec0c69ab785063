"""What a window shows while it lies in nothing: for an instant it is a window of its own.

It flashes up beside ours with its words on it, and takes the keyboard away from whoever types.
"""

import sys
from contextlib import contextmanager
from pathlib import Path

from prove.instead import instead
from PySide6.QtWidgets import QWidget

UI = str(Path(__file__).parents[1] / "ui")
_WINDOWS = {"Frame"}
"""What is meant to be one."""


@contextmanager
def watched():
    """Lend the list of what the code under ui/ shows so from now on."""
    found = []
    shown, hidden, show = QWidget.setVisible, QWidget.setHidden, QWidget.show

    def note(widget):
        asked = sys._getframe(2)
        is_alone = widget.parentWidget() is None and type(widget).__name__ not in _WINDOWS
        if is_alone and asked.f_code.co_filename.startswith(UI):
            found.append(f"{asked.f_code.co_filename}:{asked.f_lineno}: {widget}")

    def set_visible(widget, is_visible):
        if is_visible:
            note(widget)
        shown(widget, is_visible)

    def set_hidden(widget, is_hidden):
        if not is_hidden:
            note(widget)
        hidden(widget, is_hidden)

    def show_it(widget):
        note(widget)
        show(widget)

    with (
        instead(QWidget, "setVisible", set_visible),
        instead(QWidget, "setHidden", set_hidden),
        instead(QWidget, "show", show_it),
    ):
        yield found
