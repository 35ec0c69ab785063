"""A village without what its proof does not ask about, so that many more evenings are played.

Left out: that SQLCipher locks and wipes its memory, which makes every page several times as dear
(`vault-memory` asks for it), and bringing a hub's schema up to date whenever the copy of one that
is up to date is opened. Every statement, transaction, cipher, signature and file is the real one.
"""

import gc
from contextlib import contextmanager
from functools import cache, partial
from types import SimpleNamespace

from prove.instead import instead
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.vault import connection, resting
from sync.server import engines, founding

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
_GARBAGE = (50_000, 20, 50)
"""Seldom looked for, and never in what is already there: hardly anything is in a circle."""
_opened = cache(engines.opened)
"""SQLAlchemy makes every statement anew for each engine: one serves all hubs of a folder."""


@contextmanager
def light():
    """Do without it, in a process in which no vault was opened before: wiping never ends."""
    gc.set_threshold(*_GARBAGE)
    gc.freeze()
    with (
        instead(connection, "sqlcipher", _SQLCIPHER),
        instead(resting, "sqlcipher", _SQLCIPHER),
        instead(engines, "opened", _opened),
        instead(founding, "migrate", lambda store: None),
    ):
        yield
