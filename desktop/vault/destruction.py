"""The destruction log: how many of what kind, when, by whom, under which rule. Nobody in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from desktop.domain.retention import Ground
from desktop.vault.columns import content, stamp, time
from desktop.vault.database import Db


@dataclass(frozen=True, slots=True)
class Entry:
    """One destruction. `number` is chance: it leads to nothing."""

    number: UUID
    at: datetime
    who: str
    ground: Ground
    counts: Mapping[str, int]
    """Kind of record to how many."""


def add(db: Db, entry: Entry) -> None:
    """Write one down, in the transaction that destroys."""
    counts = msgspec.json.encode(dict(sorted(entry.counts.items()))).decode()
    row = (str(entry.number), stamp(entry.at), entry.who, entry.ground.value, counts)
    db.execute(
        "INSERT INTO destruction (number, at, who, ground, counts) VALUES (?, ?, ?, ?, ?)", row
    )
    db.wrote("destruction.done", entry.number, 1, content(*row), entry.at)


def every(db: Db) -> tuple[Entry, ...]:
    """Return the whole log, newest first."""
    rows = db.execute("SELECT number, at, who, ground, counts FROM destruction ORDER BY at DESC")
    return tuple(
        Entry(
            UUID(number), time(at), who, Ground(ground),
            msgspec.json.decode(counts, type=dict[str, int]),
        )
        for number, at, who, ground, counts in rows
    )  # fmt: skip
