"""Rows of what a law entrusts the organisation with: versions, of which the newest counts."""

import msgspec

from desktop.domain.entrustments import OVER, Entrustment, Held
from desktop.vault.columns import Row, content, stamp, time
from desktop.vault.database import Db

_NEWEST = "SELECT facts, until, who, at FROM entrustment ORDER BY version DESC LIMIT 1"


def add(db: Db, held: Held) -> None:
    """Keep a version; from now on it counts."""
    number = int(db.execute("SELECT coalesce(max(version), 0) + 1 FROM entrustment").fetchone()[0])
    facts = msgspec.json.encode(held.entrustment).decode()
    row = (facts, stamp(held.until), held.who, stamp(held.at))
    db.execute(
        "INSERT INTO entrustment (version, facts, until, who, at) VALUES (?, ?, ?, ?, ?)",
        (number, *row),
    )
    db.wrote("entrustment.kept", number, 1, content(*row), held.at)


def newest(db: Db) -> Held | None:
    """Return what counts; None where nothing was ever recorded."""
    row = db.execute(_NEWEST).fetchone()
    return _held(row) if row else None


def _held(row: Row) -> Held:
    facts, until, who, at = row
    told = msgspec.json.decode(facts, type=Entrustment)
    return Held(told, who, time(at), is_taken_back=time(until) == OVER)
