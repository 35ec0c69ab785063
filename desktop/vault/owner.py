"""One process at a time has a vault open: the operating system's own file lock says which."""

import os
import sys
from pathlib import Path

from desktop.errors import VaultInUse
from desktop.vault.failures import from_disk


class OwnerLock:
    """Held from unlocking to closing. The system lets go of it when the process dies."""

    def __init__(self, path: Path) -> None:
        """Take the lock, or raise `VaultInUse`."""
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise from_disk(error) from error
        try:
            _lock(self._fd)
        except OSError as error:
            os.close(self._fd)
            raise VaultInUse from error

    def release(self) -> None:
        """Let another process have the vault."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
