"""A call to the center is enough: ending a consent that another laptop of ours asked for.

A young person is known only to the vault that met them, and that laptop may be out on the street
or switched off. What it sent comes to its colleagues too. They keep of it who was told under
which consent, and no word; so the number on a slip ends it at any of them (PIPA 38(4), D-140).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.elsewhere import Elsewhere, Sent
from desktop.domain.ids import AgencyId, ConsentId, ReferralId
from desktop.domain.living import Erasing
from desktop.domain.moment import Moment
from desktop.domain.referrals import Erasure, Word
from desktop.domain.youths import Youth
from desktop.services import agencies, enrolment, letters, slips
from desktop.services.inbox_proofs import said
from desktop.services.proofs import Reader
from desktop.vault import consents, ends, mailbox, outbox
from desktop.vault import elsewhere as rows
from desktop.vault.columns import uuid
from desktop.vault.database import Db, Vault
from sync.client.directory import listing_of, sealing_key_of
from sync.client.errors import KeyUnusable, NotForUs, Tampered
from sync.client.sealing import header_of
from sync.protocol.answers import Event
from sync.protocol.bodies import ConsentWithdrawn, ErasureAttest, Packet, Recalled
from sync.protocol.messages import Header, Kind, Message, is_likely, is_uuid


@dataclass(frozen=True, slots=True)
class Called:
    """One consent of a colleague's laptop, as whoever answers the telephone sees it."""

    consent: ConsentId
    told: tuple[tuple[str, datetime], ...]
    """Which agencies, by name, and when each was."""
    until: datetime
    ended_at: datetime | None = None
    word: Word = Word.UNSAID
    erasing: tuple[Erasing, ...] = ()
    erase_by: datetime | None = None
    """By when whoever has not erased it should have; None where nobody owes that."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a number leads to here; nothing where it has not come to this laptop, or has ended."""

    ours: tuple[Youth, ...] = ()
    """This laptop asked: then it is ended where all their consents stand."""
    elsewhere: tuple[Called, ...] = ()


def numbered(vault: Vault, typed: str) -> Numbered:
    """Return what the number of a slip leads to. No name but in this vault: it is no look."""
    with vault.reading() as db:
        found = rows.numbered(db, slips.digits(typed))
        return Numbered(slips.whose(db, typed), tuple(_called(db, each) for each in found))


def withdraw(vault: Vault, consent: ConsentId, moment: Moment) -> None:
    """End it at every agency that was told. What has ended already stays as it is.

    The word goes ahead of all else, and the laptop that asked hears it as a colleague's.
    """
    with vault.transaction() as db:
        known = rows.one(db, consent)
        if known is None or known.ended_at is not None:
            return
        recalled = tuple(Recalled(str(each.referral), each.agency) for each in known.sent)
        for message in letters.withdrawn(enrolment.current(db), consent, recalled, moment):
            outbox.add_end_elsewhere(db, message, moment.now)
        rows.end(db, consent, moment.now)


def expire(vault: Vault, moment: Moment) -> None:
    """Let go of every consent whose own time is over, by our clock and the hub's."""
    with vault.reading() as db:
        now = mailbox.proven_time(db, moment.now)
        if now is None or not rows.are_over(db, now):
            return
    with vault.transaction() as db:
        rows.expire(db, now)


def names(db: Db, about: Elsewhere) -> dict[AgencyId, str]:
    """Return what each agency that was told is called."""
    book = agencies.book(db)
    return {
        each.agency: agencies.name_in(listing) if listing else each.agency
        for each in about.sent
        for listing in (listing_of(book, each.agency),)
    }


def apply(db: Db, reader: Reader, event: Event) -> None:
    """Keep of a colleague's referral who was told, until its consent ends. Raises `Untrusted`."""
    effect = _EFFECTS.get(event.kind)
    if event.message is None or effect is None:
        return
    header, own = header_of(event.message), reader.enrolment
    is_ours = header.from_org == own.org
    if is_ours == (event.kind is Kind.ERASURE_ATTEST):
        return
    if header.from_device == own.device and event.kind is not Kind.CONSENT_WITHDRAWN:
        return  # a vault put back may have forgotten what it ended here, and nothing else of this
    try:
        effect(db, reader, event, event.message)
    except KeyUnusable as error:
        raise Tampered("key") from error


def _sent(db: Db, reader: Reader, event: Event, message: Message) -> None:
    header = header_of(message)
    if header.expires is None or not _is_kept(db, header, header.expires, event.at):
        return
    try:
        # The signature is inside the seal; the words are not looked at.
        packet = said(reader, event, message).opened(Packet)
    except NotForUs:
        if _is_to_newest(reader, message):
            raise  # it is read again once this laptop has the key (D-115)
        return  # sealed before this laptop was given the key
    if (packet.ref, packet.agency) != (header.ref, header.to_org):
        raise Tampered("recipient")
    sent = Sent(ReferralId(uuid(header.ref)), AgencyId(header.to_org), event.at)
    rows.keep(db, ConsentId(uuid(header.consent_id)), sent, header.expires)


def _is_to_newest(reader: Reader, message: Message) -> bool:
    own = reader.enrolment.org
    newest = sealing_key_of(reader.book, own)
    epochs = [copy.epoch for copy in message.keys if copy.org == own]
    # Or to a newer one still, which a directory lists that is yet to come here.
    return newest is not None and max(epochs, default=0) >= newest.epoch


def _is_kept(db: Db, header: Header, until: datetime, at: datetime) -> bool:
    """Say whether it stands on a consent that was in force by the hub's clock, and not on ours."""
    is_in_force = is_likely(at) and is_likely(until) and at < until
    if header.basis != letters.BASIS or not is_uuid(header.consent_id) or not is_in_force:
        return False
    return not consents.some(db, (ConsentId(uuid(header.consent_id)),))


def _ended(db: Db, reader: Reader, event: Event, message: Message) -> None:
    ref = header_of(message).ref
    if is_uuid(ref) and rows.one(db, ConsentId(uuid(ref))) is not None:
        said(reader, event, message).body(ConsentWithdrawn)
        rows.forget(db, ConsentId(uuid(ref)))


def _erased(db: Db, reader: Reader, event: Event, message: Message) -> None:
    header = header_of(message)
    if not is_uuid(header.ref):
        return
    sent = (ReferralId(uuid(header.ref)), AgencyId(header.from_org))
    if rows.owes(db, sent):
        outcome = said(reader, event, message).body(ErasureAttest).outcome
        if outcome not in (Erasure.DESTROYED, Erasure.RETAINED):
            raise Tampered("body")
        rows.erased(db, sent, Erasure(outcome))


def _called(db: Db, found: Elsewhere) -> Called:
    named = names(db, found)
    erasing = tuple(Erasing(named[each.agency], each.erasure) for each in found.sent)
    word = ends.words(db, (found.consent,)).get(str(found.consent), Word.UNSAID)
    return Called(
        found.consent,
        tuple((named[each.agency], each.at) for each in found.sent),
        found.until,
        found.ended_at,
        word,
        erasing if found.ended_at else (),
        found.erase_by,
    )


_EFFECTS: dict[Kind, Callable[[Db, Reader, Event, Message], None]] = {
    Kind.REFERRAL_REQUEST: _sent,
    Kind.REFERRAL_AMEND: _sent,
    Kind.CONSENT_WITHDRAWN: _ended,
    Kind.ERASURE_ATTEST: _erased,
}
