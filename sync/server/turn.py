"""One writer at a time, over every thread and process that has this hub's folder.

SQLite before 3.51.3 can corrupt a WAL when one connection checkpoints while another writes, and
Python brings its own, older SQLite. Holding this lock from BEGIN to after the checkpoint rules
the race out.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class Turn:
    """The right to write."""

    def __init__(self, file: Path) -> None:
        """Keep the lock in this file, which stays empty."""
        self._here = threading.Lock()
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn and hold it."""
        with self._here:
            _lock(self._handle)
            try:
                yield
            finally:
                _unlock(self._handle)

    def close(self) -> None:
        """Give the file back."""
        os.close(self._handle)
