"""The two databases a hub may have, SQLite and PostgreSQL, and what each needs to be told."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "busy_timeout=10000",
)
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


def is_log_emptied(connection: Connection) -> bool:
    """Move SQLite's write-ahead log into the database, so that no deleted byte stays in it."""
    driver = connection.connection.driver_connection
    try:
        busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] if driver else 1
    except sqlite3.Error:
        # The transaction is committed and must not look failed: the next write tries again.
        return False
    return not busy


def _url(folder: Path, address: str) -> URL:
    if not address:
        file = folder / "hub.db"
        file.touch(mode=0o600)
        return make_url(f"sqlite:///{file}")
    url = make_url(address)
    is_plain = url.drivername in {"postgresql", "postgres"}
    return url.set(drivername="postgresql+psycopg") if is_plain else url


def _sqlite(url: URL) -> Engines:
    engine = create_engine(url, **_POOL)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return Engines(engine, engine.execution_options(writes=True), is_sqlite=True)


def _postgresql(url: URL) -> Engines:
    usual = {name: said for name, said in _SESSION.items() if name not in url.query}
    engine = create_engine(url, connect_args=usual, pool_pre_ping=True, **_POOL)
    return Engines(
        engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
        # What two writers must not both change is locked row by row (`Db.locked`).
        engine.execution_options(isolation_level="READ COMMITTED"),
        is_sqlite=False,
    )


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101  (narrows for mypy)
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A write takes its lock at BEGIN: upgrading later fails instead of waiting.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
