"""What other desks of our own organisation did with a case, and what the hub settled meanwhile."""

from collections.abc import Callable

from desktop.domain.consents import Item
from desktop.domain.inbox import Gone, Told
from desktop.domain.referrals import Appointment
from desktop.domain.text import LINE_LIMIT, masked
from desktop.services import inbox_ends
from desktop.services.inbox_proofs import Said
from desktop.vault import inbox, inbox_letters, outbox
from desktop.vault.database import Db
from desktop.vault.inbox import OPENED, Case
from sync.client.errors import Tampered
from sync.protocol import bodies
from sync.protocol.answers import Result
from sync.protocol.bodies import DeliveryReceipt, Stage, TaskMoved, TaskNote
from sync.protocol.messages import Header, Kind, is_likely
from sync.protocol.states import TaskStatus


def apply(db: Db, known: Case, colleague: Said) -> None:
    """Follow what our own organisation said elsewhere."""
    effect = _EFFECTS.get(colleague.event.kind)
    if effect is not None and known.gone is Gone.HERE:
        effect(db, known, colleague)


def conflicted(db: Db, header: Header, result: Result) -> bool:
    """Take the hub's state where a decision of ours came too late; False: not about a case."""
    known = inbox.case(db, header.ref) if header.kind is Kind.TASK_STATUS else None
    if known is None or result.state not in set(TaskStatus):
        return False
    outbox.remove(db, header.id)
    told = TaskStatus(result.state)
    inbox.forestalled(db, known.ref, inbox_letters.as_it_will_be(db, known.ref, told), told)
    return True


def sent(db: Db, header: Header) -> None:
    """Let go of words that have been sent about a case of which nothing may stay."""
    known = inbox.case(db, header.ref) if header.kind is Kind.TASK_NOTE else None
    if known is not None and known.gone is not Gone.HERE:
        outbox.remove(db, header.id)


def _moved(db: Db, known: Case, colleague: Said) -> None:
    moved = colleague.body(TaskMoved)
    if moved.to not in set(TaskStatus):
        raise Tampered("body")
    # Our own word comes back, too, where colleagues follow: in the order the hub took them. What
    # still waits here comes after all of that.
    told = TaskStatus(moved.to)
    stands = inbox_letters.as_it_will_be(db, known.ref, told)
    inbox.moved(db, known.ref, stands, moved.reason[:80], colleague.step(told.value))
    if stands is TaskStatus.REJECTED:
        who = colleague.reader.enrolment.device
        inbox_ends.destroy(db, known.ref, Gone.DECLINED, who, colleague.moment)


def _noted(db: Db, known: Case, colleague: Said) -> None:
    note = colleague.opened(TaskNote)
    asks = frozenset(item for item in Item if item.value in note.asks)
    said = note.appointment
    meeting = _appointment(said) if said and is_likely(said.at) else None
    told = Told(masked(note.text), colleague.event.at, meeting, asks)
    inbox.tell(db, known.ref, colleague.header.id, told)


def _seen(db: Db, known: Case, colleague: Said) -> None:
    if colleague.body(DeliveryReceipt).stage is Stage.OPENED:
        inbox.taken(db, known.ref, colleague.step(OPENED))


def _appointment(told: bodies.Appointment) -> Appointment:
    return Appointment(told.at, masked(told.place[:LINE_LIMIT]), told.meeting)


_EFFECTS: dict[Kind, Callable[[Db, Case, Said], None]] = {
    Kind.TASK_STATUS: _moved,
    Kind.TASK_NOTE: _noted,
    Kind.DELIVERY_RECEIPT: _seen,
}
