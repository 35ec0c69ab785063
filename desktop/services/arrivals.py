"""What came for us: each event is proven before it moves anything (I7)."""

from collections.abc import Callable
from uuid import UUID

from desktop.domain.consents import Item
from desktop.domain.ids import ReferralId
from desktop.domain.kept_laws import KEPT
from desktop.domain.moment import Moment
from desktop.domain.referrals import CAME_TOO_LATE, Appointment, Erasure, Tracking, may_become
from desktop.domain.text import LINE_LIMIT, masked
from desktop.services import bounds, called_off, colleagues, withdrawals
from desktop.services.proofs import Proven, Reader, proven, read_as
from desktop.vault import amendments, answers, carrying, outbox, referrals, steps
from desktop.vault.database import Db
from desktop.vault.steps import Step
from sync.client.errors import KeyUnusable, Tampered
from sync.client.sealing import header_of, open_sealed
from sync.protocol import bodies
from sync.protocol.answers import Event
from sync.protocol.bodies import DeliveryReceipt, ErasureAttest, TaskMoved, TaskNote
from sync.protocol.messages import Kind, Message, is_likely
from sync.protocol.states import (
    ERASURE_OVERDUE,
    SILENT,
    STILL_SILENT,
    Delivery,
    Party,
    TaskStatus,
    has_ended,
    may_move,
)

_REMINDERS = frozenset({SILENT, STILL_SILENT, ERASURE_OVERDUE})


def apply(db: Db, reader: Reader, event: Event) -> None:
    """Apply one event; what is not about a referral of ours changes nothing.

    Raises `Untrusted` when the event does not prove what it says.
    """
    tracking = _referral(db, event.ref)
    if tracking is None:
        return
    if not is_likely(event.at):
        raise Tampered("time")
    try:
        if event.kind is Kind.REMINDER:
            _reminded(db, event, tracking)
        elif event.message is not None:
            # Without its message an event proves nothing: the hub has destroyed it.
            _heard(db, reader, event, event.message, tracking)
    except KeyUnusable as error:
        raise Tampered("key") from error


def _reminded(db: Db, event: Event, tracking: Tracking) -> None:
    # The hub's own word, which nobody signs: it moves nothing, and says whom the hub reminded.
    if event.reason in _REMINDERS:
        step = Step(event.reason, event.at, f"event {event.seq}")
        steps.taken(db, tracking.referral.id, step)


def _heard(db: Db, reader: Reader, event: Event, message: Message, tracking: Tracking) -> None:
    header, own = header_of(message), reader.enrolment.org
    if header.from_org == own:
        # Our own words too: a vault put back to an earlier day may have forgotten them.
        colleagues.apply(db, proven(reader, event, message, tracking, own))
        return
    effect = _EFFECTS.get(event.kind)
    if effect is None:
        return
    said = proven(reader, event, message, tracking, tracking.referral.agency)
    if header.ref != event.ref:
        raise Tampered("event")
    if header.to_org not in ("", own):
        raise Tampered("recipient")
    effect(db, said)


def _referral(db: Db, ref: str) -> Tracking | None:
    try:
        return referrals.one(db, ReferralId(UUID(ref)))
    except ValueError:
        return None


def _delivery(db: Db, said: Proven) -> None:
    body = said.body(DeliveryReceipt)
    if amendment := amendments.message_of(db, said.referral, body.digest):
        outbox.amendment_proven(db, amendment)
        return
    if body.digest != referrals.digest_of(db, said.referral):
        if _may_have_told_more(db, said.tracking):
            return
        raise Tampered("digest")
    delivery = Delivery(body.stage.value)
    steps.delivered(db, said.referral, delivery, said.event.at, said.id)
    outbox.request_proven(db, said.referral)
    moment = Moment(said.event.at, UUID(said.id))
    withdrawals.agency_has_it(db, said.tracking, moment)


def _may_have_told_more(db: Db, tracking: Tracking) -> bool:
    """Say whether this vault may have forgotten what it told in addition, as one put back does."""
    is_asked = any(reply.asks for reply in tracking.replies)
    return is_asked and carrying.restored(db) is not None


def _status(db: Db, said: Proven) -> None:
    moved = said.body(TaskMoved)
    if moved.to not in set(TaskStatus):
        raise Tampered("body")
    to = TaskStatus(moved.to)
    # An answer that crossed a withdrawal on the way comes too late, which is nobody's fault.
    if may_move(said.tracking.status, to, Party.TARGET) and steps.is_new(db, said.id):
        steps.moved(db, said.referral, to, moved.reason[:80], said.step(to.value))
        if has_ended(to) and called_off.left_untold(db, said.tracking):
            steps.has_problem(db, said.referral, CAME_TOO_LATE)


def _note(db: Db, said: Proven) -> None:
    own = said.reader.enrolment
    packet = open_sealed(said.message, own.org, own.org_keys, said.sign_pub)
    note = read_as(TaskNote, packet)
    steps.replied(db, said.referral, said.id, bounds.letter(note.text), said.event.at)
    asked = frozenset(item for item in Item if item.value in note.asks)
    if asked:
        answers.asked(db, said.referral, said.id, asked)
    if note.appointment and is_likely(note.appointment.at):
        answers.appointed(db, said.referral, said.id, _appointment(note.appointment))


def _appointment(told: bodies.Appointment) -> Appointment:
    return Appointment(told.at, masked(told.place[:LINE_LIMIT]), told.meeting)


def _erasure(db: Db, said: Proven) -> None:
    body = said.body(ErasureAttest)
    if body.outcome not in (Erasure.DESTROYED, Erasure.RETAINED):
        raise Tampered("body")
    outcome = Erasure(body.outcome)
    if not may_become(said.tracking.erasure, outcome):
        return
    steps.owed(db, said.referral, outcome, said.step(outcome.value))
    if outcome is Erasure.RETAINED:
        steps.has_problem(db, said.referral, f"{KEPT}{body.article[:80]}")


_EFFECTS: dict[Kind, Callable[[Db, Proven], None]] = {
    Kind.DELIVERY_RECEIPT: _delivery,
    Kind.TASK_STATUS: _status,
    Kind.TASK_NOTE: _note,
    Kind.ERASURE_ATTEST: _erasure,
}
