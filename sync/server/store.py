"""The only SQL on the server: SQLAlchemy Core, the same on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    func,
    select,
    update,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from sync.server.statements import bound, change, chosen, insertion, removal, shape
from sync.server.tables import delivery, device, mailbox, packet
from sync.server.turn import Turn

Row = Mapping[Any, Any]  # what SQLAlchemy calls a RowMapping

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


class StoreFailed(Exception):
    """The database did not take or give something. Carries no values."""


class Taken(StoreFailed):
    """A row with this key is there already."""


class Db:
    """One transaction's verbs."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection
        self._rows: dict[tuple[str, str], Row | None] = {}
        self.must_wipe = False
        """Set when something was deleted that may not survive in the write-ahead log either."""

    def one(self, table: Table, **where: object) -> Row | None:
        """Return the row, or None."""
        query = chosen(table, shape(where))
        return self._connection.execute(query, bound(where)).mappings().one_or_none()

    def remembered(self, table: Table, key: str) -> Row | None:
        """Return a row by its id, read once: for what no message of a batch changes."""
        if (table.name, key) not in self._rows:
            self._rows[table.name, key] = self.one(table, id=key)
        return self._rows[table.name, key]

    def locked(self, table: Table, **where: object) -> Row | None:
        """Return the row and keep others from changing it until the end of the transaction."""
        query = chosen(table, shape(where), is_locking=True)
        return self._connection.execute(query, bound(where)).mappings().one_or_none()

    def all(self, table: Table, **where: object) -> Sequence[Row]:
        """List the rows in the order of the primary key. A tuple means any of its values."""
        query = chosen(table, shape(where))
        return self._connection.execute(query, bound(where)).mappings().all()

    def newest(self, table: Table) -> Row | None:
        """Return the row with the highest primary key."""
        keys = [column.desc() for column in table.primary_key.columns]
        query = select(table).order_by(*keys).limit(1)
        return self._connection.execute(query).mappings().one_or_none()

    def highest(self, table: Table) -> int:
        """Return the highest primary key, 0 if there is none."""
        (key,) = table.primary_key.columns
        return int(self._connection.execute(select(func.max(key))).scalar() or 0)

    def add(self, table: Table, *rows: Row) -> None:
        """Insert rows, in one call however many. Raises `Taken` if a key is in use."""
        if rows:
            try:
                self._connection.execute(insertion(table), [dict(row) for row in rows])
            except IntegrityError as error:
                raise Taken from error

    def change(self, table: Table, where: Mapping[str, object], **values: object) -> int:
        """Update rows and say how many."""
        changing = change(table, shape(where), tuple(values))
        new = {f"new_{name}": value for name, value in values.items()}
        return self._connection.execute(changing, {**bound(where), **new}).rowcount

    def remove(self, table: Table, **where: object) -> int:
        """Delete rows and say how many."""
        gone = removal(table, shape(where))
        return self._connection.execute(gone, bound(where)).rowcount

    def advance(self, counter: str, by: int) -> int:
        """Raise a mailbox's head under its row lock and return the new head: no gaps, ever."""
        raised = (
            update(mailbox)
            .where(mailbox.c.id == counter)
            .values(head=mailbox.c.head + by)
            .returning(mailbox.c.head)
        )
        return int(self._connection.execute(raised).scalar_one())

    def feed(self, box: str, after: int, limit: int) -> Iterator[Row]:
        """Yield deliveries with what is left of their messages and the senders' certificates."""
        joined = delivery.outerjoin(packet, packet.c.message_id == delivery.c.message_id)
        joined = joined.outerjoin(device, device.c.id == packet.c.device_id)
        query = (
            select(delivery, packet.c.wire, device.c.cert)
            .select_from(joined)
            .where(delivery.c.mailbox == box, delivery.c.seq > after)
            .order_by(delivery.c.seq)
            .limit(limit)
        )
        yield from self._connection.execute(query).mappings()

    def acknowledge(self, box: str, before: int, through: int, at: str) -> None:
        """Note that deliveries after `before` up to `through` have been applied."""
        self.change(mailbox, {"id": box}, acked=through)
        self._connection.execute(
            update(delivery)
            .where(delivery.c.mailbox == box)
            .where(delivery.c.seq > before, delivery.c.seq <= through)
            .values(acked_at=at)
        )

    def remove_packets_acked_before(self, moment: str) -> int:
        """Delete what its reader has had since before this moment."""
        old = select(delivery.c.message_id).where(
            delivery.c.acked_at != "", delivery.c.acked_at < moment
        )
        gone = packet.delete().where(packet.c.message_id.in_(old))
        return self._connection.execute(gone).rowcount

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo what is done inside, and only that, if it fails."""
        self._say("SAVEPOINT attempt")
        is_done = False
        try:
            with _translated():
                yield
            is_done = True
        finally:
            if not is_done:
                self._say("ROLLBACK TO SAVEPOINT attempt")
            self._say("RELEASE SAVEPOINT attempt")

    def _say(self, words: str) -> None:
        # Straight to the driver: this is said twice for every message.
        driver = self._connection.connection.driver_connection
        if driver is not None:
            driver.execute(words)


class Store:
    """The hub's database."""

    def __init__(self, folder: Path, url: str = "") -> None:
        """Use SQLite in this folder, or the database at `url`."""
        file = folder / "hub.db"
        self._engine = create_engine(
            url or f"sqlite:///{file}", hide_parameters=True, pool_size=32, max_overflow=0
        )
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        self._writing = self._engine.execution_options(writes=True)
        self._turn = Turn(folder / "turn")
        self._is_unwiped = True
        if self._is_sqlite:
            file.touch(mode=0o600)
            event.listen(self._engine, "connect", _set_pragmas)
            event.listen(self._engine, "begin", _begin)

    @contextmanager
    def writing(self) -> Iterator[Db]:
        """One transaction, whole or not at all. Raises `StoreFailed`."""
        with self._turn_taken(), _translated(), self._writing.connect() as connection:
            with connection.begin():
                db = Db(connection)
                yield db
            if self._is_sqlite and (db.must_wipe or self._is_unwiped):
                self._is_unwiped = not _is_log_emptied(connection)

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """A consistent view. Raises `StoreFailed`."""
        with _translated(), self._engine.connect() as connection, connection.begin():
            yield Db(connection)

    @contextmanager
    def engine_for_migrations(self) -> Iterator[Engine]:
        """Lend the engine, with everyone else kept out."""
        with self._turn_taken(), _translated():
            yield self._writing

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
        self._turn.close()

    def _turn_taken(self) -> AbstractContextManager[None]:
        return self._turn.taken() if self._is_sqlite else nullcontext()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OverflowError) as error:
        raise StoreFailed from error


def _is_log_emptied(connection: Connection) -> bool:
    driver = connection.connection.driver_connection
    try:
        busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] if driver else 1
    except sqlite3.Error:
        # The transaction is committed and must not look failed: the next write tries again.
        return False
    return not busy


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101  (narrows for mypy)
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A write takes its lock at BEGIN: upgrading later fails instead of waiting.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
