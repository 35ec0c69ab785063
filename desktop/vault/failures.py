"""What SQLite and the disk complain about, in our own kinds of failure."""

import errno

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import AppError, DiskFailed, DiskFull, VaultDamaged, VaultInUse

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL, _IOERR, _BUSY, _CORRUPT, _NOTADB, _CANTOPEN = 13, 10, 5, 11, 26, 14
_READONLY = 8  # what SQLite opens read-only when the disk refused to open it for writing


def from_disk(error: OSError) -> AppError:
    """Return our failure for one the operating system reported."""
    return DiskFull() if error.errno in _NO_ROOM else DiskFailed()


def from_sqlite(error: sqlcipher.Error) -> AppError | None:
    """Return our failure for SQLite's, or None when it is a bug."""
    code = getattr(error, "sqlite_errorcode", 0)
    kinds: dict[int, AppError] = {
        _FULL: DiskFull(),
        _IOERR: DiskFailed(),
        _CANTOPEN: DiskFailed(),
        _READONLY: DiskFailed(),
        _BUSY: VaultInUse(),
        _CORRUPT: VaultDamaged(quarantined=""),
        _NOTADB: VaultDamaged(quarantined=""),
    }
    return kinds.get(code & 0xFF)
