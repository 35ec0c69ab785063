"""What other desks of our own organisation did with a case, and what the hub settled meanwhile."""

from collections.abc import Callable
from enum import Enum, auto

from desktop.domain.consents import Item
from desktop.domain.inbox import Decided, Gone, Told
from desktop.domain.referrals import CAME_TOO_LATE, Appointment
from desktop.domain.text import LINE_LIMIT, masked
from desktop.services import bounds, inbox_ends
from desktop.services.inbox_proofs import Said
from desktop.vault import inbox, inbox_late, inbox_letters, inbox_reached, outbox
from desktop.vault.database import Db
from desktop.vault.inbox import OPENED, Case
from sync.client.errors import Tampered
from sync.client.sealing import header_of
from sync.protocol import bodies
from sync.protocol.answers import Result
from sync.protocol.bodies import DeliveryReceipt, Stage, TaskMoved, TaskNote
from sync.protocol.codec import read_json
from sync.protocol.messages import Header, Kind, Message, is_likely
from sync.protocol.states import TaskStatus, has_ended


def apply(db: Db, known: Case, colleague: Said) -> None:
    """Follow what our own organisation said elsewhere."""
    effect = _EFFECTS.get(colleague.event.kind)
    if effect is not None and known.gone is Gone.HERE:
        effect(db, known, colleague)
    elif known.gone is Gone.DECLINED and colleague.event.kind is Kind.TASK_STATUS:
        # Ours may still turn out to have come too late: then it is told when theirs was said.
        inbox.taken(db, known.ref, colleague.step(_told_status(colleague).value))


class Late(Enum):
    """What a decision that came too late was about."""

    NO_CASE = auto()
    KEPT = auto()
    """Ours is kept beside what stands, where they differ."""
    REOPENED = auto()
    """So it is, and what was told had been destroyed here: it has to be fetched anew."""


def conflicted(db: Db, message: Message, result: Result) -> Late:
    """Take the hub's state where a decision of ours came too late, and keep ours beside it."""
    header = header_of(message)
    known = inbox.case(db, header.ref) if header.kind is Kind.TASK_STATUS else None
    if known is None or result.state not in set(TaskStatus):
        return Late.NO_CASE
    outbox.remove(db, header.id)
    told, ours = TaskStatus(result.state), read_json(TaskMoved, message.body)
    decided = Decided(TaskStatus(ours.to), ours.reason, header.created)
    inbox_late.never_was(db, known.ref, header.id)
    if has_ended(told):
        # They were written on a decision that does not count.
        inbox_letters.hold_words(db, known.ref, CAME_TOO_LATE)
    is_ours = decided.status is told or told in _CALLED_OFF
    if known.gone is Gone.DECLINED and is_ours:
        return Late.KEPT
    inbox.forestalled(db, known.ref, inbox_letters.as_it_will_be(db, known.ref, told), told)
    if is_ours or known.gone not in {Gone.HERE, Gone.DECLINED}:
        inbox_late.chosen(db, known.ref, header.created)
        return Late.KEPT
    inbox_late.keep(db, known.ref, decided)
    if known.gone is Gone.DECLINED and not has_ended(told):
        inbox_late.reopen(db, known.ref)
        return Late.REOPENED
    return Late.KEPT


def sent(db: Db, header: Header, version: int) -> None:
    """Know how far what was sent has brought its case; let go of words of which none may stay."""
    known = inbox.case(db, header.ref) if header.kind in _SAID else None
    if known is None:
        return
    if header.kind is Kind.TASK_STATUS:
        inbox_reached.advanced(db, known.ref, version)
    elif known.gone is not Gone.HERE:
        outbox.remove(db, header.id)


def _moved(db: Db, known: Case, colleague: Said) -> None:
    moved, told = colleague.body(TaskMoved), _told_status(colleague)
    step = colleague.step(told.value)
    if not inbox_reached.advanced(db, known.ref, colleague.event.version):
        # Read once more, or told late. A step of ours that came after it may stand in no mailbox
        # of ours: the hub tells us our own words only while there are colleagues (D-152).
        inbox.taken(db, known.ref, step)
        return
    # What still waits here comes after all that the hub took.
    stands = inbox_letters.as_it_will_be(db, known.ref, told)
    inbox.moved(db, known.ref, stands, moved.reason[:80], step)
    if stands is TaskStatus.REJECTED:
        who = colleague.reader.enrolment.device
        inbox_ends.destroy(db, known.ref, Gone.DECLINED, who, colleague.moment)


def _told_status(colleague: Said) -> TaskStatus:
    told = colleague.body(TaskMoved).to
    if told not in set(TaskStatus):
        raise Tampered("body")
    return TaskStatus(told)


def _noted(db: Db, known: Case, colleague: Said) -> None:
    note = colleague.opened(TaskNote)
    asks = frozenset(item for item in Item if item.value in note.asks)
    said = note.appointment
    meeting = _appointment(said) if said and is_likely(said.at) else None
    told = Told(bounds.letter(note.text), colleague.event.at, meeting, asks)
    inbox.tell(db, known.ref, colleague.header.id, told)
    inbox.told_at(db, colleague.header.id, told.at)  # our own words come back, too


def _seen(db: Db, known: Case, colleague: Said) -> None:
    if colleague.body(DeliveryReceipt).stage is Stage.OPENED:
        inbox.taken(db, known.ref, colleague.step(OPENED))


def _appointment(told: bodies.Appointment) -> Appointment:
    return Appointment(told.at, masked(told.place[:LINE_LIMIT]), told.meeting)


_SAID = frozenset({Kind.TASK_STATUS, Kind.TASK_NOTE})
_CALLED_OFF = frozenset({TaskStatus.CANCELLED, TaskStatus.ENTERED_IN_ERROR})
"""By whoever asked: then there is nothing to choose."""
_EFFECTS: dict[Kind, Callable[[Db, Case, Said], None]] = {
    Kind.TASK_STATUS: _moved,
    Kind.TASK_NOTE: _noted,
    Kind.DELIVERY_RECEIPT: _seen,
}
