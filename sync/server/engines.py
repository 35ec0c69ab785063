"""The two databases a hub may have, SQLite and PostgreSQL, and what each needs to be told."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, IsolationLevel
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from sync.server.phrases import Speaking

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
    "tcp_user_timeout": "10000",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
}
"""How every PostgreSQL session begins, where the address itself says nothing of it.

A machine that vanishes says no goodbye: without the last four, a node would wait a quarter of an
hour for it while another machine has long been promoted.
"""
_DRIVER = "postgresql+psycopg"
_TROUBLES = {
    "SQLITE_FULL": "full",
    "SQLITE_IOERR": "full",
    "SQLITE_READONLY": "closed",
    "SQLITE_CANTOPEN": "closed",
    "SQLITE_BUSY": "busy",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
    "53100": "full",
    "25006": "closed",
    "55P03": "busy",
}
"""What SQLite calls it, or PostgreSQL's SQLSTATE, and what that is for whoever runs the hub."""
_CROSSED = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and of a deadlock."""
_POOL = {"pool_size": 32, "max_overflow": 0, "hide_parameters": True}


class WrongAddress(Exception):
    """This is not how a database that a hub can use is written."""


@dataclass(frozen=True, slots=True)
class Engines:
    """One database, by its two kinds of transactions."""

    reading: "Way"
    """Sees one moment and changes nothing."""
    writing: "Way"
    is_sqlite: bool

    def close(self) -> None:
        """Let go of every connection."""
        for way in (self.reading, self.writing):
            way.engine.dispose()


@dataclass(frozen=True, slots=True)
class Way:
    """How to the database for one kind of transactions."""

    engine: Engine

    def connect(self) -> Connection:
        """Return a connection, to be closed."""
        return Speaking(self.engine)

    def begin(self) -> AbstractContextManager[Connection]:
        """Lend a connection inside a transaction."""
        return self.engine.begin()


def opened(folder: Path, address: str) -> Engines:
    """Prepare the SQLite file in this folder, or the database at this address."""
    url = _url(folder, address)
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)


def is_crossed(error: Exception) -> bool:
    """Say whether another transaction was in the way, so that trying again is worth it."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") in _CROSSED


def trouble(error: BaseException | None) -> str:
    """Say in a word what kept the database from it: full, closed, busy, damaged, or nothing."""
    cause = getattr(error, "orig", None)
    said = getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "") or ""
    return next((word for name, word in _TROUBLES.items() if said.startswith(name)), "")


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
    try:
        url = make_url(address)
    except (ValueError, ArgumentError) as error:
        raise WrongAddress from error
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername=_DRIVER)
    if url.drivername not in {"sqlite", _DRIVER}:
        raise WrongAddress
    return url


def _sqlite(url: URL) -> Engines:
    # Whoever writes has the turn, and meets its own connection again, with what that remembers.
    reading, writing = create_engine(url, **_POOL), create_engine(url, **{**_POOL, "pool_size": 1})
    event.listen(reading, "connect", _with_pragmas(_PRAGMAS))
    event.listen(writing, "connect", _with_pragmas(_PRAGMAS + _WRITERS))
    for engine in (reading, writing):
        event.listen(engine, "begin", _begin)
    return Engines(Way(reading), Way(writing.execution_options(writes=True)), is_sqlite=True)


def _postgresql(url: URL) -> Engines:
    reading = _connected(url, "REPEATABLE READ")
    event.listen(reading, "connect", _only_read)
    # What two writers must not both change is locked row by row (`Db.locked`).
    return Engines(Way(reading), Way(_connected(url, "READ COMMITTED")), is_sqlite=False)


def _connected(url: URL, isolation: IsolationLevel) -> Engine:
    # One pool for each kind of transactions: to say the kind anew for every transaction would
    # cost more than most statements do.
    usual = {name: said for name, said in _SESSION.items() if name not in url.query}
    half = {**_POOL, "pool_size": _POOL["pool_size"] // 2}
    engine = create_engine(url, connect_args=usual, isolation_level=isolation, **half)
    event.listen(engine, "checkout", _check_line)
    return engine


def _only_read(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.read_only = True


def _check_line(connection: Any, _entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Have a connection replaced that the database has ended, without asking the database."""
    try:
        # First its last words, then that there is nobody any more.
        for _ in range(2):
            connection.pgconn.consume_input()
    except connection.Error as ended:
        raise DisconnectionError from ended


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
