"""How things stand, in numbers for whoever watches over the hub: who waits too long for what."""

from dataclasses import dataclass
from datetime import datetime

from sync.protocol.states import TaskStatus
from sync.server import erasure, tables
from sync.server.headers import PRIORITIES
from sync.server.stamps import moment, stamp
from sync.server.store import Db


@dataclass(frozen=True, slots=True)
class Standing:
    """What waits."""

    unanswered: dict[str, float]
    """Seconds since the oldest referral without an answer was sent, by priority; 0 for none."""
    open: int
    """Duties to destroy that nobody has attested and that have time left."""
    overdue: int
    backups: int
    """Bytes of sealed backups."""


def standing(db: Db, now: datetime) -> Standing:
    """Look how things stand."""
    duties = db.all(tables.erasure_duty, outcome=erasure.OPEN)
    overdue = sum(row["due_at"] <= stamp(now) for row in duties)
    waits = {priority: _waits(db, priority, now) for priority in sorted(PRIORITIES)}
    held = sum(row["held"] for row in db.all(tables.backup_room))
    return Standing(waits, len(duties) - overdue, overdue, held)


def _waits(db: Db, priority: str, now: datetime) -> float:
    asked = {"status": TaskStatus.REQUESTED.value, "priority": priority}
    row = db.oldest(tables.referral, "created_at", **asked)
    return max(0.0, (now - moment(row["created_at"])).total_seconds()) if row else 0.0
