"""Rows of promises; and of how long nobody has been heard of, which the schema keeps itself."""

from datetime import date, datetime, time
from uuid import UUID

from desktop.domain.ids import YouthId
from desktop.domain.promises import Due, Outcome, Part, Promise, PromiseId, Promiser
from desktop.vault.columns import Row, content, stamp, time_or_none, uuid
from desktop.vault.columns import time as moment
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands

_COLUMNS = "id, youth, what, day, part, clock, made_at, by, name, snoozed, outcome, ended_at"
_SELECT = f"SELECT {_COLUMNS} FROM promise "  # noqa: S608  (names of ours)
_OPEN = "WHERE outcome = '' AND "


def add(db: Db, promise: Promise) -> None:
    """Keep a promise."""
    row = _row(promise)
    db.execute(
        "INSERT INTO promise (id, youth, what, day, part, clock, opens_at, ends_at, made_at, by,"
        " name, snoozed, outcome, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("promise.made", promise.id, 1, content(*row), promise.made_at)


def change(db: Db, promise: Promise, at: datetime) -> None:
    """Put a promise in place of what it was: put off, ended, or brought back.

    Whose it is stays as it is by now, and one that was destroyed meanwhile stays destroyed: what
    was remembered for an "Undo" may be older than a merge or a purge.
    """
    row = _row(promise)
    changed = db.execute(
        "UPDATE promise SET day = ?, part = ?, clock = ?, opens_at = ?, ends_at = ?, snoozed = ?,"
        " outcome = ?, ended_at = ? WHERE id = ?",
        (*row[3:8], *row[11:], row[0]),
    ).rowcount
    if changed:
        as_it_stands(db, "promise.changed", promise.id, 2, at)


def one(db: Db, promise: PromiseId) -> Promise:
    """Return one promise; an id from nowhere is a bug."""
    row = db.execute(_SELECT + "WHERE id = ?", (str(promise),)).fetchone()
    if row is None:
        raise LookupError
    return _read(row)


def overdue(db: Db, now: datetime, limit: int) -> tuple[Promise, ...]:
    """Return open promises whose time has passed, the latest first."""
    rows = db.execute(
        _SELECT + _OPEN + "ends_at <= ? ORDER BY ends_at DESC LIMIT ? + 0", (stamp(now), limit)
    )
    return tuple(map(_read, rows))


def due_between(db: Db, start: datetime, end: datetime, limit: int) -> tuple[Promise, ...]:
    """Return open promises that are overdue after `start` and at `end` at the latest."""
    span = (stamp(start), stamp(end), limit)
    rows = db.execute(
        _SELECT + _OPEN + "ends_at > ? AND ends_at <= ? ORDER BY ends_at LIMIT ? + 0", span
    )
    return tuple(map(_read, rows))


def later(db: Db, than: datetime, limit: int) -> tuple[Promise, ...]:
    """Return open promises that are overdue after `than`, the next first."""
    rows = db.execute(
        _SELECT + _OPEN + "ends_at > ? ORDER BY ends_at LIMIT ? + 0", (stamp(than), limit)
    )
    return tuple(map(_read, rows))


def counted(db: Db, now: datetime, day_ends: datetime) -> tuple[int, int, int, int]:
    """Count open promises: overdue, of today, later; and those that have come due so far."""
    row = db.execute(
        "SELECT count(*) FILTER (WHERE ends_at <= ?1),"
        " count(*) FILTER (WHERE ends_at > ?1 AND ends_at <= ?2),"
        " count(*) FILTER (WHERE ends_at > ?2),"
        " count(*) FILTER (WHERE opens_at <= ?1)"
        " FROM promise WHERE outcome = ''",
        (stamp(now), stamp(day_ends)),
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2]), int(row[3])


def of_youth(db: Db, youth: YouthId) -> tuple[Promise, ...]:
    """Return the open promises about one young person, the next first."""
    rows = db.execute(
        _SELECT + "WHERE youth = ? AND outcome = '' ORDER BY ends_at, id", (str(youth),)
    )
    return tuple(map(_read, rows))


def quiet(db: Db, before: datetime, limit: int) -> tuple[tuple[YouthId, datetime], ...]:
    """Return whom to watch and has not been heard of since `before`, the longest first."""
    rows = db.execute(
        "SELECT youth, since FROM watched WHERE since <= ? ORDER BY since LIMIT ? + 0",
        (stamp(before), limit),
    )
    return tuple((YouthId(uuid(youth)), moment(since)) for youth, since in rows)


def quiet_count(db: Db, before: datetime) -> int:
    """Count whom to watch and has not been heard of since `before`."""
    row = db.execute("SELECT count(*) FROM watched WHERE since <= ?", (stamp(before),)).fetchone()
    return int(row[0])


def last_contact(db: Db, youth: YouthId) -> datetime | None:
    """Return the last contact with somebody to watch; None for anybody else."""
    row = db.execute("SELECT since FROM watched WHERE youth = ?", (str(youth),)).fetchone()
    return moment(row[0]) if row else None


def _row(promise: Promise) -> Row:
    due = promise.due
    return (
        str(promise.id), str(promise.youth), promise.what, due.day.isoformat(), due.part.value,
        f"{due.clock:%H:%M}" if due.clock else "", stamp(due.opens()), stamp(due.ends()),
        stamp(promise.made_at), promise.by.value, promise.name, promise.snoozed,
        promise.outcome.value, stamp(promise.ended_at) if promise.ended_at else "",
    )  # fmt: skip


def _read(row: Row) -> Promise:
    key, youth, what, day, part, clock, made_at, by, name, snoozed, outcome, ended_at = row
    due = Due(date.fromisoformat(day), Part(part), time.fromisoformat(clock) if clock else None)
    return Promise(
        PromiseId(UUID(key)), YouthId(UUID(youth)), what, due, moment(made_at), Promiser(by), name,
        snoozed, Outcome(outcome), time_or_none(ended_at),
    )  # fmt: skip
