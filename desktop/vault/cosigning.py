"""Rows of what colleagues ask a supervisor to put a name to. The words go with the answer."""

from dataclasses import dataclass
from datetime import datetime

from desktop.vault.columns import stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands

WAITING, GIVEN, REFUSED, LAPSED = "waiting", "given", "refused", "lapsed"


@dataclass(frozen=True, slots=True)
class Question:
    """What waits for a name."""

    ref: str
    device: str
    packet: bytes
    asked_at: datetime


def keep(db: Db, question: Question) -> None:
    """Keep a question; heard again, it stays as it was answered."""
    added = db.execute(
        "INSERT INTO cosigning (id, device, packet, asked_at, state)"
        " VALUES (?, ?, ?, ?, 'waiting') ON CONFLICT DO NOTHING",
        (question.ref, question.device, question.packet, stamp(question.asked_at)),
    ).rowcount
    if added:
        as_it_stands(db, "cosigning.asked", question.ref, 1, question.asked_at)


def waiting(db: Db) -> tuple[Question, ...]:
    """Return what waits for a name, the oldest first."""
    rows = db.execute(
        "SELECT id, device, packet, asked_at FROM cosigning WHERE state = 'waiting'"
        " ORDER BY asked_at"
    )
    return tuple(Question(ref, device, bytes(raw), time(at)) for ref, device, raw, at in rows)


def settle(db: Db, ref: str, state: str, at: datetime) -> bool:
    """Write down the answer and destroy the words; False where there was no question."""
    settled = db.execute(
        "UPDATE cosigning SET state = ?, decided_at = ?, packet = x'' WHERE id = ?"
        " AND state = 'waiting'",
        (state, stamp(at), ref),
    ).rowcount
    if settled:
        as_it_stands(db, f"cosigning.{state}", ref, 2, at)
    return bool(settled)
