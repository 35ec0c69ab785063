"""What each kind of message does to the hub's books: one function a kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sync.protocol.bodies import (
    ConsentGiven,
    ConsentWithdrawn,
    DeliveryReceipt,
    ErasureAttest,
    ReferralCancel,
    TaskMoved,
)
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.messages import Header, Kind, Message
from sync.protocol.states import CONSENT_WITHDRAWN, Party, TaskStatus, has_ended
from sync.server import consents, directory, erasure, referrals
from sync.server.headers import check_codes
from sync.server.mailbox import Posting
from sync.server.referrals import Task
from sync.server.refusals import Rejected
from sync.server.store import Db

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message whose sender is proven."""

    header: Header
    message: Message
    digest: str
    now: datetime

    def body(self, kind: type[T]) -> T:
        """Read the clear body."""
        try:
            return read_json(kind, self.message.body)
        except Unreadable as error:
            raise Rejected("malformed") from error

    def posting(self, task: Task, org: str) -> Posting:
        """Return the event that tells `org` of this message."""
        header = self.header
        return Posting(
            org, header.kind, task.ref, header.id, task.status.value, task.version, task.reason
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of a message: the state to answer with, and whom to tell."""

    state: str = ""
    version: int = 0
    postings: tuple[Posting, ...] = ()


def take(db: Db, arrival: Arrival) -> Effect:
    """Apply the message, or raise `Rejected` or `Conflict`."""
    return _KINDS[arrival.header.kind](db, arrival)


def _consent_given(db: Db, arrival: Arrival) -> Effect:
    body = arrival.body(ConsentGiven)
    check_codes(body.digest, body.basis, *body.recipients, *body.item_codes)
    header = arrival.header
    return Effect(consents.give(db, header.from_org, header.ref, body, arrival.now))


def _consent_withdrawn(db: Db, arrival: Arrival) -> Effect:
    arrival.body(ConsentWithdrawn)
    header = arrival.header
    consents.withdraw(db, header.from_org, header.ref, arrival.now)
    tasks = referrals.under_consent(db, header.from_org, header.ref)
    ended = [referrals.recall(db, task, arrival.now) for task in tasks]
    erasure.destroy_sealed(db, [task.ref for task in ended])
    for task in ended:
        erasure.owe(db, task.ref, task.to_org, arrival.now)
    postings = tuple(
        Posting(
            task.to_org,
            header.kind,
            task.ref,
            header.id,
            task.status.value,
            task.version,
            CONSENT_WITHDRAWN,
        )
        for task in ended
    )
    return Effect(consents.WITHDRAWN, len(ended), postings)


def _referral_request(db: Db, arrival: Arrival) -> Effect:
    header = arrival.header
    _check_recipients(db, header.to_org, arrival)
    consents.check(db, header, arrival.now)
    task = referrals.begin(db, header, arrival.digest, arrival.now)
    return _told(arrival, task, header.to_org)


def _referral_cancel(db: Db, arrival: Arrival) -> Effect:
    reason = arrival.body(ReferralCancel).reason
    check_codes(reason)
    task = referrals.find(db, arrival.header.ref)
    if task.from_org != arrival.header.from_org:
        raise Rejected("not-your-task")
    moved = TaskMoved(TaskStatus.CANCELLED.value, reason)
    task = referrals.move(db, task, moved, task.from_org, arrival.now)
    erasure.destroy_request(db, task.ref)
    return _told(arrival, task, task.to_org)


def _delivery_receipt(db: Db, arrival: Arrival) -> Effect:
    body = arrival.body(DeliveryReceipt)
    task = _task_of_target(db, arrival)
    if body.digest != task.digest:
        raise Rejected("not-your-task")
    referrals.note_delivery(db, task, body.stage, arrival.now)
    return _told(arrival, task, task.from_org)


def _task_status(db: Db, arrival: Arrival) -> Effect:
    body = arrival.body(TaskMoved)
    check_codes(body.to, body.reason)
    org = arrival.header.from_org
    task = referrals.move(db, referrals.find(db, arrival.header.ref), body, org, arrival.now)
    if has_ended(task.status):
        erasure.destroy_request(db, task.ref)
    return _told(arrival, task, task.other(org))


def _task_note(db: Db, arrival: Arrival) -> Effect:
    task = _task_of_target(db, arrival)
    consents.check_not_withdrawn(db, task.from_org, task.consent)
    _check_recipients(db, task.from_org, arrival)
    return _told(arrival, task, task.from_org)


def _erasure_attest(db: Db, arrival: Arrival) -> Effect:
    body = arrival.body(ErasureAttest)
    check_codes(body.article)
    task = _task_of_target(db, arrival)
    erasure.attest(db, task.ref, task.to_org, body)
    return _told(arrival, task, task.from_org)


def _told(arrival: Arrival, task: Task, org: str) -> Effect:
    return Effect(task.status.value, task.version, (arrival.posting(task, org),))


def _task_of_target(db: Db, arrival: Arrival) -> Task:
    task = referrals.find(db, arrival.header.ref)
    if task.party(arrival.header.from_org) is not Party.TARGET:
        raise Rejected("not-your-task")
    return task


def _check_recipients(db: Db, to_org: str, arrival: Arrival) -> None:
    if arrival.header.to_org != to_org:
        raise Rejected("not-your-task")
    keys = {key.org: key.epoch for key in arrival.message.keys}
    if len(keys) != len(arrival.message.keys):
        raise Rejected("malformed")
    directory.check_recipients(db, to_org, arrival.header.from_org, keys)


_KINDS: dict[Kind, Callable[[Db, Arrival], Effect]] = {
    Kind.CONSENT_GIVEN: _consent_given,
    Kind.CONSENT_WITHDRAWN: _consent_withdrawn,
    Kind.REFERRAL_REQUEST: _referral_request,
    Kind.REFERRAL_CANCEL: _referral_cancel,
    Kind.DELIVERY_RECEIPT: _delivery_receipt,
    Kind.TASK_STATUS: _task_status,
    Kind.TASK_NOTE: _task_note,
    Kind.ERASURE_ATTEST: _erasure_attest,
}
