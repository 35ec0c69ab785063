"""Asking another agency for help: write, see exactly what would leave, release, follow."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.domain.consents import Consent, Item
from desktop.domain.ids import AgencyId, ReferralId
from desktop.domain.looks import Act, Kind, Sight, at_record, at_youth
from desktop.domain.moment import Moment
from desktop.domain.referrals import LEFT_UNTOLD, Draft, Referral, ReleasedReferral, Tracking
from desktop.errors import AgencyUnreachable, NothingWritten, PreviewChanged
from desktop.services import (
    agencies,
    agency_keys,
    covering,
    enrolment,
    entrustments,
    letters,
    looks,
    untaken,
)
from desktop.services.covering import Telling
from desktop.services.letters import Letter
from desktop.services.readers import Readers
from desktop.vault import amendments, consents, drafts, guardians, outbox, referrals, steps, youths
from desktop.vault.amendments import Amending
from desktop.vault.database import Db, Vault
from desktop.vault.referrals import Sealing
from desktop.vault.steps import Step
from sync.client.directory import listing_of, sealing_key_of
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json
from sync.protocol.directory import DirectoryBook
from sync.protocol.messages import Kind as MessageKind
from sync.protocol.states import Delivery

Chance = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what would leave. `packet` are the bytes that would be sealed."""

    referral: Referral
    agency_name: str
    consent: Consent
    packet: bytes
    rows: tuple[tuple[Item, str], ...]
    """What leaves, in the order of `Item`, read back from `packet`."""
    staying: tuple[Item, ...]
    """Written in the draft, but not allowed by the consent: stays here."""
    version: int = 1
    """Above 1, this is told in addition, in place of what a referral under way has told."""


def keep_draft(vault: Vault, draft: Draft, moment: Moment) -> Draft:
    """Keep what has been written so far."""
    with vault.transaction() as db:
        if drafts.of_youth(db, draft.youth) != draft:
            drafts.keep(db, draft, moment.now)
    return draft


def preview(vault: Vault, draft: Draft, moment: Moment) -> Preview:
    """Show what would leave, which is a look.

    Raises `ConsentMissing`, `AgencyUnreachable`, `NotEnrolled`, `NothingWritten`.
    """
    sight = at_youth(draft.youth, Act.PREVIEWED)
    return looks.shown(vault, lambda db: _previewed(db, draft, moment), lambda _: (sight,), moment)


def _previewed(db: Db, draft: Draft, moment: Moment) -> Preview:
    enrolment.current(db)
    if draft.agency is None:
        raise NothingWritten(field="agency")
    agency_name = _reachable(agencies.book(db), draft.agency)
    youth, kept = youths.one(db, draft.youth), guardians.latest(db, draft.youth)
    asked = consents.of_youth(db, draft.youth)
    written = {item: text.strip() for item, text in draft.words.items() if text.strip()}
    if not written:
        raise NothingWritten(field="referral")
    may = _may_tell(db, frozenset(written), moment)
    telling = Telling(draft.agency, agency_name, may, draft.categories, youth.age)
    consent, items = covering.newest(asked, telling, moment.now)
    answering = _answered(db, draft)
    referral = Referral(
        id=answering.referral.id if answering else ReferralId(moment.id("referral")),
        youth=draft.youth,
        agency=draft.agency,
        categories=draft.categories,
        words={item: written[item] for item in Item if item in items},
        written_at=moment.now,
        urgency=draft.urgency,
        keep_from_guardian=youth.keep_from_guardian,
        keep_reason=kept.reason.value if kept else "",
    )
    version = answering.packet_version + 1 if answering else 1
    packet = letters.packet_of(referral, version)
    staying = tuple(item for item in Item if item in written and item not in items)
    return Preview(referral, agency_name, consent, packet, _rows(packet), staying, version)


def release(vault: Vault, preview: Preview, moment: Moment, chance: Chance) -> Tracking:
    """Seal, sign and queue what was shown, or raise PreviewChanged if it is not that any more."""
    referral = preview.referral
    with vault.transaction() as db:
        tracking = referrals.one(db, referral.id)
        if tracking is None or tracking.packet_version < preview.version:
            consent = _unchanged(db, preview, moment)
            desk = Readers(enrolment.current(db), agencies.book(db), db.addressees, chance)
            released = referral.release(consent, moment.now)
            _queue(db, desk, (released, consent, preview), moment)
            untaken.sent_anew(db, referral, moment.now)
            tracking = referrals.one(db, referral.id)
    if tracking is None:
        raise LookupError
    return tracking


def begin_answer(vault: Vault, referral: ReferralId, moment: Moment) -> Draft:
    """Begin to tell an agency what it asked for, or anew what it does not have: a draft of that.

    One that was begun for it goes on; any other draft of the young person is replaced.
    """
    with vault.transaction() as db:
        tracking = referrals.one(db, referral)
        if tracking is None:
            raise LookupError
        told = tracking.referral
        kept, answers = drafts.of_youth(db, told.youth), referral if tracking.asks() else None
        if kept is not None and (kept.agency, kept.answers) == (told.agency, answers):
            return kept
        may = _may_tell(db, told.items, moment)
        words = {item: said for item, said in told.words.items() if item in may}
        draft = Draft(told.youth, told.agency, told.categories, words, told.urgency, answers)
        drafts.keep(db, draft, moment.now)
    return draft


def leave_untold(vault: Vault, referral: ReferralId) -> Tracking:
    """Let it rest that what was to be told in addition came too late; the words stay."""
    with vault.transaction() as db:
        tracking = referrals.one(db, referral)
        if tracking is None:
            raise LookupError
        if tracking.is_untold:
            steps.has_problem(db, referral, LEFT_UNTOLD)
            tracking = replace(tracking, problem=LEFT_UNTOLD)
    return tracking


def all(vault: Vault, moment: Moment) -> tuple[Tracking, ...]:
    """Return every referral with its words, newest first: a look at each."""
    return looks.shown(vault, referrals.every, _sights, moment)


def _sights(trackings: tuple[Tracking, ...]) -> tuple[Sight, ...]:
    each = (tracking.referral for tracking in trackings)
    return tuple(at_record(Kind.REFERRAL, referral.id, referral.youth) for referral in each)


def _reachable(book: DirectoryBook, agency: AgencyId) -> str:
    listing = listing_of(book, agency)
    if listing is None or sealing_key_of(book, agency) is None:
        raise AgencyUnreachable(agency=agencies.name_in(listing) if listing else agency)
    return agencies.name_in(listing)


def _may_tell(db: Db, written: frozenset[Item], moment: Moment) -> frozenset[Item]:
    """Return it without a number, unless a law entrusts the organisation with it now."""
    return written if entrustments.is_on(db, moment.now) else written - {Item.IDENTIFIER}


def _answered(db: Db, draft: Draft) -> Tracking | None:
    """Return the referral this adds to, while its agency waits for more; else none."""
    tracking = referrals.one(db, draft.answers) if draft.answers else None
    if tracking is None or not tracking.asks():
        return None
    told = tracking.referral
    return tracking if (told.youth, told.agency) == (draft.youth, draft.agency) else None


def _rows(packet: bytes) -> tuple[tuple[Item, str], ...]:
    words = read_json(Packet, packet).words
    return tuple((item, words[item.value]) for item in Item if item.value in words)


def _unchanged(db: Db, preview: Preview, moment: Moment) -> Consent:
    """Return the consent it stands on, if that and the words are still what was shown."""
    referral = preview.referral
    youth, kept = youths.one(db, referral.youth), guardians.latest(db, referral.youth)
    may = _may_tell(db, referral.items, moment)
    telling = Telling(referral.agency, preview.agency_name, may, referral.categories, youth.age)
    asked = consents.of_youth(db, referral.youth)
    consent, items = covering.newest(asked, telling, moment.now)
    if (consent.id, items) != (preview.consent.id, referral.items):
        raise PreviewChanged
    is_same = (
        letters.packet_of(referral, preview.version) == preview.packet
        and _rows(preview.packet) == preview.rows
    )
    keeps = (youth.keep_from_guardian, kept.reason.value if kept else "")
    if not is_same or keeps != (referral.keep_from_guardian, referral.keep_reason):
        raise PreviewChanged
    return consent


def _queue(
    db: Db, desk: Readers, what: tuple[ReleasedReferral, Consent, Preview], moment: Moment
) -> None:
    released, consent, preview = what
    agency_keys.sealing(db, desk.book, released.referral.agency, moment.now)
    if not outbox.has_said(db, consent.id):
        # By an id of its own: what was refused is refused for ever, and this stands in its place.
        outbox.leave(db, _given_before(db, consent))
        outbox.add_fact(db, letters.given(desk.own, consent, moment), moment.now)
    kind = MessageKind.REFERRAL_REQUEST if preview.version == 1 else MessageKind.REFERRAL_AMEND
    letter = Letter(moment.id("request"), kind, preview.packet)
    message = letters.sealed(desk, released, consent, letter)
    referral = released.referral
    drafts.drop(db, referral.youth)
    if kind is MessageKind.REFERRAL_AMEND:
        made = (str(letter.id), preview.version, preview.packet, message.digest())
        amendments.add(db, released, Amending(*made))
        outbox.add_amendment(db, released, message)
        return
    referrals.add(db, released, Sealing(preview.packet, preview.agency_name, message.digest()))
    steps.taken(db, referral.id, Step(Delivery.QUEUED.value, moment.now, str(letter.id)))
    outbox.add_referral(db, released, message)


def _given_before(db: Db, consent: Consent) -> tuple[str, ...]:
    untaken = outbox.untaken(db, str(consent.id))
    return tuple(each.id for each in untaken if each.kind is MessageKind.CONSENT_GIVEN)
