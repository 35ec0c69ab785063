"""The only SQL on the server: SQLAlchemy Core, the same on SQLite and PostgreSQL."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from sync.server import engines
from sync.server.statements import (
    bound,
    change,
    chosen,
    common_marks,
    feed,
    insertion,
    removal,
    shape,
    span_removal,
)
from sync.server.tables import mailbox
from sync.server.turn import Turn

T = TypeVar("T")
Row = Mapping[Any, Any]  # what SQLAlchemy calls a RowMapping

_TRIES = 6


class StoreFailed(Exception):
    """The database did not take or give something. Carries no values."""


class Taken(StoreFailed):
    """A row with this key is there already."""


class Crossed(StoreFailed):
    """Another transaction was in the way; the same work may succeed at once."""


class Db:
    """One transaction's verbs."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection
        self._rows: dict[tuple[str, str], Row | None] = {}
        self._held: dict[tuple[Table, object], Row | None] = {}
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

    def held(self, table: Table, **where: object) -> Row | None:
        """Return the row as `locked` does, read once until the table is written to here."""
        key = table, tuple(where.items())
        if key not in self._held:
            self._held[key] = self.locked(table, **where)
        return self._held[key]

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

    def due(self, table: Table, column: str, moment: str, limit: int) -> Sequence[Row]:
        """List the rows whose time in `column` has come, the oldest first."""
        at = table.c[column]
        query = select(table).where(at <= moment).order_by(at).limit(limit)
        return self._connection.execute(query).mappings().all()

    def oldest(self, table: Table, column: str, **where: object) -> Row | None:
        """Return the matching row with the lowest value in `column`; have an index for it."""
        query = chosen(table, shape(where)).order_by(None).order_by(table.c[column]).limit(1)
        return self._connection.execute(query, bound(where)).mappings().one_or_none()

    def add(self, table: Table, *rows: Row) -> None:
        """Insert rows, in one call however many. Raises `Taken` if a key is in use."""
        if rows:
            self._let_go(table)
            try:
                self._connection.execute(insertion(table), [dict(row) for row in rows])
            except IntegrityError as error:
                raise Taken from error

    def change(self, table: Table, where: Mapping[str, object], **values: object) -> int:
        """Update rows and say how many."""
        self._let_go(table)
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
        bounds = {"box": box, "after": after, "limit": limit}
        yield from self._connection.execute(feed(), bounds).mappings()

    def common_marks(self, status: str, since: str, limit: int) -> Sequence[Row]:
        """List mailboxes with how far every device of this status, heard since then, has read.

        Only where that is further than the mailbox's own mark; a few, in order.
        """
        values = {"status": status, "since": since, "few": limit}
        return self._connection.execute(common_marks(), values).mappings().all()

    def remove_span(self, box: str, after: int, through: int) -> int:
        """Delete the packets delivered here, but not what another mailbox still has to keep."""
        values = {"box": box, "after": after, "through": through}
        return self._connection.execute(span_removal(), values).rowcount

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
                self._held.clear()  # PostgreSQL gives back the locks that were taken inside
                self._say("ROLLBACK TO SAVEPOINT attempt")
            self._say("RELEASE SAVEPOINT attempt")

    def _let_go(self, table: Table) -> None:
        self._held = {key: row for key, row in self._held.items() if key[0] is not table}

    def _say(self, words: str) -> None:
        # Straight to the driver: this is said twice for every message.
        driver = self._connection.connection.driver_connection
        if driver is not None:
            with engines.as_sqlalchemy(self._connection), _translated():
                driver.execute(words)


class Store:
    """The hub's database."""

    def __init__(self, folder: Path, address: str = "") -> None:
        """Use SQLite in this folder, or the database at `address`. Raises `StoreFailed`."""
        with _translated():
            self._engines = engines.opened(folder, address)
        self._turn = Turn(folder / "turn") if self._engines.is_sqlite else None
        self._log = engines.Log(is_owed=self._engines.is_sqlite)

    @contextmanager
    def writing(self) -> Iterator[Db]:
        """One transaction, whole or not at all. Raises `StoreFailed`."""
        with self._turn_taken(), _translated(), self._engines.writing.connect() as connection:
            with connection.begin():
                db = Db(connection)
                yield db
            if self._engines.is_sqlite:
                self._log.empty(connection, is_owed=db.must_wipe)

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """A consistent view. Raises `StoreFailed`."""
        with _translated(), self._engines.reading.connect() as connection, connection.begin():
            yield Db(connection)

    def upgrade(self, work: Callable[[Connection], None]) -> None:
        """Lend Alembic a connection in one transaction; again where another process began too."""

        def upgraded() -> None:
            with self._turn_taken(), _translated(), self._engines.writing.begin() as connection:
                work(connection)

        _tried(upgraded, StoreFailed)

    def close(self) -> None:
        """Let go of the database."""
        self._engines.close()
        if self._turn:
            self._turn.close()

    def _turn_taken(self) -> AbstractContextManager[None]:
        return self._turn.taken() if self._turn else nullcontext()


def written(store: Store, work: Callable[[Db], T]) -> T:
    """Do this work in one transaction, and again where another transaction was quicker."""

    def done() -> T:
        with store.writing() as db:
            return work(db)

    return _tried(done, Crossed, Taken)


def _tried(work: Callable[[], T], *passing: type[StoreFailed]) -> T:
    for tried in range(_TRIES - 1):
        with suppress(*passing):
            return work()
        # Never two of us after the same pause, or we would meet again at the same place.
        time.sleep((1 << tried) * (1 + id(work) // 16 % 7) / 1000)
    return work()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OverflowError) as error:
        raise (Crossed if engines.is_crossed(error) else StoreFailed) from error
