"""The clock jumped: this machine slept, and nothing said so beforehand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

_EVERY: Final = timedelta(seconds=4)
_SLEPT: Final = timedelta(seconds=30)
"""A busy machine may be late by seconds. A clock that is set right by more locks too."""


class Waking(QObject):
    """Works on every system, also where no bus speaks; a few seconds late."""

    woke = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Begin to look at the clock."""
        super().__init__()
        self._now, self._seen = now, now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(int(_EVERY.total_seconds() * 1000))
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Compare with the last look."""
        before, self._seen = self._seen, self._now()
        if not timedelta() <= self._seen - before < _SLEPT:
            self.woke.emit()
