"""A supervisor puts a name to what a colleague reports, or does not: the whole of it is shown."""

from datetime import datetime, timedelta

from desktop.basis_errors import BasisNotAllowed, CosignMissing
from desktop.domain.consents import Item
from desktop.domain.disclosures import Cosigning, Ground
from desktop.domain.ids import AgencyId, ReferralId
from desktop.domain.looks import Kind, Sight
from desktop.domain.moment import Moment
from desktop.errors import NotEnrolled
from desktop.services import agencies, enrolment, looks
from desktop.services.cosign_proofs import kind_in
from desktop.vault import cosigning, disclosures, mailbox, sweep
from desktop.vault.columns import uuid
from desktop.vault.cosigning import Question
from desktop.vault.database import Db, Vault
from sync.client.directory import listing_of
from sync.client.enrolment import Enrolment
from sync.client.sealing import sign_clear
from sync.protocol.bodies import Packet
from sync.protocol.codec import canonical, packed, read_json
from sync.protocol.digests import sha256
from sync.protocol.directory import DirectoryBook
from sync.protocol.disclosures import (
    COSIGN_CONTEXT,
    COSIGN_LIFE,
    COSIGNERS,
    CosignGiven,
    CosignRefused,
    DisclosureClaim,
)
from sync.protocol.messages import PROTOCOL, Header
from sync.protocol.messages import Kind as MessageKind
from sync.protocol.words import asker_words

NOT_COVERED, CALL_FIRST, OTHER = "not-covered", "call-first", "other"
"""Why a supervisor does not sign: codes, which the hub sees. Words go by telephone."""
REASONS = (NOT_COVERED, CALL_FIRST, OTHER)


def may_sign(vault: Vault) -> bool:
    """Say whether this device may put its name to what others report."""
    with vault.reading() as db:
        try:
            return enrolment.current(db).role in COSIGNERS
        except NotEnrolled:
            return False


def count(vault: Vault, moment: Moment) -> int:
    """Return how many questions wait for a name."""
    with vault.reading() as db:
        return sum(not _is_too_old(db, each, moment) for each in cosigning.waiting(db))


def waiting(vault: Vault, moment: Moment) -> tuple[Cosigning, ...]:
    """Show all that waits for a name, word for word: a look at each. Old ones are destroyed."""
    expire(vault, moment)
    return looks.shown(vault, _all, _sights, moment)


def expire(vault: Vault, moment: Moment) -> int:
    """Destroy the words of every question that nobody answered in time, and return how many.

    `retention.sweep` has to follow.
    """
    with vault.reading() as db:
        if not any(_is_too_old(db, each, moment) for each in cosigning.waiting(db)):
            return 0
    with vault.transaction() as db:
        over = [each for each in cosigning.waiting(db) if _is_too_old(db, each, moment)]
        for each in over:
            _settle(db, each.ref, cosigning.LAPSED, moment)
    return len(over)


def sign(vault: Vault, ref: ReferralId, moment: Moment) -> None:
    """Put this device's name to it; it then leaves from the laptop that reports.

    Raises `BasisNotAllowed`, `CosignMissing`.
    """
    with vault.transaction() as db:
        own, question = enrolment.current(db), _question(db, ref)
        packet = read_json(Packet, question.packet)
        ground, kind = Ground(packet.basis), kind_in(agencies.book(db), packet.agency)
        if own.role not in COSIGNERS or own.cert is None or question.device == own.device:
            raise CosignMissing
        if not ground.may_tell(kind):
            raise BasisNotAllowed
        claim = canonical(_claim(own, question, packet, _latest(db, moment.now)))
        sig = own.keys.sign.sign(COSIGN_CONTEXT + sha256(claim))
        body = CosignGiven(question.device, claim, sig, packed(own.cert))
        _answer(db, own, (ref, MessageKind.COSIGN_GIVEN, body), moment)
        _settle(db, str(ref), cosigning.GIVEN, moment)


def refuse(vault: Vault, ref: ReferralId, reason: str, moment: Moment) -> None:
    """Do not sign it, for a reason of `REASONS`. The call has been, or must be, made anyway."""
    with vault.transaction() as db:
        own, question = enrolment.current(db), _question(db, ref)
        body = CosignRefused(question.device, reason if reason in REASONS else OTHER)
        _answer(db, own, (ref, MessageKind.COSIGN_REFUSED, body), moment)
        _settle(db, str(ref), cosigning.REFUSED, moment)


def _settle(db: Db, ref: str, how: str, moment: Moment) -> None:
    cosigning.settle(db, ref, how, moment.now)
    # Its words are gone: backups made meanwhile must not keep them.
    sweep.owe(db, moment.now)


def _is_too_old(db: Db, question: Question, moment: Moment) -> bool:
    # Its words are destroyed then: a clock that is ahead alone must not do that.
    now = mailbox.proven_time(db, moment.now)
    return now is not None and now >= question.asked_at + COSIGN_LIFE


def _all(db: Db) -> tuple[Cosigning, ...]:
    waiting = cosigning.waiting(db)
    return tuple(_shown(each, agencies.book(db)) for each in waiting) if waiting else ()


def _shown(question: Question, book: DirectoryBook) -> Cosigning:
    packet = read_json(Packet, question.packet)
    listing = listing_of(book, packet.agency)
    return Cosigning(
        ReferralId(uuid(question.ref)),
        question.asked_at,
        agencies.name_in(listing) if listing else AgencyId(packet.agency),
        Ground(packet.basis),
        packet.reason,
        {item: packet.words[item.value] for item in Item if item.value in packet.words},
        asker_words(question.device),
    )


def _sights(found: tuple[Cosigning, ...]) -> tuple[Sight, ...]:
    return tuple(Sight(Kind.RECEIVED, str(each.id)) for each in found)


def _question(db: Db, ref: ReferralId) -> Question:
    for each in cosigning.waiting(db):
        if each.ref == str(ref):
            return each
    raise CosignMissing  # another supervisor was first, or it is too old


def _latest(db: Db, now: datetime) -> datetime:
    # A name that is put to it now must not be too old for the others, where this clock is behind.
    return now + max(timedelta(), timedelta(seconds=mailbox.place(db).clock_offset))


def _claim(own: Enrolment, question: Question, packet: Packet, at: datetime) -> DisclosureClaim:
    digest, codes = sha256(question.packet).hex(), tuple(sorted(packet.words))
    return DisclosureClaim(
        packet.ref, own.org, question.device, packet.agency, packet.basis, codes, digest,
        at, at + COSIGN_LIFE,
    )  # fmt: skip


def _answer(
    db: Db,
    own: Enrolment,
    said: tuple[ReferralId, MessageKind, CosignGiven | CosignRefused],
    moment: Moment,
) -> None:
    ref, kind, body = said
    header = Header(
        v=PROTOCOL,
        id=str(moment.id(kind.value)),
        kind=kind,
        ref=str(ref),
        from_org=own.org,
        from_device=own.device,
        created=moment.now,
        to_org=own.org,
    )
    message = sign_clear(header, canonical(body), own.keys.sign)
    disclosures.queue(db, message, moment.now)
