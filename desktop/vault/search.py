"""The full-text index: which notes hold these words (D-009).

A note that is still being typed is not in the index: taking its words out and in again at every
save costs a hundred times the save. Such notes are few, and are read instead.
"""

import json
from collections.abc import Iterator

from desktop.domain.hangul import pairs
from desktop.vault.columns import Row
from desktop.vault.database import Db
from desktop.vault.index import weight

TYPED_AT_ONCE = 32
"""So many notes may wait for the index; the next one takes them all in."""

_NEWEST_SPAN, _SPAN_GROWS, _AT_ONCE = 1024, 32, 20
_WORDING = (  # what was added to a signed note is found together with it
    "CASE WHEN EXISTS (SELECT 1 FROM addendum WHERE note = n.id) THEN n.text || char(10) ||"
    " (SELECT group_concat(a.text, char(10)) FROM"
    " (SELECT text FROM addendum WHERE note = n.id ORDER BY at, rowid) a) ELSE n.text END"
)
_FOUND = (
    "SELECT n.id, n.youth, n.meeting, {wording}, y.alias, m.met_at, n.n FROM note n"
    " JOIN youth y ON y.id = n.youth JOIN meeting m ON m.id = n.meeting"
    " WHERE {which} ORDER BY n.n DESC"
)
_INDEXED = _FOUND.format(wording=_WORDING, which="n.n IN (SELECT value FROM json_each(?))")
_TYPED = _FOUND.format(wording=_WORDING, which="n.is_indexed = 0")
_ONE = f"SELECT {_WORDING} FROM note n WHERE n.n = ?"  # noqa: S608  (words of ours)
_IN_SPAN = "SELECT rowid FROM note_words WHERE note_words MATCH ? AND rowid BETWEEN ? AND ?"


def take_in(db: Db, n: int) -> None:
    """Put a note's words into the index, with what was added to it."""
    words = _pairs_of(db, n)
    db.execute("INSERT INTO note_words (rowid, pairs) VALUES (?, ?)", (n, words))
    db.execute("UPDATE note SET is_indexed = 1, weight = ? WHERE n = ?", (weight(words), n))


def take_out(db: Db, n: int) -> None:
    """Take a note's words out of the index, leaving nothing behind, before they change."""
    db.execute(
        "INSERT INTO note_words (note_words, rowid, pairs) VALUES ('delete', ?, ?)",
        (n, _pairs_of(db, n)),
    )


def catch_up(db: Db, allowed: int = 0) -> None:
    """Take in every note that waits, when more than `allowed` do."""
    waiting = db.execute("SELECT n FROM note WHERE is_indexed = 0").fetchall()
    if len(waiting) > allowed:
        for (n,) in waiting:
            take_in(db, n)


def tidy(db: Db) -> None:
    """Take in what waits and make the index one piece: a night leaves pieces, each a look-up."""
    catch_up(db)
    db.execute("INSERT INTO note_words (note_words) VALUES ('optimize')")


def candidates(db: Db, words: tuple[str, ...]) -> Iterator[Row]:
    """Yield notes that may hold these words, those being typed first, then newest first."""
    yield from db.execute(_TYPED).fetchall()
    for numbers in _matches(db, " AND ".join(_phrase(word) for word in words)):
        for at in range(0, len(numbers), _AT_ONCE):
            some = json.dumps(numbers[at : at + _AT_ONCE])
            yield from db.execute(_INDEXED, (some,)).fetchall()


def _pairs_of(db: Db, n: int) -> str:
    return pairs(db.execute(_ONE, (n,)).fetchone()[0])


def _matches(db: Db, words: str) -> Iterator[list[int]]:
    # Walking backwards costs FTS5 up to twenty times as much as forwards. So spans of notes are
    # read forwards, the newest span first: what is common is found in it, what is rare is short.
    newest: int | None = db.execute("SELECT max(n) FROM note").fetchone()[0]
    last, span = newest or 0, _NEWEST_SPAN
    while last > 0:
        rows = db.execute(_IN_SPAN, (words, last - span + 1, last)).fetchall()
        yield [n for (n,) in reversed(rows)]
        last, span = last - span, span * _SPAN_GROWS


def _phrase(word: str) -> str:
    # One syllable is the beginning of its pairs; two or more are pairs that follow each other.
    return f'"{pairs(word)}"' + (" *" if len(word) == 1 else "")
