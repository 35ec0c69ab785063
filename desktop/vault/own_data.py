"""Rows of requests to see, correct or stop, and what is kept about who asked."""

from datetime import date

from desktop.domain.ids import YouthId
from desktop.domain.own_data import Outcome, Request, Wish
from desktop.vault.columns import Row, content, stamp, time, time_or_none, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands

_SELECT = (
    "SELECT id, youth, kind, words, asked_at, due_on, outcome, answer, answered_at"
    " FROM own_data_request "
)


def add(db: Db, request: Request) -> None:
    """Keep a request that is open."""
    row = (
        str(request.id), str(request.youth), request.wish.value, request.words,
        stamp(request.asked_at), request.due_on.isoformat(), "", "", "",
    )  # fmt: skip
    db.execute(
        "INSERT INTO own_data_request (id, youth, kind, words, asked_at, due_on, outcome, answer,"
        " answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("request.asked", request.id, 1, content(*row), request.asked_at)


def answer(db: Db, request: Request) -> None:
    """Keep how it was answered."""
    at = request.answered_at
    if at is None:
        raise LookupError
    db.execute(
        "UPDATE own_data_request SET outcome = ?, answer = ?, answered_at = ? WHERE id = ?",
        (request.outcome.value, request.answer, stamp(at), str(request.id)),
    )
    as_it_stands(db, "request.answered", request.id, 2, at)


def one(db: Db, key: object) -> Request:
    """Return one request; an id from nowhere is a bug."""
    row = db.execute(_SELECT + "WHERE id = ?", (str(key),)).fetchone()
    if row is None:
        raise LookupError
    return _read(row)


def open_ones(db: Db, limit: int) -> tuple[Request, ...]:
    """Return what waits for an answer, the most urgent first."""
    rows = db.execute(_SELECT + "WHERE outcome = '' ORDER BY due_on, rowid LIMIT ? + 0", (limit,))
    return tuple(_read(row) for row in rows.fetchall())


def next_of(db: Db, youth: YouthId) -> Request | None:
    """Return what waits for an answer to one person, the most urgent of it."""
    row = db.execute(
        _SELECT + "WHERE youth = ? AND outcome = '' ORDER BY due_on, rowid LIMIT 1", (str(youth),)
    ).fetchone()
    return _read(row) if row else None


def of_youth(db: Db, youth: YouthId) -> tuple[Request, ...]:
    """Return every request of one person, newest first."""
    rows = db.execute(
        _SELECT + "WHERE youth = ? ORDER BY asked_at DESC, rowid DESC", (str(youth),)
    )
    return tuple(_read(row) for row in rows.fetchall())


def _read(row: Row) -> Request:
    key, youth, wish, words, asked_at, due_on, outcome, said, answered_at = row
    return Request(
        id=uuid(key),
        youth=YouthId(uuid(youth)),
        wish=Wish(wish),
        words=words,
        asked_at=time(asked_at),
        due_on=date.fromisoformat(due_on),
        outcome=Outcome(outcome),
        answer=said,
        answered_at=time_or_none(answered_at),
    )
