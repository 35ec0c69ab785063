"""What whoever asked did with a case, and nobody has looked at on this laptop yet.

What was seen is named by what proves it, beside it: no clock and no order has to be right.
"""

from datetime import datetime
from uuid import UUID

from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Gone
from desktop.vault.columns import stamp, time_or_none
from desktop.vault.database import Db
from desktop.vault.inbox import AMENDED, OPENED
from desktop.vault.subjects import as_it_stands
from sync.protocol.states import TaskStatus

SEEN = "seen:"
"""A step that begins so says that the one it names was looked at here. No page shows it."""
_STEPS = (
    AMENDED, Gone.WITHDRAWN.value, TaskStatus.CANCELLED.value, TaskStatus.ENTERED_IN_ERROR.value,
)  # fmt: skip
# Of what nobody had looked at before, nothing has changed for anybody.
_UNSEEN = (
    " FROM received_step s WHERE s.step IN (?1, ?2, ?3, ?4)"
    " AND EXISTS (SELECT 1 FROM received_step o WHERE o.received = s.received AND o.step = ?5)"
    " AND NOT EXISTS (SELECT 1 FROM received_step m WHERE m.received = s.received"
    " AND m.proof = s.proof AND m.step = ?6 || s.step)"
)
_OURS = (*_STEPS, OPENED, SEEN)


def unseen_at(db: Db, ref: str) -> datetime | None:
    """Return when the newest of it happened to a case; None: all of it was seen."""
    found = db.execute(
        "SELECT max(s.at)" + _UNSEEN + " AND s.received = ?7", (*_OURS, ref)
    ).fetchone()
    return time_or_none(found[0] or "")


def to_look_at(db: Db, since: datetime) -> tuple[ReferralId, ...]:
    """Return the cases to which some of it happened since then, or with two decisions."""
    rows = db.execute("SELECT s.received" + _UNSEEN + " AND s.at >= ?7", (*_OURS, stamp(since)))
    late = db.execute("SELECT received FROM received_late")
    refs = dict.fromkeys(ref for (ref,) in (*rows.fetchall(), *late.fetchall()))
    return tuple(ReferralId(UUID(ref)) for ref in refs)


def seen(db: Db, ref: str, now: datetime) -> None:
    """Remember that somebody has looked at a case as it stands."""
    added = db.execute(
        "INSERT INTO received_step (received, proof, step, at)"
        " SELECT s.received, s.proof, ?6 || s.step, ?8" + _UNSEEN + " AND s.received = ?7",
        (*_OURS, ref, stamp(now)),
    ).rowcount
    if added:
        as_it_stands(db, "received.looked", ref, 1, now)
