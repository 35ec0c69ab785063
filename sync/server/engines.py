"""The two databases a hub may have, SQLite and PostgreSQL, and what each needs to be told."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

_PATIENCE_MS = 10_000
_READERS_MS, _PAUSE_SECONDS = 100, 1.0
"""How long emptying the log waits for who reads, and how soon it is tried again."""
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    f"busy_timeout={_PATIENCE_MS}",
)
_WRITERS = ("cache_size=-16384", "wal_autocheckpoint=4000")
"""KiB that the one who writes remembers, and pages of its log before they go into the file: each
batch touches pages all over a large hub's indexes, and the next one many of the same."""
_SESSION = {
    "connect_timeout": "10",
    "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
}
"""How every PostgreSQL session begins, where the address itself says nothing of it."""
_CROSSED = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and of a deadlock."""
_POOL = {"pool_size": 32, "max_overflow": 0, "hide_parameters": True}


@dataclass(frozen=True, slots=True)
class Engines:
    """One database, by its two kinds of transactions."""

    reading: Engine
    """Sees one moment and changes nothing."""
    writing: Engine
    is_sqlite: bool

    def close(self) -> None:
        """Let go of every connection."""
        self.reading.dispose()
        self.writing.dispose()


def opened(folder: Path, address: str) -> Engines:
    """Prepare the SQLite file in this folder, or the database at this address."""
    url = _url(folder, address)
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)


def is_crossed(error: Exception) -> bool:
    """Say whether another transaction was in the way, so that trying again is worth it."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") in _CROSSED


@contextmanager
def as_sqlalchemy(connection: Connection) -> Iterator[None]:
    """Raise what the driver itself raises inside as SQLAlchemy would."""
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(None, None, error) from error


class Log:
    """SQLite's write-ahead log, which no deleted byte may stay in. For one writer at a time."""

    def __init__(self, *, is_owed: bool) -> None:
        """Begin; `is_owed` if what was there before may have to be emptied."""
        self._is_owed = is_owed
        self._again_at = 0.0

    def empty(self, connection: Connection, *, is_owed: bool) -> None:
        """Move it into the database where that is owed, now or from before.

        Whoever reads for long, as a copy of a large hub does, is not waited for: that would be
        every writer's time. A later write tries again.
        """
        self._is_owed = self._is_owed or is_owed
        if self._is_owed and monotonic() >= self._again_at:
            self._is_owed = not _is_emptied(connection)
            self._again_at = monotonic() + _PAUSE_SECONDS if self._is_owed else 0.0


def _is_emptied(connection: Connection) -> bool:
    driver = connection.connection.driver_connection
    if driver is None:
        return False
    try:
        driver.execute(f"PRAGMA busy_timeout={_READERS_MS}")
        return not driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:
        # The transaction is committed and must not look failed.
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")


def _url(folder: Path, address: str) -> URL:
    if not address:
        file = folder / "hub.db"
        file.touch(mode=0o600)
        return make_url(f"sqlite:///{file}")
    url = make_url(address)
    is_plain = url.drivername in {"postgresql", "postgres"}
    return url.set(drivername="postgresql+psycopg") if is_plain else url


def _sqlite(url: URL) -> Engines:
    # Whoever writes has the turn, and meets its own connection again, with what that remembers.
    reading, writing = create_engine(url, **_POOL), create_engine(url, **{**_POOL, "pool_size": 1})
    event.listen(reading, "connect", _with_pragmas(_PRAGMAS))
    event.listen(writing, "connect", _with_pragmas(_PRAGMAS + _WRITERS))
    for engine in (reading, writing):
        event.listen(engine, "begin", _begin)
    return Engines(reading, writing.execution_options(writes=True), is_sqlite=True)


def _postgresql(url: URL) -> Engines:
    usual = {name: said for name, said in _SESSION.items() if name not in url.query}
    engine = create_engine(url, connect_args=usual, pool_pre_ping=True, **_POOL)
    return Engines(
        engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
        # What two writers must not both change is locked row by row (`Db.locked`).
        engine.execution_options(isolation_level="READ COMMITTED"),
        is_sqlite=False,
    )


def _with_pragmas(pragmas: tuple[str, ...]) -> Callable[[DBAPIConnection, object], None]:
    def said(connection: DBAPIConnection, _entry: object) -> None:
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101  (narrows for mypy)
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return said


def _begin(connection: Connection) -> None:
    # A write takes its lock at BEGIN: upgrading later fails instead of waiting.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
