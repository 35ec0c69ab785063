"""What can still be read of a lost hub; its failures are told from those of the new one."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sync.server import folders
from sync.server.founding import DATABASE, migrate
from sync.server.store import Db, Store, StoreFailed
from sync.server.transaction import translated

_HERE = frozenset({"full", "closed", "busy"})
"""Troubles of the disk that a copy was lent on: what is in it has no part in them."""


class Unread(Exception):
    """The lost hub's database does not hold, or does not give, what was asked of it."""


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        with translated():
            yield
    except StoreFailed as error:
        if error.trouble in _HERE:
            raise
        raise Unread from error


class _Lost(Db):
    """Reads as any, and raises `Unread`: not to be taken for a failure of the other database."""

    one = _told_apart()(Db.one)
    all = _told_apart()(Db.all)
    newest = _told_apart()(Db.newest)


@contextmanager
def lent(folder: Path, place: Path) -> Iterator[Db]:
    """Lend a lost hub's database as this version keeps it; its own disk is only read from.

    Raises `Unread` for what is wrong with it, and `StoreFailed` for what is wrong at `place`.
    """
    place.mkdir(mode=0o700)
    try:
        for name in (DATABASE, f"{DATABASE}-wal"):
            if (folder / name).exists():
                folders.copy(folder / name, place / name)
        with ExitStack() as undo:
            with _told_apart():
                store = Store(place)
                undo.callback(store.close)
                migrate(store)
                db = undo.enter_context(store.reading(_Lost))
            yield db
    finally:
        shutil.rmtree(place)
