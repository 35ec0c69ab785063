"""What leaves this computer, made: a consent given or withdrawn, a referral sealed."""

from dataclasses import dataclass
from uuid import UUID

from msgspec import UNSET

from desktop.domain.consents import Consent, Item
from desktop.domain.disclosures import Ground, Writing
from desktop.domain.ids import AgencyId, ConsentId, YouthId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Referral, ReleasedReferral
from desktop.services.readers import Readers
from desktop.vault import consents
from sync.client.enrolment import Enrolment
from sync.client.sealing import seal, sign_clear
from sync.protocol.bodies import (
    RECALLED,
    ConsentGiven,
    ConsentWithdrawn,
    Packet,
    Recalled,
    ReferralCancel,
)
from sync.protocol.codec import canonical
from sync.protocol.digests import sha256
from sync.protocol.messages import PROTOCOL, Header, Kind, Message
from sync.protocol.states import CALLED_OFF

BASIS = "consent:17"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message about to be sealed: its id, and the packet exactly as it was shown."""

    id: UUID
    kind: Kind
    packet: bytes


def packet_of(referral: Referral, version: int = 1) -> bytes:
    """Return everything the agency would read, as bytes."""
    return canonical(
        Packet(
            ref=str(referral.id),
            agency=referral.agency,
            categories=tuple(sorted(c.value for c in referral.categories)),
            urgency=referral.urgency.value,
            words={item.value: text for item, text in referral.words.items()},
            keep_from_guardian=referral.keep_from_guardian,
            written_at=referral.written_at,
            version=version,
            keep_reason=referral.keep_reason or UNSET,
        )
    )


def writing_of(youth: YouthId, packet: Packet) -> Writing:
    """Return what a packet without a consent tells, as it was written."""
    words = {item: packet.words[item.value] for item in Item if item.value in packet.words}
    return Writing(youth, Ground(packet.basis), AgencyId(packet.agency), packet.reason, words)


def given(sender: Enrolment, consent: Consent, moment: Moment) -> Message:
    """Return the assertion that a consent was given: codes, no identity, no words."""
    body = ConsentGiven(
        digest=_digest(consent),
        recipients=(consent.agency,),
        item_codes=tuple(sorted(item.value for item in consent.allowed_items())),
        basis=BASIS,
        valid_until=consent.valid_until,
    )
    return _fact(sender, Kind.CONSENT_GIVEN, consent.id, body, moment)


def withdrawn(
    sender: Enrolment, consent: ConsentId, sent: tuple[Recalled, ...], moment: Moment
) -> tuple[Message, ...]:
    """Return the word that a consent has ended; `sent` is what is known to have left under it.

    It is said again for each hundred of them: no message names more.
    """
    kind = Kind.CONSENT_WITHDRAWN
    return tuple(
        _fact(sender, kind, consent, ConsentWithdrawn(moment.now, sent[at:][:RECALLED]), once)
        for at in range(0, max(1, len(sent)), RECALLED)
        for once in (Moment(moment.now, moment.id(f"{kind} {at}")) if at else moment,)
    )


def called_off(
    sender: Enrolment, referral: Referral, consent: ConsentId, moment: Moment
) -> Message:
    """Return the word that a referral is called off: a code, which says whose it was (D-197)."""
    header = Header(
        v=PROTOCOL,
        id=str(moment.id(f"{Kind.REFERRAL_CANCEL} {referral.id}")),
        kind=Kind.REFERRAL_CANCEL,
        ref=str(referral.id),
        from_org=sender.org,
        from_device=sender.device,
        created=moment.now,
        to_org=referral.agency,
        consent_id=str(consent),
    )
    return sign_clear(header, canonical(ReferralCancel(CALLED_OFF)), sender.keys.sign)


def sealed(
    readers: Readers, released: ReleasedReferral, consent: Consent, letter: Letter
) -> Message:
    """Return the packet sealed to its agency and to our own organisation."""
    referral, sender = released.referral, readers.own
    header = Header(
        v=PROTOCOL,
        id=str(letter.id),
        kind=letter.kind,
        ref=str(referral.id),
        from_org=sender.org,
        from_device=sender.device,
        created=released.released_at,
        to_org=referral.agency,
        consent_id=str(consent.id),
        consent_digest=_digest(consent),
        basis=BASIS,
        item_codes=tuple(sorted(item.value for item in referral.items)),
        expires=consent.valid_until,
        priority=referral.urgency.value,
    )
    recipients = (readers.agency(referral.agency, released.released_at), readers.ours())
    return seal(header, letter.packet, sender.keys.sign, recipients, readers.chance)


def _fact(
    sender: Enrolment,
    kind: Kind,
    consent: ConsentId,
    body: ConsentGiven | ConsentWithdrawn,
    moment: Moment,
) -> Message:
    header = Header(
        v=PROTOCOL,
        id=str(moment.id(kind.value)),
        kind=kind,
        ref=str(consent),
        from_org=sender.org,
        from_device=sender.device,
        created=moment.now,
        consent_id=str(consent),
    )
    return sign_clear(header, canonical(body), sender.keys.sign)


def _digest(consent: Consent) -> str:
    return sha256(consents.record_of(consent)).hex()
