"""The full-text index: which notes hold these words (D-009).

A note that is still being typed is not in the index: taking its words out and in again at every
save costs a hundred times the save. Such notes are few, and are read instead.
"""

import json
from collections.abc import Iterable, Iterator
from uuid import UUID

from desktop.domain.filters import ANY, Filters
from desktop.domain.hangul import pairs
from desktop.vault.columns import Row, stamp
from desktop.vault.database import Db
from desktop.vault.index import weight

TYPED_AT_ONCE = 32
"""So many notes may wait for the index; the next one takes them all in."""

_NEWEST_SPAN, _AT_ONCE, _FEW = 1024, 20, 200
"""Notes looked at first, read at once, and how many more texts may be read for an ending."""
_ENDINGS = frozenset({
    "에서", "으로", "까지", "부터", "처럼", "보다", "에게", "한테", "이랑", "하고", "마다", "라고",
})  # fmt: skip
"""So common that a look-up in many notes costs more than texts that hold what stands before."""
_WORDING = (  # what was added to a signed note is found together with it
    "CASE WHEN EXISTS (SELECT 1 FROM addendum WHERE note = n.id) THEN n.text || char(10) ||"
    " (SELECT group_concat(a.text, char(10)) FROM"
    " (SELECT text FROM addendum WHERE note = n.id ORDER BY at, rowid) a) ELSE n.text END"
)
# Numbers as values, one after the other: an IN would make a table of its own for each search.
_FOUND = (
    "WITH asked (n) AS ({asked}) SELECT n.id, n.youth, n.meeting, {wording}, m.met_at, n.n"
    " FROM asked a CROSS JOIN note n ON n.n = a.n JOIN meeting m ON m.id = n.meeting{night}"
    "{which}"
)
_TYPED = "SELECT n FROM note WHERE is_indexed = 0"
_NIGHT = " JOIN outreach o ON o.id = m.outreach"
_MET = "SELECT DISTINCT m.youth FROM meeting m" + _NIGHT  # noqa: S608  (words of ours)
_RISK = (
    "coalesce((SELECT j.risk FROM judgement j WHERE j.youth = m.youth"
    " ORDER BY j.rowid DESC LIMIT 1), 'none') = ?"
)
_LOOKED_THROUGH = 4_000
"""With filters, so many notes that hold the words are looked at, the newest of them."""
_EVERY_IN_SPAN = "SELECT n FROM note WHERE n BETWEEN ? AND ? AND is_indexed = 1 ORDER BY n"
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


def candidates(db: Db, words: tuple[str, ...], filters: Filters = ANY) -> Iterator[Row]:
    """Yield notes that may hold these words, those being typed first, then newest first.

    With filters the newest some thousand are looked through; without words, the newest of all.
    """
    conditions, values = _conditions(filters)
    at_once, left = (_AT_ONCE * 5, _LOOKED_THROUGH) if conditions else (_AT_ONCE, -1)
    found = _FOUND.format(
        asked="VALUES " + ",".join(["(?)"] * at_once),
        wording=_WORDING,
        night=_NIGHT if conditions else "",
        which=" WHERE " + " AND ".join(conditions) if conditions else "",
    )
    typed = sorted((n for (n,) in db.execute(_TYPED)), reverse=True)
    for at in range(0, len(typed), at_once):
        yield from _rows(db, found, typed[at : at + at_once], (at_once, values))
    for numbers in _matches(db, words, at_once):
        for at in range(0, len(numbers), at_once):
            yield from _rows(db, found, numbers[at : at + at_once], (at_once, values))
            left -= at_once
            if -at_once < left <= 0:
                return


def _rows(db: Db, found: str, numbers: list[int], rest: tuple[int, tuple[str, ...]]) -> list[Row]:
    at_once, values = rest
    blank = [None] * (at_once - len(numbers))  # one statement for any number: made once
    rows: list[Row] = db.execute(found, (*numbers, *blank, *values)).fetchall()
    return sorted(rows, key=_number, reverse=True)


def _number(row: Row) -> int:
    return int(row[-1])


def _pairs_of(db: Db, n: int) -> str:
    return pairs(db.execute(_ONE, (n,)).fetchone()[0])


def met(db: Db, youths: Iterable[UUID], filters: Filters) -> frozenset[UUID]:
    """Return which of these young people were met as the filters say."""
    conditions, values = _conditions(filters)
    which = "m.youth IN (SELECT value FROM json_each(?))"
    keys = json.dumps([str(youth) for youth in youths])
    rows = db.execute(f"{_MET} WHERE {' AND '.join((which, *conditions))}", (keys, *values))
    return frozenset(UUID(key) for (key,) in rows)


def _conditions(filters: Filters) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return SQL that holds where the filters do, and its values."""
    place, worker = filters.place.casefold(), filters.worker.casefold()
    asked = {
        "m.met_at >= ?": stamp(filters.since) if filters.since else "",
        "instr(lower(o.place || char(10) || o.route || char(10) || m.place), ?) > 0": place,
        "instr(lower(o.team), ?) > 0": worker,
        _RISK: filters.risk.value if filters.risk else "",
    }
    held = {sql: value for sql, value in asked.items() if value}
    return tuple(held), tuple(held.values())


def _matches(db: Db, words: tuple[str, ...], wanted: int) -> Iterator[list[int]]:
    # Walking backwards costs FTS5 up to twenty times as much as forwards. So spans of notes are
    # read forwards, the newest span first: what is common is found in it, what is rare is short.
    newest: int | None = db.execute("SELECT max(n) FROM note").fetchone()[0]
    last, span, seen = newest or 0, _NEWEST_SPAN, 0
    while last > 0:
        ends = (last - span + 1, last)
        numbers = _in_span(db, words, ends) if words else _every(db, ends)
        yield numbers
        last, seen = last - span, seen + len(numbers)
        if words:
            span = _next_span((newest or 0) - last, seen, wanted) or last


def _every(db: Db, ends: tuple[int, int]) -> list[int]:
    return [n for (n,) in reversed(db.execute(_EVERY_IN_SPAN, ends).fetchall())]


def _in_span(db: Db, words: tuple[str, ...], ends: tuple[int, int]) -> list[int]:
    if ends[1] - ends[0] >= _NEWEST_SPAN:
        stems = [word[:-1] if len(word) > 3 and word[-2:] in _ENDINGS else word for word in words]
        if (*stems,) != words and len(few := _asked(db, stems, ends)) <= _FEW:
            return few
    return _asked(db, words, ends)


def _asked(db: Db, words: Iterable[str], ends: tuple[int, int]) -> list[int]:
    phrases = " AND ".join(_phrase(word) for word in words)
    return [n for (n,) in reversed(db.execute(_IN_SPAN, (phrases, *ends)).fetchall())]


def _next_span(looked_at: int, seen: int, wanted: int) -> int:
    """Return how many notes should hold what is missing, and more; 0 for all that are left."""
    return max(looked_at, 3 * looked_at * (wanted - seen) // seen) if seen else 0


def _phrase(word: str) -> str:
    # One syllable is the beginning of its pairs; two or more are pairs that follow each other.
    return f'"{pairs(word)}"' + (" *" if len(word) == 1 else "")
