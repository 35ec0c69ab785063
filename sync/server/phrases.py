"""What a hub says to its database all day, put into words once for each of the two languages.

SQLAlchemy takes twice as long to hand over a statement and its rows as the driver does. So a
statement that `lasts` keeps its words here, and only its values are handed over. Everything else
goes the usual way; so do events, errors and transactions.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Table, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, MultipleResultsFound
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert

E = TypeVar("E", bound=Executable)
Row = Mapping[Any, Any]
Values = Mapping[str, Any]

_LASTS = "lasts"
_MOST_PHRASES = 2_000
_MOST_ROWS = 50
_SINGLE = -1


def lasting(statement: E) -> E:
    """Mark a statement that is built once, of columns that every driver gives back as they are."""
    return statement.execution_options(**{_LASTS: True})


class Rows:
    """What came back, by the verbs of SQLAlchemy's own result."""

    def __init__(self, names: Sequence[str], found: Sequence[Sequence[Any]], count: int) -> None:
        """Take what the driver has fetched; `count` rows were touched."""
        self._names, self._found = names, found
        self.rowcount = count

    def mappings(self) -> "Rows":
        """Return this: its rows are mappings."""
        return self

    def __iter__(self) -> Iterator[Row]:
        """Yield every row."""
        return (dict(zip(self._names, row, strict=True)) for row in self._found)

    def all(self) -> Sequence[Row]:
        """List every row."""
        return list(self)

    def one_or_none(self) -> Row | None:
        """Return the only row, or None."""
        rows = self.all()
        if len(rows) > 1:
            raise MultipleResultsFound
        return rows[0] if rows else None

    def scalar_one(self) -> Any:
        """Return the only value of the only row."""
        ((value,),) = self._found
        return value


class Phrase:
    """One statement in the words of one database, for values of one shape."""

    def __init__(self, statement: Executable, dialect: Dialect, values: Values) -> None:
        """Put it into words."""
        made = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        assert isinstance(made, SQLCompiler)  # noqa: S101  (narrows for mypy)
        whole = made.construct_expanded_state(dict(values))
        self.words = whole.statement
        self.names = tuple(column.key for column in getattr(statement, "exported_columns", ()))
        self._spread = {
            name: tuple(whole.parameter_expansion[name]) for name in whole.parameter_expansion
        }
        self._fixed = {k: v for k, v in whole.parameters.items() if k not in values}
        self._order = whole.positiontup

    def filled(self, values: Values) -> Any:
        """Return the values as the driver takes them."""
        said = {**self._fixed, **values}
        for name, names in self._spread.items():
            said |= zip(names, said.pop(name), strict=True)
        return said if self._order is None else tuple(said[name] for name in self._order)


_KNOWN: dict[tuple[Executable, str, tuple[tuple[str, int], ...]], Phrase] = {}


class Speaking(Connection):
    """A connection that says a lasting statement straight to the driver."""

    _driver: Any = None
    _pen: Any = None

    def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Any = None
    ) -> Any:
        """Say it, and return what comes back."""
        several = parameters if isinstance(parameters, list) else [parameters or {}]
        is_lasting = statement.get_execution_options().get(_LASTS)
        if not is_lasting or not several or () in several[0].values():
            return super().execute(statement, parameters, execution_options=execution_options)
        if 1 < len(several) <= _MOST_ROWS:
            statement, several = _at_once(statement.table, len(several)), [_numbered(several)]
        phrase = _phrase(statement, self.dialect, several[0])
        return self._said(phrase, [phrase.filled(each) for each in several])

    def _said(self, phrase: Phrase, values: list[Any]) -> Rows:
        cursor = self._cursor()
        is_many = len(values) > 1
        said: Any = values if is_many else values[0]
        for hear in self.dispatch.before_cursor_execute:
            hear(self, cursor, phrase.words, said, None, is_many)
        try:
            if is_many:
                cursor.executemany(phrase.words, said)
            else:
                cursor.execute(phrase.words, said)
            found = cursor.fetchall() if phrase.names else ()
        except self.dialect.loaded_dbapi.Error as error:
            raise self._failed(error) from error
        return Rows(phrase.names, found, cursor.rowcount)

    def _cursor(self) -> Any:
        # One for all: whatever was found is fetched before the next is said.
        driver: Any = self.connection.driver_connection
        if self._driver is not driver:
            # PostgreSQL would send bytes as twice as many letters.
            more = {"binary": True} if self.dialect.name == "postgresql" else {}
            self._driver, self._pen = driver, driver.cursor(**more)
        return self._pen

    def _failed(self, error: Exception) -> BaseException:
        driver = self.connection.driver_connection
        if self.dialect.is_disconnect(error, driver, None):  # type: ignore[arg-type]
            self.invalidate(error)
        kind = self.dialect.loaded_dbapi.Error
        return DBAPIError.instance(None, None, error, kind, True, dialect=self.dialect)


@cache
def _at_once(table: Table, count: int) -> Insert:
    """Insert so many whole rows: for a few, the driver's own way takes as long as for many."""
    rows: list[dict[str, Any]] = [
        {column.name: bindparam(f"{column.name}_{at}") for column in table.columns}
        for at in range(count)
    ]
    return table.insert().values(rows)


def _numbered(rows: Sequence[Values]) -> Values:
    return {f"{name}_{at}": value for at, row in enumerate(rows) for name, value in row.items()}


def _phrase(statement: Executable, dialect: Dialect, values: Values) -> Phrase:
    shape = tuple(
        (name, len(value) if isinstance(value, tuple) else _SINGLE)
        for name, value in values.items()
    )
    key = statement, dialect.name, shape
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST_PHRASES:
            _KNOWN.clear()
        _KNOWN[key] = Phrase(statement, dialect, values)
    return _KNOWN[key]
