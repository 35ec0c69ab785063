"""A village without what its proof does not ask about, so that many more evenings are played.

Left out: that SQLCipher locks and wipes its memory (`vault-memory` asks for it), and bringing a
hub's schema up to date whenever the copy of one that is up to date is opened. Every statement,
transaction, cipher, signature and file is the real one.
"""

import gc
from contextlib import contextmanager
from functools import cache

from prove.instead import instead
from unwiped_for_tests import unwiped

from sync.server import engines, founding

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
        unwiped(),
        instead(engines, "opened", _opened),
        instead(founding, "migrate", lambda store: None),
    ):
        yield
