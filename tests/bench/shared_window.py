"""The program with its window open on the 20,000 notes, and a spy on its painting thread."""

import os
import sys
import time
from pathlib import Path

from bench.shared_words import PASSPHRASE
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui.main import Program
from ui.world import REAL, Start


class Opened:
    """Unlocks like a person: types the passphrase, presses the button, sees the night."""

    def __init__(self, home: Path):
        self.app = QApplication(sys.argv[:1])
        self.program = Program(self.app, Start(home, REAL), lambda more: None)
        self.program.show()
        self.key_seconds = 0.0
        self.until(
            lambda: self.program.worker.is_idle() and "desktop.services.members" in sys.modules
        )
        self._time_the_key()

    def unlock(self) -> float:
        """Return the seconds from the press of the button to a window that can be used."""
        door = self.program.unlock.door
        door.passphrase.edit.setText(PASSPHRASE)
        began = time.perf_counter()
        door.unlock()
        self.until(self._is_usable)
        return time.perf_counter() - began

    def until(self, is_so, seconds=60.0):
        """Let the program live until something is so."""
        deadline = time.perf_counter() + seconds
        while not is_so():
            self.app.processEvents()
            if time.perf_counter() > deadline:
                raise TimeoutError
            time.sleep(0.0005)
        self.app.processEvents()

    @property
    def window(self):
        """Return the main window."""
        return self.program.desk.window

    def _is_usable(self) -> bool:
        if self.program.desk is None or not self.program.worker.is_idle():
            return False
        is_shown = self.program.frame.pages.currentWidget() is self.window
        return is_shown and self.window.rail.people.view.model().rowCount() > 0

    def _time_the_key(self):
        from desktop.vault import slots

        stretched = slots.stretched

        def timed(*words):
            began = time.perf_counter()
            try:
                return stretched(*words)
            finally:
                self.key_seconds += time.perf_counter() - began

        slots.stretched = timed


class Heartbeat:
    """Beats every millisecond on the painting thread; a late beat is a stall."""

    def __init__(self):
        self._clock, self._timer = QElapsedTimer(), QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._longest = 0

    def start(self):
        self._clock.start()
        self._timer.start(1)

    def stop(self):
        self._timer.stop()

    def longest(self) -> float:
        """Return the longest gap, in milliseconds, since this was asked last."""
        found, self._longest = self._longest, 0
        return found / 1e6

    def _beat(self):
        self._longest = max(self._longest, self._clock.nsecsElapsed() - 1_000_000)
        self._clock.start()


def resident() -> int:
    """Return this process's resident memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
