"""Whether another process still lives, and holding a folder so that only one of us works in it."""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import msvcrt

    _SYNCHRONIZE, _TIMED_OUT = 0x00100000, 0x102

    def is_alive(pid: int) -> bool:
        """Say whether the process still runs."""
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, pid)
        if not handle:
            return False
        waited = kernel.WaitForSingleObject(handle, 0)
        kernel.CloseHandle(handle)
        return bool(waited == _TIMED_OUT)

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def is_alive(pid: int) -> bool:
        """Say whether the process still runs."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held:
    """A folder's lock. The system lets it go when the process ends, however it ends."""

    def __init__(self, file: Path) -> None:
        """Be ready to take the lock in this file."""
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> bool:
        """Take the lock if nobody has it."""
        try:
            _lock(self._handle)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Let it go."""
        os.close(self._handle)
