"""Rows of one transaction that wait to be written together, before anything else is asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table

Row = Mapping[Any, Any]
Mark = Mapping[Table, int]


class Later:
    """Rows in the order in which their tables were first named."""

    def __init__(self) -> None:
        """Wait for nothing yet."""
        self._rows: dict[Table, list[Row]] = {}
        self._sought: dict[Table, dict[object, bool]] = {}

    def add(self, table: Table, row: Row) -> None:
        """Let a row wait."""
        self._rows.setdefault(table, []).append(row)

    def mark(self) -> Mark:
        """Return how much waits now."""
        return {table: len(rows) for table, rows in self._rows.items()}

    def taken(self, mark: Mark | None = None) -> Iterator[tuple[Table, list[Row]]]:
        """Take out what waits, or only what already waited at `mark`."""
        for table in list(self._rows):
            rows = self._rows[table]
            count = len(rows) if mark is None else mark.get(table, 0)
            self._rows[table] = rows[count:]
            if count:
                yield table, rows[:count]

    def back_to(self, mark: Mark) -> None:
        """Forget what began to wait after `mark`."""
        self._rows = {table: rows[: mark.get(table, 0)] for table, rows in self._rows.items()}
        self._sought.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._rows.clear()
        self._sought.clear()

    # --- whether a key is free

    def sought(self, table: Table, keys: frozenset[str], found: frozenset[str]) -> None:
        """Know which of these ids are in the table now."""
        self._sought[table] = {key: key in found for key in keys}

    def is_taken(self, table: Table, key: object) -> bool | None:
        """Say whether the id is in use; None when nobody has looked."""
        return self._sought.get(table, {}).get(key)

    def uses(self, table: Table, row: Row) -> None:
        """Know that the row's id is in use from now on."""
        if table in self._sought:
            self._sought[table][row["id"]] = True
