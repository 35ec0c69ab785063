"""What other organisations ask of us, and what they take back: each event proven first (I7).

A withdrawal destroys what was told before anybody looks again (PIPA 37), also when it comes
before the referral itself: then the referral is never opened.
"""

from collections.abc import Callable
from uuid import UUID

from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Gone
from desktop.services import (
    agencies,
    bounds,
    cosign_proofs,
    inbox_colleagues,
    inbox_ends,
    inbox_own,
)
from desktop.services.inbox_letters import Writer
from desktop.services.inbox_proofs import Said, said
from desktop.services.proofs import Reader
from desktop.vault import inbox, inbox_consents, inbox_letters, inbox_reading
from desktop.vault.columns import stamp
from desktop.vault.database import Db
from desktop.vault.inbox import AMENDED, OPENED, RECEIVED, Arrived, Case, Packed
from desktop.vault.steps import Step
from sync.client.directory import listing_of
from sync.client.errors import CertRefused, KeyUnusable, Tampered
from sync.client.sealing import header_of
from sync.protocol.answers import Event
from sync.protocol.bodies import ConsentWithdrawn, Packet, ReferralCancel, Stage, TaskMoved
from sync.protocol.codec import canonical, read_json
from sync.protocol.messages import Kind, is_likely
from sync.protocol.states import CONSENT_WITHDRAWN, ERASURE_OVERDUE, TaskStatus


def apply(db: Db, reader: Reader, event: Event) -> None:
    """Apply one event; what is not about a case of another organisation's changes nothing.

    Raises `Untrusted` when the event does not prove what it says.
    """
    known = inbox.case(db, event.ref)
    if event.kind is Kind.REMINDER:
        _reminded(db, reader, event, known)
    elif event.message is not None:
        # Without its message an event proves nothing: the hub has destroyed it.
        try:
            _heard(db, reader, event, known)
        except KeyUnusable as error:
            raise Tampered("key") from error


def _reminded(db: Db, reader: Reader, event: Event, known: Case | None) -> None:
    # The hub's own word, which nobody signs: it moves nothing, and says what is owed.
    if known is None or not is_likely(event.at):
        return
    step = Step(event.reason[:80], event.at, f"event {event.seq}")
    inbox.reminded(db, known.ref, step.name, step)
    is_owed = event.reason == ERASURE_OVERDUE and known.gone is Gone.WITHDRAWN
    if is_owed and not inbox_letters.waits(db, known.ref, Kind.ERASURE_ATTEST):
        _says_once_more(db, reader, event, known)


def _says_once_more(db: Db, reader: Reader, event: Event, known: Case) -> None:
    """A hub that was put back has refused it, since it did not know the case in time (D-061)."""
    case = inbox_reading.one(db, ReferralId(UUID(known.ref)))
    kept = case.kept_by_law if case else ""
    writer = Writer(reader.enrolment, known.ref, known.from_org, reader.now)
    writer.once_more(db, kept, f"{event.seq} {stamp(event.at)}")


def _heard(db: Db, reader: Reader, event: Event, known: Case | None) -> None:
    effect = _EFFECTS.get(event.kind)
    if event.message is None or (effect is None and known is None):
        return
    org = header_of(event.message).from_org
    if org == reader.enrolment.org:
        if known is not None:
            inbox_colleagues.apply(db, known, said(reader, event, event.message))
        return
    if effect is None or (known is None and event.kind not in _FIRST):
        return
    if known is not None and known.from_org != org:
        raise CertRefused("another agency")
    effect(db, known, said(reader, event, event.message))


def _requested(db: Db, known: Case | None, asked: Said) -> None:
    if known is not None:
        if known.gone is Gone.HERE and not known.version:
            # Sent back here, and taken on elsewhere before: what was destroyed is needed again.
            inbox.keep_packet(db, known.ref, _packed(asked))
        elif known.gone is Gone.HERE:
            _told_again(db, known, asked)
        return  # heard before, or taken back before it came: then it is never opened
    header = asked.header
    if inbox_consents.is_withdrawn(db, header.from_org, header.consent_id):
        _buried(db, asked, header.consent_id)
        return
    packed = _packed(asked)
    inbox.add(db, _arrived(asked, header.consent_id), asked.step(RECEIVED))
    inbox.keep_packet(db, asked.event.ref, packed)
    asked.writer().receipt(db, Stage.DELIVERED, packed.digest)


def _amended(db: Db, known: Case | None, asked: Said) -> None:
    if known is None or known.gone is not Gone.HERE:
        return
    packed = _packed(asked)
    if not _is_newer(db, known, packed):
        _told_again(db, known, asked)
        return
    before = inbox_reading.one(db, ReferralId(UUID(known.ref)))
    inbox.stands_on(db, known, asked.header.consent_id, asked.header.expires)
    inbox.keep_packet(db, known.ref, packed)
    inbox.taken(db, known.ref, asked.step(AMENDED))
    inbox_own.told_more(db, before, _who(asked), asked.moment)
    asked.writer().receipt(db, Stage.DELIVERED, packed.digest)


def _is_newer(db: Db, known: Case, packed: Packed) -> bool:
    """Say whether this was told after what is here.

    A vault that was put back counts from an earlier version again: there the moment decides.
    """
    kept = inbox_reading.packet(db, ReferralId(UUID(known.ref)))
    told = read_json(Packet, packed.packet).written_at
    return packed.version > known.version or (kept is not None and told > kept.written_at)


def _told_again(db: Db, known: Case, asked: Said) -> None:
    """Confirm what a laptop that joined anew has signed anew, since the hub has lost it (I9).

    The hub will never know the bytes that were confirmed to its life before. Where the newest is
    told again in other words, nothing is believed: that would be another referral.
    """
    confirmed, newest = inbox_letters.confirmed(db, known.ref), inbox.digest(db, known.ref)
    if asked.message.digest() in {*confirmed, newest}:
        return
    packed = _packed(asked)
    if packed.version < known.version:
        inbox_letters.take_back_receipts(db, known.ref, confirmed - {newest})
    elif _is_same(db, known, packed):
        inbox.keep_packet(db, known.ref, packed)
        inbox_letters.take_back_receipts(db, known.ref, frozenset({newest}))
        asked.writer().receipt(db, Stage.DELIVERED, packed.digest)
        if inbox.has_taken(db, known.ref, OPENED):
            asked.writer().receipt(db, Stage.OPENED, packed.digest)


def _is_same(db: Db, known: Case, packed: Packed) -> bool:
    kept = inbox_reading.packet(db, ReferralId(UUID(known.ref)))
    return kept == read_json(Packet, packed.packet)


def _cancelled(db: Db, known: Case | None, asked: Said) -> None:
    if known is not None:
        _called_off(db, known, asked, TaskStatus.CANCELLED, asked.body(ReferralCancel).reason)


def _requester_moved(db: Db, known: Case | None, asked: Said) -> None:
    moved = asked.body(TaskMoved)
    if known is not None and moved.to in _CALLED_OFF:
        _called_off(db, known, asked, TaskStatus(moved.to), moved.reason)


def _called_off(db: Db, known: Case, asked: Said, to: TaskStatus, reason: str) -> None:
    if known.gone is Gone.HERE:
        inbox.moved(db, known.ref, to, reason[:80], asked.step(to.value))
        inbox_ends.destroy(db, known.ref, Gone.CANCELLED, _who(asked), asked.moment)


def _withdrawn(db: Db, known: Case | None, asked: Said) -> None:
    body, consent = asked.body(ConsentWithdrawn), asked.header.ref
    ref, own = asked.event.ref, asked.reader.enrolment
    if known is None:
        _buried(db, asked, consent)
        return
    is_named = any((each.ref, each.to_org) == (ref, own.org) for each in body.referrals)
    if consent not in known.consents and not is_named:
        raise Tampered("consent")
    step = asked.step(Gone.WITHDRAWN.value)
    inbox_consents.ended(db, ref, consent, step)
    if known.gone is not Gone.WITHDRAWN:
        inbox.moved(db, ref, TaskStatus.CANCELLED, CONSENT_WITHDRAWN, step)
        inbox_ends.destroy(db, ref, Gone.WITHDRAWN, _who(asked), asked.moment)
    asked.writer().destroyed(db, asked.header.id)


def _buried(db: Db, asked: Said, consent: str) -> None:
    """Know a case only as taken back: nothing of it was ever opened here."""
    ref = asked.event.ref
    step = asked.step(Gone.WITHDRAWN.value)
    inbox.add(db, _arrived(asked, consent), step)
    inbox_consents.ended(db, ref, consent, step)
    inbox.moved(db, ref, TaskStatus.CANCELLED, CONSENT_WITHDRAWN, step)
    inbox_ends.destroy(db, ref, Gone.WITHDRAWN, _who(asked), asked.moment)
    asked.writer().destroyed(db, asked.header.id)


def _packed(asked: Said) -> Packed:
    """Open what was sealed, and keep it without what nobody may keep (PIPA 24-2)."""
    packet, header, org = asked.opened(Packet), asked.header, asked.reader.enrolment.org
    if (packet.ref, packet.agency, header.to_org) != (asked.event.ref, org, org):
        raise Tampered("recipient")
    at = min(asked.reader.now, asked.event.at)
    cosign_proofs.check_received(asked.message, packet, asked.reader.book, at)
    return Packed(packet.version, canonical(bounds.packet(packet)), asked.message.digest())


def _arrived(asked: Said, consent: str) -> Arrived:
    header, listing = asked.header, listing_of(asked.reader.book, asked.header.from_org)
    name = agencies.name_in(listing) if listing else header.from_org
    return Arrived(
        asked.event.ref, header.from_org, name, consent, header.priority, asked.event.at,
        header.expires if header.expires and is_likely(header.expires) else None,
    )  # fmt: skip


def _who(asked: Said) -> str:
    return asked.reader.enrolment.device


_CALLED_OFF = frozenset({TaskStatus.CANCELLED, TaskStatus.ENTERED_IN_ERROR})
_FIRST = frozenset({Kind.REFERRAL_REQUEST, Kind.CONSENT_WITHDRAWN})
"""What may be the first word of a case."""
_EFFECTS: dict[Kind, Callable[[Db, Case | None, Said], None]] = {
    Kind.REFERRAL_REQUEST: _requested,
    Kind.REFERRAL_AMEND: _amended,
    Kind.REFERRAL_CANCEL: _cancelled,
    Kind.TASK_STATUS: _requester_moved,
    Kind.CONSENT_WITHDRAWN: _withdrawn,
}
