"""One transaction: what is asked of it, what waits to be written with others, what is undone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Table
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from sync.server import engines
from sync.server.later import Later, Mark, Row
from sync.server.statements import insertion, insertions

Values = Mapping[str, object] | Sequence[Mapping[str, object]] | None

_AT_ONCE = {"postgresql": 50}
"""Rows that go quicker in one statement than one after the other."""


class StoreFailed(Exception):
    """The database did not take or give something. Carries no values."""

    @property
    def trouble(self) -> str:
        """Say in a word what kept it from that, or nothing."""
        return engines.trouble(self.__cause__)

    @property
    def noted(self) -> str:
        """Say in a word, for logs and figures, what to look at; it holds no value."""
        return self.trouble or "away"


class Taken(StoreFailed):
    """A row with this key is there already."""


class Crossed(StoreFailed):
    """Another transaction was in the way; the same work may succeed at once."""


class Overtaken(Crossed):
    """Another transaction took a key that was free when we looked; nothing of ours stands."""


class Transaction:
    """Statements in order. A savepoint is said, and rows that wait are written, when one comes."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction."""
        self._connection = connection
        self._begun: Mark | None = None
        """What waited when an attempt began whose savepoint is not said yet."""
        self.later = Later()

    def run(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        """Execute a statement after everything that came before it."""
        self._come_so_far()
        return self._connection.execute(statement, values)

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows at once. Raises `Taken` if a key is in use."""
        self._come_so_far()
        try:
            self._put(table, rows)
        except IntegrityError as error:
            raise Taken from error

    def _come_so_far(self) -> None:
        if self._begun is not None:
            # Said only now: most messages of a long batch ask nothing of the database.
            before, self._begun = self._begun, None
            self._write(self.later.taken(before))
            self._say("SAVEPOINT attempt")
        self._write(self.later.taken())

    def finish(self) -> None:
        """Write what waits: the last thing before a commit."""
        self._write(self.later.taken())

    @contextmanager
    def attempt(self, undone: Callable[[], None]) -> Iterator[None]:
        """Undo what is done inside, and only that, if it fails; then `undone` is called.

        One at a time: there is no attempt within an attempt.
        """
        self._begun = mark = self.later.mark()
        is_done = False
        try:
            with translated():
                yield
            is_done = True
        finally:
            is_said, self._begun = self._begun is None, None
            if not is_done:
                self._undo(mark, is_said=is_said)
                undone()
            if is_said:
                self._say("RELEASE SAVEPOINT attempt")

    def _undo(self, mark: Mark, *, is_said: bool) -> None:
        if is_said:
            self.later.clear()
            self._say("ROLLBACK TO SAVEPOINT attempt")
        else:
            self.later.back_to(mark)

    def _write(self, waiting: Iterator[tuple[Table, list[Row]]]) -> None:
        for table, rows in waiting:
            try:
                self._put(table, rows)
            except IntegrityError as error:
                raise Overtaken from error

    def _put(self, table: Table, rows: Sequence[Row]) -> None:
        if len(rows) <= _AT_ONCE.get(self._connection.dialect.name, 1):
            self._connection.execute(insertion(table), list(rows))
            return
        how = insertions(table, self._connection.dialect)
        self._connection.exec_driver_sql(how.words, how.values(rows))

    def _say(self, words: str) -> None:
        # Straight to the driver: this is said twice for many a message.
        driver = self._connection.connection.driver_connection
        if driver is not None:
            with engines.as_sqlalchemy(self._connection), translated():
                driver.execute(words)


@contextmanager
def translated() -> Iterator[None]:
    """Raise what SQLAlchemy raises inside as `StoreFailed`."""
    try:
        yield
    except (SQLAlchemyError, OverflowError) as error:
        raise (Crossed if engines.is_crossed(error) else StoreFailed) from error
