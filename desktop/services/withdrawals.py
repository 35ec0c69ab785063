"""Ending a consent, whoever says so, and what is owed for what left under it (PIPA 37, 38(4))."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from desktop.domain.elsewhere import Sent
from desktop.domain.ids import ConsentId, ReferralId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Erasure, Tracking, Word
from desktop.services import called_off, enrolment, letters
from desktop.vault import carrying, consents, elsewhere, outbox, referrals, sending, steps
from desktop.vault.columns import uuid
from desktop.vault.database import Db, Vault
from desktop.vault.outbox import Queued
from desktop.vault.steps import HUB_RESTORED, NEVER_LEFT, Step
from sync.client.enrolment import Enrolment
from sync.client.sealing import header_of
from sync.protocol.answers import ReceiptClaim
from sync.protocol.bodies import Recalled
from sync.protocol.messages import Kind, is_uuid
from sync.protocol.states import CALLED_OFF, CONSENT_WITHDRAWN, Delivery, TaskStatus, has_ended

_ANSWERED = frozenset({Erasure.DESTROYED, Erasure.RETAINED})


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What ending a consent did."""

    vanished: int
    """Referrals that had not left; nothing of them left this computer."""
    recalled: int
    """Referrals that had, or may have: cancelled, and the agency owes their erasure."""


def withdraw(vault: Vault, consent: ConsentId, moment: Moment) -> Withdrawal:
    """End a consent and everything that stands on it; a second time changes nothing.

    What was sent under an asking that this one replaced goes with it: it was one yes to them.
    """
    done = Withdrawal(0, 0)
    with vault.transaction() as db:
        for each in _with_replaced(db, consent):
            ended = _withdrawn(db, each, moment)
            done = Withdrawal(done.vanished + ended.vanished, done.recalled + ended.recalled)
    return done


def ended_by_colleague(db: Db, consent: ConsentId, referral: ReferralId, moment: Moment) -> None:
    """Another device of our organisation withdrew it, and the hub knows of this referral.

    A referral that the hub names has left, though a vault put back to an earlier day shows it as
    never tried: its erasure is owed like any other's. What left under the same consent and is not
    proven to be in this life of the hub is named to it, so that its agency hears too (I9); and of
    what was offered and never answered its receipt says whether it is there.
    """
    if consents.one(db, consent).withdrawn_at is None:
        lost = [ref for ref in _lost(db, consent) if ref != referral]
        _, *replaced = _with_replaced(db, consent)
        _ended(db, consent, moment)
        if lost or any(_is_unsure(db, ref) for ref in referrals.under(db, consent)):
            _say_withdrawn(db, consent, lost, moment)
        for each in replaced:
            # That it was one yes only this vault knows.
            _withdrawn(db, each, moment)
    tracking = referrals.one(db, referral)
    if tracking is not None and tracking.erasure is Erasure.NONE:
        _owes(db, referral, moment)


def _is_unsure(db: Db, referral: ReferralId) -> bool:
    """Say whether its erasure is owed only because nobody knows whether it left."""
    tracking = referrals.one(db, referral)
    is_owed = tracking is not None and tracking.erasure is Erasure.OWED
    return is_owed and not has_been_out(db, referral)


def agency_has_it(db: Db, tracking: Tracking, moment: Moment) -> None:
    """Its agency signed that it has it: if its consent ended here, that is said, and it is owed.

    This vault then took it for what never left: an older copy of its files does (D-154). What it
    called off as such is called off there, too.
    """
    referral, consent = tracking.referral.id, tracking.consent
    has_ended_here = consents.one(db, consent).withdrawn_at is not None
    if has_ended_here and tracking.erasure is Erasure.NONE:
        _owes(db, referral, moment)
        _say_withdrawn(db, consent, [referral], moment)
    elif NEVER_LEFT in tracking.steps and tracking.status_reason == CALLED_OFF:
        called_off.say(db, tracking, moment)


def is_taken(db: Db, consent: ConsentId, claim: ReceiptClaim) -> None:
    """The hub signs that it has the word of an end, and which referrals it names by it.

    Nothing is owed for one that it never had: after this it cannot take it. One that this vault
    knows nothing of was sent after the backup it came out of, and is owed like any other (D-154).
    """
    _keep_forgotten(db, consent, claim)
    for referral in referrals.under(db, consent):
        tracking = referrals.one(db, referral)
        if tracking is None or tracking.erasure is not Erasure.OWED:
            continue
        if str(referral) not in claim.recalled and not has_been_out(db, referral):
            proof = f"receipt {claim.seq}"
            steps.owed(db, referral, Erasure.NONE, Step(NEVER_LEFT, claim.time, proof))


def _keep_forgotten(db: Db, consent: ConsentId, claim: ReceiptClaim) -> None:
    for one in consents.some(db, (consent,)):
        for ref in filter(is_uuid, claim.recalled):
            referral = ReferralId(uuid(ref))
            if referrals.one(db, referral) is None:
                sent = Sent(referral, one.agency, claim.time)
                elsewhere.keep(db, consent, sent, one.valid_until)
        elsewhere.end(db, consent, one.withdrawn_at or claim.time)


def tell_again(db: Db, own: Enrolment, epoch: str, now: datetime) -> None:
    """Name to a hub that was put back what was withdrawn and not yet destroyed (I9).

    Its first life may have passed it on. The word of the withdrawal named nothing where no receipt
    had come, or where a colleague said it.
    """
    named: dict[ConsentId, list[Recalled]] = {}
    for ref in referrals.owed(db):
        steps.taken(db, ref, Step(HUB_RESTORED, now, epoch))
        tracking = referrals.one(db, ref)
        if tracking is not None:
            told = Recalled(str(ref), tracking.referral.agency)
            named.setdefault(tracking.consent, []).append(told)
    for consent, recalled in named.items():
        # One word for each life of the hub, however often it is met, and of this vault (D-154).
        once = Moment(now, uuid5(consent, f"{epoch} {carrying.restored(db)}"))
        for message in letters.withdrawn(own, consent, tuple(recalled), once):
            if not outbox.holds(db, header_of(message).id):
                outbox.add_fact(db, message, now)


def has_been_out(db: Db, referral: ReferralId) -> bool:
    """Say whether it was proven sent, or offered to a hub that then lost its memory.

    What is called off by a word may have left (D-197), and by that word a hub knows of it.
    """
    tracking = referrals.one(db, referral)
    return tracking is not None and (
        tracking.delivery is not Delivery.QUEUED
        or HUB_RESTORED in tracking.steps
        or tracking.calling_off is not Word.UNSAID
    )


def _with_replaced(db: Db, consent: ConsentId) -> tuple[ConsentId, ...]:
    """Return it and every asking in whose place it came to stand, but for what has ended."""
    found: list[ConsentId] = []
    next_one: ConsentId | None = consent
    while next_one is not None and next_one not in found:
        one = consents.one(db, next_one)
        if one.withdrawn_at is not None:
            break
        found.append(next_one)
        next_one = one.record.supersedes if one.record else None
    return tuple(found)


def _withdrawn(db: Db, consent: ConsentId, moment: Moment) -> Withdrawal:
    rows = outbox.of_consent(db, consent)
    ended = _ended(db, consent, moment)
    _tell(db, consent, rows, moment, may_have_left=ended.recalled > 0)
    return ended


def _ended(db: Db, consent: ConsentId, moment: Moment) -> Withdrawal:
    consents.end(db, consent, moment.now)
    vanished = recalled = 0
    for referral in referrals.under(db, consent):
        packets = outbox.packets_of(db, referral)
        stayed = [stayed_here(row) for row in packets if row.kind is Kind.REFERRAL_REQUEST]
        is_safe = stayed == [True] and not has_been_out(db, referral)
        _end(db, referral, moment, is_safe=is_safe)
        vanished, recalled = vanished + is_safe, recalled + (not is_safe)
        for row in packets:
            outbox.remove(db, row.id)
    return Withdrawal(vanished, recalled)


def _lost(db: Db, consent: ConsentId) -> list[ReferralId]:
    """Return what left once under it and may be gone from a hub that was put back."""
    is_held = {outbox.SENT, outbox.PROVEN}
    return [
        ref
        for ref in referrals.under(db, consent)
        if has_been_out(db, ref)
        and is_held.isdisjoint(
            row.state for row in outbox.packets_of(db, ref) if row.problem != sending.AGAIN
        )
    ]


def stayed_here(row: Queued) -> bool:
    """Say whether nothing of this packet can be out there, as far as its row knows."""
    # A round that got no answer may still have been heard: only no round at all, or the hub's
    # refusal, means that nothing of it is out there.
    return row.attempts == 0 or row.state in (outbox.REFUSED, outbox.LEFT)


def _end(db: Db, referral: ReferralId, moment: Moment, *, is_safe: bool) -> None:
    tracking = referrals.one(db, referral)
    proof = str(moment.id("withdrawal"))
    if tracking is not None and not has_ended(tracking.status):
        step = Step(TaskStatus.CANCELLED.value, moment.now, proof)
        steps.moved(db, referral, TaskStatus.CANCELLED, CONSENT_WITHDRAWN, step)
    # An agency that said what it did under another consent says no more at this one's end.
    is_answered = tracking is not None and tracking.erasure in _ANSWERED
    if not is_safe and not is_answered:
        _owes(db, referral, moment)


def _owes(db: Db, referral: ReferralId, moment: Moment) -> None:
    proof = str(moment.id("withdrawal"))
    steps.owed(db, referral, Erasure.OWED, Step("erasure-owed", moment.now, proof))


def _tell(
    db: Db, consent: ConsentId, rows: tuple[Queued, ...], moment: Moment, *, may_have_left: bool
) -> None:
    """Tell the hub when it may know of the consent; otherwise take back that it was given."""
    if may_have_left or any(row.attempts for row in rows) or _may_be_known(db, consent):
        out = [ref for ref in referrals.under(db, consent) if has_been_out(db, ref)]
        _say_withdrawn(db, consent, out, moment)
        return
    for row in rows:
        if row.kind is Kind.CONSENT_GIVEN:
            outbox.remove(db, row.id)


def _may_be_known(db: Db, consent: ConsentId) -> bool:
    """Say whether the hub may know more of it than this vault, which was put back (D-154)."""
    may_be = bool(consents.one(db, consent).allowed_items()) and enrolment.is_enrolled(db)
    return may_be and carrying.may_have_forgotten(db, "consent.recorded", consent)


def _say_withdrawn(db: Db, consent: ConsentId, out: list[ReferralId], moment: Moment) -> None:
    known = {ref: tracking for ref in out if (tracking := referrals.one(db, ref))}
    recalled = tuple(Recalled(str(ref), known[ref].referral.agency) for ref in out)
    # Several may end at one moment: the word of each needs an id of its own.
    own = Moment(moment.now, moment.id(f"withdrawal of {consent}"))
    for message in letters.withdrawn(enrolment.current(db), consent, recalled, own):
        outbox.add_fact(db, message, moment.now)
