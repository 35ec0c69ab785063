"""The only SQL on the server: SQLAlchemy Core, the same on SQLite and PostgreSQL."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Select, Table, select

from sync.server import engines
from sync.server.engines import WrongAddress
from sync.server.later import Row
from sync.server.statements import advance, bound, change, chosen, feed, highest, removal, shape
from sync.server.transaction import Crossed, Overtaken, StoreFailed, Taken, Transaction, translated
from sync.server.turn import Turn

__all__ = [
    "Crossed", "Db", "Overtaken", "Row", "Store", "StoreFailed", "Taken", "WrongAddress", "written"
]  # fmt: skip

T = TypeVar("T")

_TRIES = 6


class Db:
    """One transaction's verbs."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._said = Transaction(connection)
        self._rows: dict[tuple[str, str], Row | None] = {}
        self._held: dict[Table, dict[object, Row | None]] = {}
        self.must_wipe = False
        """Set when something was deleted that may not survive in the write-ahead log either."""

    def one(self, table: Table, **where: object) -> Row | None:
        """Return the row, or None."""
        return self._said.run(chosen(table, shape(where)), bound(where)).mappings().one_or_none()

    def remembered(self, table: Table, key: str) -> Row | None:
        """Return a row by its id, read once: for what no message of a batch changes."""
        if (table.name, key) not in self._rows:
            self._rows[table.name, key] = self.one(table, id=key)
        return self._rows[table.name, key]

    def locked(self, table: Table, **where: object) -> Row | None:
        """Return the row and keep others from changing it until the end of the transaction."""
        query = chosen(table, shape(where), is_locking=True)
        return self._said.run(query, bound(where)).mappings().one_or_none()

    def held(self, table: Table, **where: object) -> Row | None:
        """Return the row as `locked` does, read once until the table is written to here."""
        held, key = self._held.setdefault(table, {}), tuple(where.items())
        if key not in held:
            held[key] = self.locked(table, **where)
        return held[key]

    def all(self, table: Table, **where: object) -> Sequence[Row]:
        """List the rows in the order of the primary key. A tuple means any of its values."""
        return self._said.run(chosen(table, shape(where)), bound(where)).mappings().all()

    def newest(self, table: Table) -> Row | None:
        """Return the row with the highest primary key."""
        keys = [column.desc() for column in table.primary_key.columns]
        query = select(table).order_by(*keys).limit(1)
        return self._said.run(query).mappings().one_or_none()

    def highest(self, table: Table) -> int:
        """Return the highest primary key, 0 if there is none."""
        return int(self._said.run(highest(table)).scalar_one() or 0)

    def keys(self, table: Table, after: str, limit: int) -> tuple[str, ...]:
        """List the next few primary keys after this one: what is too much to be read at once."""
        (key,) = table.primary_key.columns
        query = select(key).where(key > after).order_by(key).limit(limit)
        return tuple(self._said.run(query).scalars())

    def due(self, table: Table, column: str, moment: str, limit: int) -> Sequence[Row]:
        """List the rows whose time in `column` has come, the oldest first."""
        at = table.c[column]
        query = select(table).where(at <= moment).order_by(at).limit(limit)
        return self._said.run(query).mappings().all()

    def oldest(self, table: Table, column: str, **where: object) -> Row | None:
        """Return the matching row with the lowest value in `column`; have an index for it."""
        query = chosen(table, shape(where)).order_by(None).order_by(table.c[column]).limit(1)
        return self._said.run(query, bound(where)).mappings().one_or_none()

    def add(self, table: Table, *rows: Row) -> None:
        """Insert rows, in one call however many. Raises `Taken` if a key is in use."""
        if rows:
            self._let_go(table)
            for row in rows:
                self._said.later.uses(table, row)
            self._said.insert(table, rows)

    def add_later(self, table: Table, row: Row) -> None:
        """Insert a row whose key is free, together with others, before anything is asked again."""
        self._let_go(table)
        self._said.later.add(table, row)

    def add_held(self, table: Table, row: Row, **where: object) -> None:
        """Insert a row that `held` has not found, together with others, and hold it."""
        self.add_later(table, row)
        self._held[table] = {tuple(where.items()): row}

    def add_new(self, table: Table, row: Row) -> None:
        """Insert a row; with others, if `look_for` has found its id free. Raises `Taken`."""
        is_taken = self._said.later.is_taken(table, row["id"])
        if is_taken is None:
            self.add(table, row)
        elif is_taken:
            raise Taken
        else:
            self._said.later.uses(table, row)
            self.add_later(table, row)

    def look_for(self, table: Table, keys: Iterable[str]) -> None:
        """Look at once which of these ids are in use."""
        sought = frozenset(keys)
        found = self.all(table, id=tuple(sorted(sought))) if sought else ()
        self._said.later.sought(table, sought, frozenset(row["id"] for row in found))

    def change(self, table: Table, where: Mapping[str, object], **values: object) -> int:
        """Update rows and say how many."""
        self._let_go(table)
        changing = change(table, shape(where), tuple(values))
        new = {f"new_{name}": value for name, value in values.items()}
        return self._said.run(changing, {**bound(where), **new}).rowcount

    def remove(self, table: Table, **where: object) -> int:
        """Delete rows and say how many."""
        return self._said.run(removal(table, shape(where)), bound(where)).rowcount

    def advance(self, counter: str, by: int) -> int:
        """Raise a mailbox's head under its row lock and return the new head: no gaps, ever."""
        return int(self._said.run(advance(), {"counter": counter, "by": by}).scalar_one())

    def feed(self, box: str, after: int, limit: int) -> Iterator[Row]:
        """Yield deliveries with what is left of their messages and the senders' certificates."""
        yield from self._said.run(feed(), {"box": box, "after": after, "limit": limit}).mappings()

    def asked(self, question: Select[Any], **values: object) -> Sequence[Row]:
        """List what a question of `statements` or `purging` finds, in several tables."""
        return self._said.run(question, values).mappings().all()

    def removed(self, which: Delete, **values: object) -> int:
        """Delete what a deletion of `purging` names, and say how many."""
        return self._said.run(which, values).rowcount

    def attempt(self) -> AbstractContextManager[None]:
        """Undo what is done inside, and only that, if it fails."""
        # PostgreSQL gives back the locks that were taken inside.
        return self._said.attempt(self._held.clear)

    def finish(self) -> None:
        """Write what waits: the last thing before a commit."""
        self._said.finish()

    def _let_go(self, table: Table) -> None:
        self._held.pop(table, None)


class Store:
    """The hub's database."""

    def __init__(self, folder: Path, address: str = "") -> None:
        """Use SQLite in this folder, or the database at `address`. Raises `StoreFailed`."""
        with translated():
            self._engines = engines.opened(folder, address)
        self._turn = Turn(folder / "turn") if self._engines.is_sqlite else None
        self._log = engines.Log(is_owed=self._engines.is_sqlite)

    @contextmanager
    def writing(self) -> Iterator[Db]:
        """One transaction, whole or not at all. Raises `StoreFailed`."""
        with self._turn_taken(), translated(), self._engines.writing.connect() as connection:
            with connection.begin():
                db = Db(connection)
                yield db
                db.finish()
            if self._engines.is_sqlite:
                self._log.empty(connection, is_owed=db.must_wipe)

    @contextmanager
    def reading(self, kind: type[Db] = Db) -> Iterator[Db]:
        """A consistent view. Raises `StoreFailed`."""
        with translated(), self._engines.reading.connect() as connection, connection.begin():
            yield kind(connection)

    def upgrade(self, work: Callable[[Connection], None]) -> None:
        """Lend Alembic a connection in one transaction; again where another process began too."""

        def upgraded() -> None:
            with self._turn_taken(), translated(), self._engines.writing.begin() as connection:
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
