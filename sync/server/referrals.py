"""Referrals as tasks: who may move them where (D-011), and how far the packet has come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from sync.protocol.bodies import Recalled, Stage, TaskMoved
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
from sync.server.refusals import Conflict, Early, Rejected, Unknown
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
    from_org: str
    to_org: str
    digests: tuple[str, ...]
    """Of the request and of every amendment: a receipt names one of them."""
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
        db.add_new(tables.referral, row)
    except Taken as error:
        raise Rejected("id-reused") from error
    if header.consent_id:
        db.add_later(tables.referral_basis, _basis(header))
    return _task(row)


def remember(db: Db, header: Header, told: Recalled, now: datetime) -> None:
    """Know of a referral under a consent that is being withdrawn, if it was lost by a restore."""
    known = db.one(tables.referral, id=told.ref)
    if known is None:
        lost = msgspec.structs.replace(header, ref=told.ref, to_org=told.to_org)
        db.add(tables.referral, _row(lost, "", now))
    elif (known["from_org"], known["to_org"]) != (header.from_org, told.to_org):
        return
    _stand_on(db, msgspec.structs.replace(header, ref=told.ref, consent_id=header.ref))


def amend(db: Db, header: Header, digest: str, now: datetime) -> Task:
    """Take another packet in place of the one before, which may stand on another consent."""
    task = find(db, header.ref)
    if (task.from_org, task.to_org) != (header.from_org, header.to_org):
        raise Rejected("not-your-task")
    if has_ended(task.status):
        raise Conflict(task.status.value, task.version)
    digests, version = (*task.digests, digest), task.version + 1
    told = {"digests": " ".join(digests), "version": version, "updated_at": stamp(now)}
    db.change(tables.referral, {"id": task.ref}, **told)
    _stand_on(db, header)
    return replace(task, digests=digests, version=version)


def find(db: Db, ref: str) -> Task:
    """Return the task, or reject whoever asks: unknown and foreign look the same."""
    row = db.locked(tables.referral, id=ref)
    if row is None:
        raise Unknown
    return _task(row)


def seen(db: Db, ref: str) -> Task:
    """Return the task as it stands, not locked: for what must be locked before it."""
    row = db.one(tables.referral, id=ref)
    if row is None:
        raise Unknown
    return _task(row)


def standing_on(db: Db, org: str, consent: str) -> list[str]:
    """Return the ids of the referrals that rest on a consent."""
    rows = db.all(tables.referral_basis, from_org=org, consent_id=consent)
    return [row["referral_id"] for row in rows]


def under_consent(db: Db, org: str, consent: str) -> Sequence[Task]:
    """List the tasks that rest on a consent."""
    refs = standing_on(db, org, consent)
    # Locked, so that an amendment on another hub process waits for this withdrawal.
    rows = [db.locked(tables.referral, id=ref) for ref in refs]
    return [_task(row) for row in rows if row]


def consents_of(db: Db, task: Task) -> tuple[str, ...]:
    """Return every consent that something told in the referral stands on."""
    rows = db.all(tables.referral_basis, referral_id=task.ref)
    return tuple(row["consent_id"] for row in rows)


def move(db: Db, task: Task, moved: TaskMoved, org: str, now: datetime) -> Task:
    """Move the task if the rules allow it from where it stands now."""
    party = task.party(org)
    if moved.to not in set(TaskStatus):
        raise Rejected("malformed")
    to = TaskStatus(moved.to)
    is_stale = moved.expected_version not in {None, task.version}
    is_allowed = may_move(task.status, to, party)
    if is_allowed and not is_stale:
        return _moved(db, task, to, moved.reason, now)
    others = set(Party) - {party}
    if not is_allowed and any(may_move(task.status, to, other) for other in others):
        raise Rejected("not-your-task")
    is_unanswered = task.status is TaskStatus.REQUESTED
    if is_unanswered and not is_allowed and may_move(TaskStatus.ACCEPTED, to, party):
        # The yes it follows may be another device's, and lost since a restore.
        raise Early(task.status.value, task.version)
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


def came_by(db: Db, ref: str, since: datetime) -> None:
    """Count a referral that came from a future as come at this time."""
    row = db.locked(tables.referral, id=ref)
    if row is not None and row["created_at"] > stamp(since):
        db.change(tables.referral, {"id": ref}, created_at=stamp(since))


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


def _basis(header: Header) -> Row:
    names = {"from_org": header.from_org, "consent_id": header.consent_id}
    return {**names, "referral_id": header.ref}


def _stand_on(db: Db, header: Header) -> None:
    row = _basis(header)
    if db.one(tables.referral_basis, **row) is None:
        db.add(tables.referral_basis, row)


def _task(row: Row) -> Task:
    return Task(
        row["id"],
        row["from_org"],
        row["to_org"],
        tuple(row["digests"].split()),
        TaskStatus(row["status"]),
        row["reason"],
        row["version"],
    )


def _row(header: Header, digest: str, now: datetime) -> Row:
    return {
        "id": header.ref,
        "from_org": header.from_org,
        "to_org": header.to_org,
        "digests": digest,
        "priority": header.priority,
        "status": TaskStatus.REQUESTED.value,
        "reason": "",
        "delivery": Delivery.SENT.value,
        "version": 1,
        "created_at": stamp(now),
        "updated_at": stamp(now),
    }
