"""What each kind of message does to the hub's books: one function a kind."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sync.protocol.bodies import (
    ITEM_CODES,
    RECIPIENTS,
    ConsentGiven,
    ConsentWithdrawn,
    DeliveryReceipt,
    ErasureAttest,
    ReferralCancel,
    TaskMoved,
)
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.disclosures import CosignGiven, CosignRefused, is_by_law
from sync.protocol.messages import Header, Kind, Message
from sync.protocol.states import CONSENT_WITHDRAWN, Party, TaskStatus, has_ended
from sync.server import consents, directory, disclosures, erasure, recalls, referrals, reminders
from sync.server.headers import check_codes, check_few, check_numbers, check_times, check_written
from sync.server.mailbox import Posting
from sync.server.referrals import Task
from sync.server.refusals import Rejected, Unknown
from sync.server.store import Db

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that is whole; before it is taken, its sender is proven."""

    header: Header
    message: Message
    digest: str
    now: datetime
    has_colleagues: bool = False
    """Whether the sender's organisation has other devices, which follow the same referrals."""

    @property
    def is_withdrawal(self) -> bool:
        """Say whether it ends a consent."""
        return self.header.kind is Kind.CONSENT_WITHDRAWN

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
    disclosures.check_path(arrival.header, arrival.message)
    return _KINDS[arrival.header.kind](db, arrival)


def _consent_given(db: Db, arrival: Arrival) -> Effect:
    body = arrival.body(ConsentGiven)
    check_few(len(body.recipients), RECIPIENTS)
    check_few(len(body.item_codes), ITEM_CODES)
    check_codes(body.digest, body.basis, *body.recipients, *body.item_codes)
    check_times(body.valid_until)
    header = arrival.header
    return Effect(consents.give(db, header.from_org, header.ref, body, arrival.now))


def _consent_withdrawn(db: Db, arrival: Arrival) -> Effect:
    body, header = arrival.body(ConsentWithdrawn), arrival.header
    check_written(body.at)
    recalls.check(body)
    consents.withdraw(db, header.from_org, header.ref, arrival.now)
    recalls.learn(db, header, body.referrals, arrival.now)
    tasks = referrals.under_consent(db, header.from_org, header.ref)
    ended = [referrals.recall(db, task, arrival.now) for task in tasks]
    erasure.destroy_sealed(db, [task.ref for task in ended])
    for task in ended:
        erasure.owe(db, task.ref, task.to_org, arrival.now)
        reminders.answered(db, task.ref)
        if erasure.is_open(db, task.ref):  # not of what an earlier end has settled
            reminders.expect_erasure(db, task.ref, arrival.now)
    told = [_told(db, arrival, replace(task, reason=CONSENT_WITHDRAWN)) for task in ended]
    postings = tuple(posting for effect in told for posting in effect.postings)
    return Effect(consents.WITHDRAWN, len(ended), postings)


def _referral_request(db: Db, arrival: Arrival) -> Effect:
    header = arrival.header
    _check_recipients(db, header.to_org, arrival)
    is_law = is_by_law(header.basis)
    if is_law:
        disclosures.check(db, header, arrival.message, arrival.now)
        disclosures.enter(db, header, arrival.now)
    else:
        consents.check(db, header, arrival.now)
    task = referrals.begin(db, header, arrival.digest, arrival.now)
    reminders.expect_answer(db, task.ref, header.priority, arrival.now)
    return _told(db, arrival, task, is_law=is_law)


def _referral_amend(db: Db, arrival: Arrival) -> Effect:
    header = arrival.header
    _check_recipients(db, header.to_org, arrival)
    if disclosures.stands_on_law(db, header.ref):
        raise Rejected(disclosures.BASIS_REFUSED)
    consents.check(db, header, arrival.now)
    before = referrals.seen(db, header.ref)
    consents.check_not_withdrawn(db, before.from_org, referrals.consents_of(db, before))
    return _told(db, arrival, referrals.amend(db, header, arrival.digest, arrival.now))


def _referral_cancel(db: Db, arrival: Arrival) -> Effect:
    reason = arrival.body(ReferralCancel).reason
    check_codes(reason)
    recalls.learn_called_off(db, arrival.header, arrival.now)
    task = referrals.find(db, arrival.header.ref)
    if task.from_org != arrival.header.from_org:
        raise Rejected("not-your-task")
    if task.status is not TaskStatus.CANCELLED:
        moved = TaskMoved(TaskStatus.CANCELLED.value, reason)
        task = referrals.move(db, task, moved, task.from_org, arrival.now)
        erasure.destroy_request(db, task.ref)
        reminders.answered(db, task.ref)
    elif task.reason != reason or recalls.is_over(db, task):
        return Effect(task.status.value, task.version)  # withdrawn: its agency has heard
    return _told(db, arrival, task)  # also once more: who said it may not have been proven


def _delivery_receipt(db: Db, arrival: Arrival) -> Effect:
    body = arrival.body(DeliveryReceipt)
    task = _task_of_target(db, arrival)
    if body.digest not in task.digests:
        # It may be an amendment's that a restore lost; to what has ended none is taken again.
        raise Rejected("not-your-task") if has_ended(task.status) else Unknown
    referrals.note_delivery(db, task, body.stage, arrival.now)
    return _told(db, arrival, task)


def _task_status(db: Db, arrival: Arrival) -> Effect:
    body = arrival.body(TaskMoved)
    check_codes(body.to, body.reason)
    check_numbers(body.expected_version or 0)
    org = arrival.header.from_org
    task = referrals.move(db, referrals.find(db, arrival.header.ref), body, org, arrival.now)
    reminders.answered(db, task.ref)
    if has_ended(task.status):
        erasure.destroy_request(db, task.ref)
    return _told(db, arrival, task)


def _task_note(db: Db, arrival: Arrival) -> Effect:
    before = referrals.seen(db, arrival.header.ref)
    consents.check_not_withdrawn(db, before.from_org, referrals.consents_of(db, before))
    task = _task_of_target(db, arrival)
    _check_recipients(db, task.from_org, arrival)
    return _told(db, arrival, task)


def _erasure_attest(db: Db, arrival: Arrival) -> Effect:
    body = arrival.body(ErasureAttest)
    check_codes(body.article)
    task = _task_of_target(db, arrival)
    recalls.attest(db, task, body, arrival.now)
    reminders.erased(db, task.ref)
    return _told(db, arrival, task)


def _cosign_request(db: Db, arrival: Arrival) -> Effect:
    disclosures.check_asked(db, arrival.header, arrival.message)
    return _told_inside(arrival)


def _cosign_answer(db: Db, arrival: Arrival) -> Effect:
    is_given = arrival.header.kind is Kind.COSIGN_GIVEN
    body = arrival.body(CosignGiven) if is_given else arrival.body(CosignRefused)
    disclosures.settle(db, arrival.header, body)
    return _told_inside(arrival)


def _told_inside(arrival: Arrival) -> Effect:
    """Tell our own organisation alone; `disclosures.shown` says which of its devices."""
    header = arrival.header
    return Effect(postings=(Posting(header.from_org, header.kind, header.ref, header.id),))


def _told(db: Db, arrival: Arrival, task: Task, *, is_law: bool | None = None) -> Effect:
    """Tell the other side, and the other devices of the sender's own organisation.

    `is_law`: whether the referral stands on a law; None where the books must be asked.
    """
    org = arrival.header.from_org
    told = {task.other(org), *((org,) if arrival.has_colleagues else ())}
    if org == task.from_org in told:
        is_hidden = disclosures.stands_on_law(db, task.ref) if is_law is None else is_law
        # A colleague would see which device reported.
        told -= {org} if is_hidden else set()
    postings = tuple(arrival.posting(task, each) for each in sorted(told))
    return Effect(task.status.value, task.version, postings)


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
    Kind.REFERRAL_AMEND: _referral_amend,
    Kind.REFERRAL_CANCEL: _referral_cancel,
    Kind.DELIVERY_RECEIPT: _delivery_receipt,
    Kind.TASK_STATUS: _task_status,
    Kind.TASK_NOTE: _task_note,
    Kind.ERASURE_ATTEST: _erasure_attest,
    Kind.COSIGN_REQUEST: _cosign_request,
    Kind.COSIGN_GIVEN: _cosign_answer,
    Kind.COSIGN_REFUSED: _cosign_answer,
}
