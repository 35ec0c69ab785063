"""Who is reminded of what, and when: a referral that nobody answers must not stay silent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sync.protocol.messages import Kind
from sync.protocol.states import (
    ERASURE_OVERDUE,
    ERASURE_WITHIN,
    SILENT,
    STILL_SILENT,
    TaskStatus,
    answer_within,
)
from sync.server import disclosures, erasure, mailbox, referrals, statements, tables
from sync.server.headers import PRIORITIES
from sync.server.mailbox import Posting
from sync.server.referrals import Task
from sync.server.stamps import stamp
from sync.server.steady import APART
from sync.server.store import Db, Row

COORDINATOR = "coordinator"
"""Row of `meta` that names the organisation which hears of what stays silent."""
AT_ONCE = 500
"""Reminders sent in one transaction; the rest a moment later."""
_ANSWER = (SILENT, STILL_SILENT)


def expect_answer(db: Db, ref: str, priority: str, now: datetime) -> None:
    """Remind both sides of a new referral when nobody has said yes or no in time."""
    due = stamp(now + answer_within(priority))
    db.add_later(tables.reminder, {"referral_id": ref, "reason": SILENT, "due_at": due})


def answered(db: Db, ref: str) -> None:
    """Remind nobody of an answer: it has come, or is no longer wanted."""
    db.remove(tables.reminder, referral_id=ref, reason=_ANSWER)


def expect_erasure(db: Db, ref: str, now: datetime) -> None:
    """Remind of a duty to destroy that nobody has attested in time."""
    _plan(db, ref, ERASURE_OVERDUE, now + ERASURE_WITHIN)


def erased(db: Db, ref: str) -> None:
    """Remind nobody of a duty: it is done."""
    db.remove(tables.reminder, referral_id=ref, reason=ERASURE_OVERDUE)


def send(db: Db, now: datetime) -> frozenset[str]:
    """Remind everyone of what is due; return the organisations that have news."""
    due = db.due(tables.reminder, "due_at", stamp(now), AT_ONCE)
    postings = [
        posting for row in due for posting in _sent(db, row["referral_id"], row["reason"], now)
    ]
    return mailbox.deliver(db, postings, now)


def put_right(db: Db, since: datetime, now: datetime) -> None:
    """Plan from `since` on what lies further ahead than anything can be put off now (D-157)."""
    for priority in sorted(PRIORITIES):
        limits = {_ANSWER: answer_within(priority), (ERASURE_OVERDUE,): ERASURE_WITHIN}
        for reasons, limit in limits.items():
            asked = {"priority": priority, "reasons": reasons, "few": AT_ONCE}
            beyond = stamp(now + limit + APART)
            for row in db.asked(statements.put_off(), beyond=beyond, **asked):
                _plan_anew(db, row, since, limit)


def set_coordinator(db: Db, org: str) -> None:
    """From now on this organisation hears of what stays silent."""
    if not db.change(tables.meta, {"key": COORDINATOR}, value=org):
        db.add(tables.meta, {"key": COORDINATOR, "value": org})


def _sent(db: Db, ref: str, reason: str, now: datetime) -> Sequence[Posting]:
    # Locked and asked again: an answer, or another hub process, may have come first.
    row = db.locked(tables.referral, id=ref)
    if row is None or not db.remove(tables.reminder, referral_id=ref, reason=reason):
        return ()
    task = referrals.seen(db, ref)
    if reason in _ANSWER and task.status is not TaskStatus.REQUESTED:
        return ()
    if reason == ERASURE_OVERDUE and not erasure.is_open(db, ref):
        return ()
    if reason == SILENT:
        _plan(db, ref, STILL_SILENT, now + answer_within(row["priority"]))
    told = {task.from_org, task.to_org}
    # Who asked whom would tell the coordinator who reported (D-139).
    if reason != SILENT and not disclosures.stands_on_law(db, ref):
        told |= _coordinators(db)
    return [_posting(task, org, reason) for org in sorted(told)]


def _plan_anew(db: Db, row: Row, since: datetime, limit: timedelta) -> None:
    ref, key = row["referral_id"], {name: row[name] for name in ("referral_id", "reason")}
    # Locked first, as by whoever answers.
    referrals.came_by(db, ref, since)
    db.change(tables.reminder, key, due_at=stamp(since + limit))
    if row["reason"] == ERASURE_OVERDUE:
        erasure.owe_since(db, ref, since)


def _posting(task: Task, org: str, reason: str) -> Posting:
    return Posting(org, Kind.REMINDER, task.ref, "", task.status.value, task.version, reason)


def _plan(db: Db, ref: str, reason: str, due: datetime) -> None:
    key = {"referral_id": ref, "reason": reason}
    if db.one(tables.reminder, **key) is None:
        db.add(tables.reminder, {**key, "due_at": stamp(due)})


def _coordinators(db: Db) -> set[str]:
    row = db.one(tables.meta, key=COORDINATOR)
    return {row["value"]} if row else set()
