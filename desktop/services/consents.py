"""Keeping the answers a young person gave, and ending a consent when they say so."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid5

from desktop.domain.consents import Answer, Article, Consent, Guardian
from desktop.domain.ids import ConsentId, ReferralId, YouthId
from desktop.domain.moment import Moment
from desktop.domain.referrals import ITEM_LIMIT, Erasure
from desktop.domain.retention import Ground
from desktop.domain.text import LINE_LIMIT, checked, line
from desktop.errors import GuardianNeeded
from desktop.services import consent_records, enrolment, guardians, letters, text_versions
from desktop.vault import consents, drafts, outbox, referrals, steps, youths
from desktop.vault.database import Db, Vault
from desktop.vault.outbox import Queued
from desktop.vault.steps import HUB_RESTORED, NEVER_LEFT, Step
from sync.client.enrolment import Enrolment
from sync.client.sealing import header_of
from sync.protocol.answers import ReceiptClaim
from sync.protocol.bodies import Recalled
from sync.protocol.messages import Kind
from sync.protocol.states import CONSENT_WITHDRAWN, Delivery, TaskStatus, has_ended


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What ending a consent did."""

    vanished: int
    """Referrals that had not left; nothing of them left this computer."""
    recalled: int
    """Referrals that had, or may have: cancelled, and the agency owes their erasure."""


def record(vault: Vault, consent: Consent, moment: Moment) -> Consent:
    """Keep what was answered, yes or no, with its whole record.

    Raises `GuardianNeeded` when the young person may be under 14, `GuardianNotToBeTold`,
    `NotEntrusted`, `NotTheSameAsking` for a record in place of somebody else's, and
    `TextsRefused` for one asked with a text that fails: no referral can rest on it.
    """
    # Nobody was asked in the future: a page may hand in a time a moment ahead of ours.
    consent = replace(_spared(_checked(consent)), asked_at=min(consent.asked_at, moment.now))
    name = consent_records.who_asks(vault)
    with vault.transaction() as db:
        text_versions.refuse_failing(db, consent.notice.form)
        youth = youths.one(db, consent.youth)
        says_yes = Answer.GIVEN in consent.answers.values()
        if says_yes and consent.guardian is None and youth.age.may_be_under_14():
            raise GuardianNeeded
        consent_records.refuse_unlawful(db, consent, youth, moment.now)
        consent = consent_records.whole(db, consent, name, moment.now)
        consents.add(db, consent)
        if consent.answers.get(Article.IDENTIFIERS) is Answer.REFUSED:
            drafts.drop_number(db, consent.youth, moment.now)
        if consent.guardian is not None and Answer.LATER not in consent.answers.values():
            # What a child told us to reach them with has served.
            asked = (consent.youth,)
            guardians.destroy_named(db, vault, asked, (Ground.ANSWERED, moment))
    return consent


def withdraw(vault: Vault, consent: ConsentId, moment: Moment) -> Withdrawal:
    """End a consent and everything that stands on it; a second time changes nothing.

    What was sent under an asking that this one replaced goes with it: it was one yes to them.
    """
    done = Withdrawal(0, 0)
    with vault.transaction() as db:
        for each in _with_replaced(db, consent):
            rows = outbox.of_consent(db, each)
            ended = _ended(db, each, moment)
            _tell(db, each, rows, moment, may_have_left=ended.recalled > 0)
            done = Withdrawal(done.vanished + ended.vanished, done.recalled + ended.recalled)
    return done


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


def ended_by_colleague(db: Db, consent: ConsentId, referral: ReferralId, moment: Moment) -> None:
    """Another device of our organisation withdrew it, and the hub knows: nothing more to tell.

    A referral that the hub names has left, though a vault put back to an earlier day shows it as
    never tried: its erasure is owed like any other's.
    """
    if consents.one(db, consent).withdrawn_at is None:
        _ended(db, consent, moment)
    tracking = referrals.one(db, referral)
    if tracking is not None and tracking.erasure is Erasure.NONE:
        _owes(db, referral, moment)


def _ended(db: Db, consent: ConsentId, moment: Moment) -> Withdrawal:
    consents.end(db, consent, moment.now)
    vanished = recalled = 0
    for referral in referrals.under(db, consent):
        packets = outbox.packets_of(db, referral)
        stayed = [_stayed_here(row) for row in packets if row.kind is Kind.REFERRAL_REQUEST]
        is_safe = stayed == [True] and not has_been_out(db, referral)
        _end(db, referral, moment, is_safe=is_safe)
        vanished, recalled = vanished + is_safe, recalled + (not is_safe)
        for row in packets:
            outbox.remove(db, row.id)
    return Withdrawal(vanished, recalled)


def standing(vault: Vault, youth: YouthId) -> tuple[ConsentId, ...]:
    """Return every consent of theirs that says yes to something and was not taken back."""
    with vault.reading() as db:
        asked = consents.of_youth(db, youth)
    is_yes = Answer.GIVEN
    return tuple(
        each.id for each in asked if each.withdrawn_at is None and is_yes in each.answers.values()
    )


def settle_never_left(db: Db, consent: ConsentId, claim: ReceiptClaim) -> None:
    """Nothing is owed for a referral the hub signs it never had: after this it cannot take it."""
    for referral in referrals.under(db, consent):
        tracking = referrals.one(db, referral)
        if tracking is None or tracking.erasure is not Erasure.OWED:
            continue
        if str(referral) not in claim.recalled and not has_been_out(db, referral):
            proof = f"receipt {claim.seq}"
            steps.owed(db, referral, Erasure.NONE, Step(NEVER_LEFT, claim.time, proof))


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
        # One word for each life of the hub, however often it is met.
        once = Moment(now, uuid5(consent, epoch))
        message = letters.withdrawn(own, consent, tuple(recalled), once)
        if not outbox.holds(db, header_of(message).id):
            outbox.add_fact(db, message, now)


def _stayed_here(row: Queued) -> bool:
    # A round that got no answer may still have been heard: only no round at all, or the hub's
    # refusal, means that nothing of it is out there.
    return row.attempts == 0 or row.state == outbox.REFUSED


def has_been_out(db: Db, referral: ReferralId) -> bool:
    """Say whether it was proven sent, or offered to a hub that then lost its memory."""
    tracking = referrals.one(db, referral)
    return tracking is not None and (
        tracking.delivery is not Delivery.QUEUED or HUB_RESTORED in tracking.steps
    )


def _end(db: Db, referral: ReferralId, moment: Moment, *, is_safe: bool) -> None:
    tracking = referrals.one(db, referral)
    proof = str(moment.id("withdrawal"))
    if tracking is not None and not has_ended(tracking.status):
        step = Step(TaskStatus.CANCELLED.value, moment.now, proof)
        steps.moved(db, referral, TaskStatus.CANCELLED, CONSENT_WITHDRAWN, step)
    if not is_safe:
        _owes(db, referral, moment)


def _owes(db: Db, referral: ReferralId, moment: Moment) -> None:
    proof = str(moment.id("withdrawal"))
    steps.owed(db, referral, Erasure.OWED, Step("erasure-owed", moment.now, proof))


def _tell(
    db: Db, consent: ConsentId, rows: tuple[Queued, ...], moment: Moment, *, may_have_left: bool
) -> None:
    """Tell the hub when it may know of the consent; otherwise take back that it was given."""
    if may_have_left or any(row.attempts for row in rows):
        out = tuple(ref for ref in referrals.under(db, consent) if has_been_out(db, ref))
        known = {ref: tracking for ref in out if (tracking := referrals.one(db, ref))}
        recalled = tuple(Recalled(str(ref), known[ref].referral.agency) for ref in out)
        own = enrolment.current(db)
        message = letters.withdrawn(own, consent, recalled, moment)
        outbox.add_fact(db, message, moment.now)
        return
    for row in rows:
        if row.kind is Kind.CONSENT_GIVEN:
            outbox.remove(db, row.id)


def _checked(consent: Consent) -> Consent:
    return replace(
        consent,
        agency_name=line(consent.agency_name, "agency"),
        purpose=checked(consent.purpose, ITEM_LIMIT),
        retention=checked(consent.retention, ITEM_LIMIT),
        guardian=_checked_guardian(consent.guardian) if consent.guardian else None,
    )


def _spared(consent: Consent) -> Consent:
    """Return it without who a guardian is that said no: that had been given to ask only.

    표준 개인정보 보호지침, 13, known at second hand (D-126).
    """
    said = set(consent.answers.values())
    if consent.guardian is None or said & {Answer.GIVEN, Answer.LATER}:
        return consent
    return replace(consent, guardian=replace(consent.guardian, name="", contact=""))


def _checked_guardian(guardian: Guardian) -> Guardian:
    return replace(
        guardian,
        name=line(guardian.name, "guardian"),
        relation=checked(guardian.relation, LINE_LIMIT),
        contact=checked(guardian.contact, LINE_LIMIT),
    )
