"""How often what is half typed is looked at, so that a power cut takes five seconds at most."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

_OFTEN = 4_000
"""Milliseconds between two looks."""


def look_often(owner: QObject, look: Callable[[], None]) -> None:
    """Look again and again, for as long as the `owner` is there."""
    timer = QTimer(owner)
    timer.setInterval(_OFTEN)
    timer.timeout.connect(look)
    timer.start()


class Soon(QTimer):
    """Looks once, some seconds after the first of many signs; it goes with its owner."""

    def __init__(self, owner: QObject, look: Callable[[], None]) -> None:
        """Rest until the first sign."""
        super().__init__(owner)
        self.setSingleShot(True)
        self.setInterval(_OFTEN)
        self.timeout.connect(look)

    @Slot()
    def begin(self) -> None:
        """Take a sign; those after the first move nothing."""
        if not self.isActive():
            self.start()
