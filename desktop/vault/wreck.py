"""A damaged database, read as far as it opens. Works on a copy that may be thrown away.

SQLCipher gives a connection up after one page that does not prove itself, so each trouble costs a
new one, and the rows around it are asked for in ever smaller pieces.
"""

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import AppError
from desktop.vault.connection import connect
from desktop.vault.folder import Folder
from desktop.vault.migrate import migrate
from desktop.vault.pages import PAGE, Seals
from desktop.vault.subjects import SUBJECTS, TEAM_SUBJECTS

Found = dict[str, Any]
"""One row, by its columns' names."""
_FARTHEST = 1 << 62
_BEYOND = 1024
_LONGER = (2, 8, 64, 512)
_FILL = "INSERT OR REPLACE INTO meta (key, value) VALUES ('filling', printf('%.*c', ?, 'x'))"


class Wreck:
    """What can still be read. `is_open` tells whether it has a schema at all."""

    def __init__(self, folder: Folder, key: bytes, purpose: str = "own") -> None:
        """Open the copy in `folder`; where its first pages are lost, with those of a new vault."""
        self._folder, self._key = folder, key
        self.subjects = TEAM_SUBJECTS if purpose == "team" else SUBJECTS
        self._db: sqlcipher.Connection | None = None
        self.is_open = self._opens() or self._opens_longer()
        if not self.is_open:
            _lend_first_pages(folder, key, purpose)
            self.is_open = self._opens() or self._opens_longer()

    def close(self) -> None:
        """Let go of the copy."""
        if self._db is not None:
            db, self._db = self._db, None
            with suppress(sqlcipher.Error):
                db.close()

    def _opens(self) -> bool:
        return self._ask("SELECT count(*) FROM op LIMIT 0") is not None

    def _opens_longer(self) -> bool:
        """SQLite opens no file that is shorter than its first page says: make it longer again."""
        size = self._folder.database.stat().st_size if self._folder.database.exists() else 0
        for factor in _LONGER if size else ():
            os.truncate(self._folder.database, size // PAGE * PAGE * factor)
            if self._opens():
                return True
            os.truncate(self._folder.database, size)
        return False

    def table(self, name: str, most: int | None = None) -> list[Found]:
        """Return every row of a table that opens. `most`: the highest rowid there can be."""
        columns = self._columns(name)
        if not columns:
            return []
        whole = self._ask(f"SELECT {', '.join(columns)} FROM {name}")  # noqa: S608  (names of ours)
        if whole is None and "rowid" in self._ordering(name):
            whole = self._around_rowids(name, columns, most)
        elif whole is None:
            whole = self._from_both_ends(name, columns)
        return [dict(zip(columns, row, strict=True)) for row in whole]

    def _around_rowids(self, name: str, columns: tuple[str, ...], most: int | None) -> list[Any]:
        select = f"SELECT rowid, {', '.join(columns)} FROM {name} WHERE rowid BETWEEN ? AND ?"  # noqa: S608  (names of ours)
        first = list(self._as_far(select + " ORDER BY rowid", (0, _FARTHEST)))
        last = list(self._as_far(select + " ORDER BY rowid DESC", (0, _FARTHEST)))
        found = {row[0]: row[1:] for row in (*first, *last)}
        if first or last:
            low = first[-1][0] + 1 if first else 0
            # Where the last page is lost, each row that could be beyond it costs a connection.
            far = low + len(first) + _BEYOND
            high = last[-1][0] - 1 if last else far if most is None else min(far, most)
            found |= {row[0]: row[1:] for row in self._between(select, low, high)}
        return [found[rowid] for rowid in sorted(found)]

    def _between(self, select: str, low: int, high: int) -> Iterator[Any]:
        spans = [(low, high)]
        while spans:
            low, high = spans.pop()
            rows = self._ask(select, (low, high)) if low <= high else []
            if rows is not None:
                yield from rows
            elif low < high:
                middle = (low + high) // 2
                spans += [(low, middle), (middle + 1, high)]

    def _from_both_ends(self, name: str, columns: tuple[str, ...]) -> list[Any]:
        select = f"SELECT {', '.join(columns)} FROM {name} ORDER BY "  # noqa: S608  (names of ours)
        order = self._ordering(name)
        first = list(self._as_far(select + ", ".join(order)))
        last = list(self._as_far(select + ", ".join(f"{column} DESC" for column in order)))
        return list(dict.fromkeys((*first, *reversed(last))))

    def _ordering(self, name: str) -> tuple[str, ...]:
        """Return the order in which a table's rows lie in the file."""
        if self._ask(f"SELECT rowid FROM {name} LIMIT 0") is not None:  # noqa: S608  (names of ours)
            return ("rowid",)
        info = self._ask(f"PRAGMA table_info({name})") or []
        return tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])

    def _columns(self, name: str) -> tuple[str, ...]:
        return tuple(row[1] for row in self._ask(f"PRAGMA table_info({name})") or [])

    def _as_far(self, sql: str, params: tuple[int, ...] = ()) -> Iterator[Any]:
        try:
            yield from self._connection().execute(sql, params)
        except (sqlcipher.Error, AppError):
            self.close()

    def _ask(self, sql: str, params: tuple[int, ...] = ()) -> list[Any] | None:
        """Return the answer; None when a page on the way does not open."""
        try:
            return list(self._connection().execute(sql, params))
        except (sqlcipher.Error, AppError):
            self.close()
            return None

    def _connection(self) -> sqlcipher.Connection:
        if self._db is None:
            self._db = connect(self._folder, self._key)
            self._db.execute("PRAGMA query_only = ON").fetchall()
        return self._db


def _lend_first_pages(folder: Folder, key: bytes, purpose: str) -> None:
    """Put a new vault's pages where the schema stood and does not open any more.

    Every vault is made by the same statements, so its tables begin at the same pages. What this
    makes readable wrongly, no entry of the journal stands for: it is never taken for a record.
    """
    content = bytearray(folder.database.read_bytes() if folder.database.exists() else b"")
    content += bytes(-len(content) % PAGE)
    seals = Seals(key)
    donor, size = _new_pages(folder, key, purpose, len(content) // PAGE)
    content += bytes(max(0, len(donor) - len(content)))
    for at in range(0, size * PAGE, PAGE):
        number = at // PAGE + 1
        if not seals.holds(bytes(content[at : at + PAGE]), number):
            content[at : at + PAGE] = donor[at : at + PAGE]
    folder.database.write_bytes(content)
    folder.shm.unlink(missing_ok=True)


def _new_pages(folder: Folder, key: bytes, purpose: str, pages: int) -> tuple[bytes, int]:
    """Return a new vault of at least so many pages, and how many of them a new one has."""
    new = Folder(folder.path / "new")
    new.path.mkdir()
    with closing(connect(new, key, "rwc")) as db:
        migrate(db, purpose)
        size = int(db.execute("PRAGMA page_count").fetchone()[0])
        # The first page says how long the file is, and may not say more than it is.
        filled = 0
        while int(db.execute("PRAGMA page_count").fetchone()[0]) < pages:
            filled += max(1, pages - int(db.execute("PRAGMA page_count").fetchone()[0])) * PAGE
            db.execute(_FILL, (filled,))
    return new.database.read_bytes(), size
