"""Everything a vault holds, in words that are the same in every run that did the same."""

import re

from desktop.domain.hangul import pairs

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_NOTES = "SELECT n, text FROM note ORDER BY n"
_SHADOW = "note_words"


def contents(vault, without=()) -> str:
    """Return every row of every table. Keys, seals and digests, new each time, stand as sizes."""
    with vault.reading() as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        hidden = (_SHADOW, "sqlite_", *without)
        tables = sorted(name for (name,) in names if not name.startswith(hidden))
        found = [f"{table}: {row}" for table in tables for row in _rows(db, table)]
        notes = db.execute(_NOTES).fetchall() if "note" in tables else []
        words = [f"index: {n} {_indexed(db, text)}" for n, text in notes]
    return "\n".join([*found, *words])


def difference(one: str, other: str) -> str:
    """Name the tables in which two contents differ."""
    lines = set(one.splitlines()) ^ set(other.splitlines())
    return ", ".join(sorted({line.partition(":")[0] for line in lines})) or "the order"


def _indexed(db, text):
    """Return the notes that the index holds under this text's first word."""
    phrase = f'"{pairs(text.split()[0])}"'
    rows = db.execute(f"SELECT rowid FROM {_SHADOW} WHERE {_SHADOW} MATCH ?", (phrase,))
    return sorted(n for (n,) in rows)


def _rows(db, table):
    rows = db.execute(f"SELECT * FROM {table}").fetchall()
    return sorted(repr(tuple(map(_plain, row))) for row in rows)


def _plain(value):
    if isinstance(value, bytes):
        return len(value)
    return _DIGEST.sub("#", value) if isinstance(value, str) else value
