"""Referrals as tasks: who may move them where (D-011), and how far the packet has come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sync.protocol.bodies import Stage, TaskMoved
from sync.protocol.messages import Header
from sync.protocol.states import (
    CONSENT_WITHDRAWN,
    Delivery,
    Party,
    TaskStatus,
    has_ended,
    may_move,
)
from sync.server import tables
from sync.server.refusals import Conflict, Rejected
from sync.server.stamps import stamp
from sync.server.store import Db, Row, Taken

_BEFORE = {
    Stage.DELIVERED: (Delivery.SENT.value,),
    Stage.OPENED: (Delivery.SENT.value, Delivery.DELIVERED.value),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A referral as its two parties and the hub know it."""

    ref: str
    consent: str
    from_org: str
    to_org: str
    digest: str
    status: TaskStatus
    reason: str
    version: int

    def party(self, org: str) -> Party:
        """Return the side that `org` is on, or reject it."""
        if org == self.to_org:
            return Party.TARGET
        if org == self.from_org:
            return Party.REQUESTER
        raise Rejected("not-your-task")

    def other(self, org: str) -> str:
        """Return the organisation on the other side."""
        return self.from_org if org == self.to_org else self.to_org


def begin(db: Db, header: Header, digest: str, now: datetime) -> Task:
    """Open a task for a new referral."""
    row = _row(header, digest, now)
    try:
        db.add(tables.referral, row)
    except Taken as error:
        raise Rejected("id-reused") from error
    return _task(row)


def find(db: Db, ref: str) -> Task:
    """Return the task, or reject whoever asks: unknown and foreign look the same."""
    row = db.locked(tables.referral, id=ref)
    if row is None:
        raise Rejected("not-your-task")
    return _task(row)


def under_consent(db: Db, org: str, consent: str) -> Sequence[Task]:
    """List the tasks that rest on a consent."""
    return [_task(row) for row in db.all(tables.referral, from_org=org, consent_id=consent)]


def move(db: Db, task: Task, moved: TaskMoved, org: str, now: datetime) -> Task:
    """Move the task if the rules allow it from where it stands now."""
    party = task.party(org)
    if moved.to not in set(TaskStatus):
        raise Rejected("malformed")
    to = TaskStatus(moved.to)
    is_stale = moved.expected_version not in {None, task.version}
    if may_move(task.status, to, party) and not is_stale:
        return _moved(db, task, to, moved.reason, now)
    if any(may_move(task.status, to, other) for other in set(Party) - {party}):
        raise Rejected("not-your-task")
    raise Conflict(task.status.value, task.version)


def recall(db: Db, task: Task, now: datetime) -> Task:
    """Cancel the task because its consent was withdrawn; one that has ended stays ended."""
    if has_ended(task.status):
        return task
    return _moved(db, task, TaskStatus.CANCELLED, CONSENT_WITHDRAWN, now)


def note_delivery(db: Db, task: Task, stage: Stage, now: datetime) -> None:
    """Remember how far the packet has come. It never goes back."""
    before = {"id": task.ref, "delivery": _BEFORE[stage]}
    db.change(tables.referral, before, delivery=stage.value, updated_at=stamp(now))


def _moved(db: Db, task: Task, to: TaskStatus, reason: str, now: datetime) -> Task:
    version = task.version + 1
    db.change(
        tables.referral,
        {"id": task.ref},
        status=to.value,
        reason=reason,
        version=version,
        updated_at=stamp(now),
    )
    return replace(task, status=to, reason=reason, version=version)


def _task(row: Row) -> Task:
    return Task(
        row["id"],
        row["consent_id"],
        row["from_org"],
        row["to_org"],
        row["digest"],
        TaskStatus(row["status"]),
        row["reason"],
        row["version"],
    )


def _row(header: Header, digest: str, now: datetime) -> Row:
    return {
        "id": header.ref,
        "consent_id": header.consent_id,
        "from_org": header.from_org,
        "to_org": header.to_org,
        "digest": digest,
        "priority": header.priority,
        "status": TaskStatus.REQUESTED.value,
        "reason": "",
        "delivery": Delivery.SENT.value,
        "version": 1,
        "created_at": stamp(now),
        "updated_at": stamp(now),
    }
