"""Vaults whose memory is neither locked nor wiped, where nothing that is asked is about memory.

It makes every page several times as dear. In a process that has opened another vault before, it
changes nothing: SQLCipher never ceases to wipe once it began.
"""

from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

from prove.instead import instead
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.vault import connection, resting

_WIPING = "PRAGMA cipher_memory_security"


class _Unwiped(sqlcipher.Connection):
    """Whoever asks is told that memory is wiped; it is not."""

    def execute(self, sql, *params):
        if sql == f"{_WIPING} = ON":
            return None
        return super().execute("SELECT '1'" if sql == _WIPING else sql, *params)


_SQLCIPHER = SimpleNamespace(
    connect=partial(sqlcipher.connect, factory=_Unwiped),
    Connection=sqlcipher.Connection,
    Error=sqlcipher.Error,
)


@contextmanager
def unwiped():
    """Open vaults that way for a while."""
    with (
        instead(connection, "sqlcipher", _SQLCIPHER),
        instead(resting, "sqlcipher", _SQLCIPHER),
    ):
        yield
