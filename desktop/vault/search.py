"""The full-text index: which notes hold these words (D-009).

A note that is still being typed is not in the index: taking its words out and in again at every
save costs a hundred times the save. Such notes are few, and are read instead.
"""

from collections.abc import Iterator

from desktop.domain.hangul import pairs
from desktop.vault.columns import Row
from desktop.vault.database import Db

TYPED_AT_ONCE = 32
"""So many notes may wait for the index; the next one takes them all in."""

_FOUND = (
    "SELECT n.id, n.youth, n.meeting, n.text, y.alias, m.met_at, n.n FROM {source}"
    " JOIN youth y ON y.id = n.youth JOIN meeting m ON m.id = n.meeting"
)
_INDEXED = _FOUND.format(source="note_words w JOIN note n ON n.n = w.rowid") + (
    " WHERE note_words MATCH ? ORDER BY w.rowid DESC"
)
_TYPED = _FOUND.format(source="note n") + " WHERE n.is_indexed = 0 ORDER BY n.n DESC"


def take_in(db: Db, n: int, text: str) -> None:
    """Put a note's words into the index."""
    db.execute("INSERT INTO note_words (rowid, pairs) VALUES (?, ?)", (n, pairs(text)))
    db.execute("UPDATE note SET is_indexed = 1 WHERE n = ?", (n,))


def take_out(db: Db, n: int, text: str) -> None:
    """Take a note's words out of the index, leaving nothing of them behind."""
    db.execute(
        "INSERT INTO note_words (note_words, rowid, pairs) VALUES ('delete', ?, ?)",
        (n, pairs(text)),
    )


def catch_up(db: Db, allowed: int = 0) -> None:
    """Take in every note that waits, when more than `allowed` do."""
    waiting = db.execute("SELECT n, text FROM note WHERE is_indexed = 0").fetchall()
    if len(waiting) > allowed:
        for n, text in waiting:
            take_in(db, n, text)


def tidy(db: Db) -> None:
    """Take in what waits and make the index one piece: a night leaves pieces, each a look-up."""
    catch_up(db)
    db.execute("INSERT INTO note_words (note_words) VALUES ('optimize')")


def candidates(db: Db, words: tuple[str, ...]) -> Iterator[Row]:
    """Yield notes that may hold these words, those being typed first, then newest first."""
    yield from db.execute(_TYPED).fetchall()
    yield from db.execute(_INDEXED, (" AND ".join(_phrase(word) for word in words),))


def _phrase(word: str) -> str:
    # One syllable is the beginning of its pairs; two or more are pairs that follow each other.
    return f'"{pairs(word)}"' + (" *" if len(word) == 1 else "")
