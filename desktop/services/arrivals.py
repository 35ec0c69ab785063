"""What came for us: each event is proven before it moves anything (I7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from desktop.domain.ids import ReferralId
from desktop.domain.referrals import Erasure, Tracking
from desktop.domain.text import masked
from desktop.vault import outbox, referrals, steps
from desktop.vault.database import Db
from desktop.vault.steps import Step
from sync.client.directory import sender_of
from sync.client.enrolment import Enrolment
from sync.client.errors import CertRefused, KeyUnusable, Tampered
from sync.client.sealing import header_of, open_sealed, verify_clear
from sync.protocol.answers import Event
from sync.protocol.bodies import DeliveryReceipt, ErasureAttest, TaskMoved, TaskNote
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.directory import DirectoryBook
from sync.protocol.messages import Kind, Message, is_likely
from sync.protocol.states import Delivery, Party, TaskStatus, has_ended, may_move

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, whom we know, and when."""

    enrolment: Enrolment
    book: DirectoryBook
    now: datetime


@dataclass(frozen=True, slots=True)
class Proven:
    """An event whose message the referral's own agency has signed."""

    event: Event
    message: Message
    id: str
    tracking: Tracking
    sign_pub: bytes
    reader: Reader

    @property
    def referral(self) -> ReferralId:
        """Return which referral it is about."""
        return self.tracking.referral.id

    def step(self, name: str) -> Step:
        """Return the step that this proves."""
        return Step(name, self.event.at, self.id)

    def body(self, kind: type[T]) -> T:
        """Read the signed clear body."""
        verify_clear(self.message, self.sign_pub)
        return _read(kind, self.message.body)


def apply(db: Db, reader: Reader, event: Event) -> None:
    """Apply one event; what is not about a referral of ours changes nothing.

    Raises `Untrusted` when the event does not prove what it says.
    """
    effect = _EFFECTS.get(event.kind)
    tracking = _referral(db, event.ref)
    # Without its message an event proves nothing: the hub made it, or has destroyed the message.
    if effect is None or tracking is None or event.message is None:
        return
    if not is_likely(event.at):
        raise Tampered("time")
    try:
        effect(db, _proven(reader, event, event.message, tracking))
    except KeyUnusable as error:
        raise Tampered("key") from error


def _referral(db: Db, ref: str) -> Tracking | None:
    try:
        return referrals.one(db, ReferralId(UUID(ref)))
    except ValueError:
        return None


def _proven(reader: Reader, event: Event, message: Message, tracking: Tracking) -> Proven:
    # A certificate that has run out since was good when the hub took the message.
    at = min(reader.now, event.at)
    claim = sender_of(message, event.cert, reader.book, at)
    header = header_of(message)
    if claim.org != tracking.referral.agency:
        raise CertRefused("another agency")
    if (header.kind, header.ref) != (event.kind, event.ref):
        raise Tampered("event")
    if header.to_org not in ("", reader.enrolment.org):
        raise Tampered("recipient")
    return Proven(event, message, header.id, tracking, claim.sign_pub, reader)


def _delivery(db: Db, proven: Proven) -> None:
    body = proven.body(DeliveryReceipt)
    if body.digest != referrals.digest_of(db, proven.referral):
        raise Tampered("digest")
    delivery = Delivery(body.stage.value)
    steps.delivered(db, proven.referral, delivery, proven.event.at, proven.id)
    outbox.proven(db, proven.referral)


def _status(db: Db, proven: Proven) -> None:
    moved = proven.body(TaskMoved)
    if moved.to not in set(TaskStatus):
        raise Tampered("body")
    to = TaskStatus(moved.to)
    # An answer that crossed a withdrawal on the way comes too late, which is nobody's fault.
    if may_move(proven.tracking.status, to, Party.TARGET) and steps.is_new(db, proven.id):
        steps.moved(db, proven.referral, to, moved.reason, proven.step(to.value))
        if has_ended(to):
            outbox.ended(db, proven.referral)


def _note(db: Db, proven: Proven) -> None:
    own = proven.reader.enrolment
    packet = open_sealed(proven.message, own.org, own.org_keys, proven.sign_pub)
    note = _read(TaskNote, packet)
    steps.replied(db, proven.referral, proven.id, masked(note.text), proven.event.at)


def _erasure(db: Db, proven: Proven) -> None:
    body = proven.body(ErasureAttest)
    if body.outcome not in (Erasure.DESTROYED, Erasure.RETAINED):
        raise Tampered("body")
    if proven.tracking.erasure is not Erasure.OWED:
        return
    outcome = Erasure(body.outcome)
    steps.owed(db, proven.referral, outcome, proven.step(outcome.value))
    if outcome is Erasure.RETAINED:
        steps.has_problem(db, proven.referral, f"retained:{body.article[:80]}")


def _read(kind: type[T], raw: bytes) -> T:
    try:
        return read_json(kind, raw)
    except Unreadable as error:
        raise Tampered("body") from error


_EFFECTS: dict[Kind, Callable[[Db, Proven], None]] = {
    Kind.DELIVERY_RECEIPT: _delivery,
    Kind.TASK_STATUS: _status,
    Kind.TASK_NOTE: _note,
    Kind.ERASURE_ATTEST: _erasure,
}
