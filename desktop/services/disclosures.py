"""Sending the written record after a report by telephone: without a consent, under two names.

The call waits for nothing here. Nobody asks a guardian on this path, and nobody but the receiving
authority and the supervisor who signs learns who reported (아동학대처벌법 10(3)).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from desktop.basis_errors import BasisNotAllowed
from desktop.domain.agencies import Agency
from desktop.domain.consents import Item
from desktop.domain.disclosures import (
    ASKED_ALREADY,
    SEEN_TO,
    Disclosure,
    Ground,
    Report,
    Stage,
    Writing,
    report_of,
)
from desktop.domain.forms import FormName
from desktop.domain.ids import ReferralId, YouthId
from desktop.domain.looks import Act, Kind, Sight, at_record, at_youth
from desktop.domain.moment import Moment
from desktop.errors import PreviewChanged
from desktop.services import agencies, agency_keys, enrolment, letters, looks
from desktop.services.cosign_proofs import kind_in
from desktop.services.readers import Readers, listed_key
from desktop.vault import carrying, disclosures, forms, outbox, reported, sending, youths
from desktop.vault.database import Db, Vault
from desktop.vault.steps import Step
from sync.client.directory import listing_of
from sync.client.enrolment import Enrolment
from sync.client.sealing import seal
from sync.protocol.bodies import Packet
from sync.protocol.codec import canonical, read_json
from sync.protocol.directory import DirectoryBook
from sync.protocol.disclosures import SALT_BYTES
from sync.protocol.messages import PROTOCOL, Header
from sync.protocol.messages import Kind as MessageKind

Chance = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Shown:
    """Exactly what would be signed and leave. `packet` are the bytes."""

    report: Report
    agency_name: str
    packet: bytes

    def rows(self) -> tuple[tuple[Item, str], ...]:
        """Return what leaves, in the order of `Item`, read back from `packet`."""
        words = read_json(Packet, self.packet).words
        return tuple((item, words[item.value]) for item in Item if item.value in words)


def receivers(vault: Vault, ground: Ground) -> tuple[Agency, ...]:
    """Return whom this law lets us tell, and nobody else, by name."""
    return tuple(agency for agency in agencies.all(vault) if ground.may_tell(agency.kind))


def preview(vault: Vault, writing: Writing, moment: Moment, chance: Chance) -> Shown:
    """Show what a supervisor would be asked to sign, which is a look.

    Raises `NotEnrolled`, `AgencyUnreachable`, `NothingWritten`, `BasisNotAllowed`.
    """
    salt = chance(SALT_BYTES).hex()
    sight = at_youth(writing.youth, Act.PREVIEWED)
    return looks.shown(
        vault, lambda db: _previewed(db, writing, moment, salt), lambda _: (sight,), moment
    )


def ask(vault: Vault, shown: Shown, moment: Moment, chance: Chance) -> Disclosure:
    """Ask the supervisors for a second name; what was shown is sealed now and waits for it.

    Raises `PreviewChanged`, `BasisNotAllowed`, `AgencyUnreachable`, `AgencyKeyChanged`.
    """
    report = shown.report
    with vault.transaction() as db:
        known = reported.one(db, report.referral.id)
        if known is not None:
            return known
        own, book = enrolment.current(db), agencies.book(db)
        _check(db, report, own, book)
        agency_keys.sealing(db, book, report.referral.agency, moment.now)
        if _packet(report, read_json(Packet, shown.packet).salt) != shown.packet:
            raise PreviewChanged
        readers = Readers(own, book, db.addressees, chance)
        to, us = readers.agency(report.referral.agency, moment.now), readers.ours()
        request = _header(report, own, MessageKind.REFERRAL_REQUEST, moment)
        question = _header(report, own, MessageKind.COSIGN_REQUEST, moment)
        # Sealed to the authority alone: whoever else holds our organisation's key cannot read it.
        message = seal(request, shown.packet, own.keys.sign, (to,), chance)
        disclosures.ask(db, report, shown.agency_name, shown.packet, message)
        asking = seal(question, shown.packet, own.keys.sign, (us,), chance)
        disclosures.queue(db, asking, moment.now, disclosures.items_of(report))
        forms.forget_about(db, report.referral.youth, moment.now, {FormName.REPORT})
        asked = reported.one(db, report.referral.id)
    if asked is None:
        raise LookupError
    return asked


def of_youth(vault: Vault, youth: YouthId, moment: Moment) -> tuple[Disclosure, ...]:
    """Return the reports about one young person, the newest first: a look at each."""
    return looks.shown(vault, lambda db: _of_youth(db, youth), _sights, moment)


def written(vault: Vault, ref: ReferralId, moment: Moment) -> Writing:
    """Return word for word what a report says, for another in its place: a look at it."""
    return looks.shown(
        vault,
        lambda db: _written(db, ref),
        lambda found: (at_record(Kind.REFERRAL, ref, found.youth),),
        moment,
    )


def call_off(vault: Vault, ref: ReferralId, moment: Moment) -> bool:
    """Take a report back that has not left; what may have left stays reported: False."""
    with vault.transaction() as db:
        held, key = disclosures.held(db, str(ref)), str(ref)
        if held is None or not _is_here(db, ref, held.stage):
            return False
        for row in outbox.packets_of(db, ref):
            outbox.remove(db, row.id)
        if held.stage is Stage.ASKED and not disclosures.is_question_here(db, key):
            out = Step(ASKED_ALREADY, moment.now, str(moment.id(ASKED_ALREADY)))
            disclosures.taken(db, key, out)
        disclosures.ended(db, key, Step(Stage.ENDED.value, moment.now, str(moment.id("end"))))
    return True


def seen_to(vault: Vault, ref: ReferralId, moment: Moment) -> None:
    """Write down that a person has seen to a report that waiting alone would not help."""
    with vault.transaction() as db:
        if (known := reported.one(db, ref)) is not None:
            # Never before what it is about, whatever this clock says.
            at = max(moment.now, *known.steps.values(), known.asked_at)
            disclosures.seen_to(db, str(ref), Step(SEEN_TO, at, str(moment.id(SEEN_TO))))
            if reported.has_outlived(db, ref, moment.now):  # it needs nobody in the outbox either
                for row in outbox.packets_of(db, ref):
                    if row.state == outbox.WAITING:
                        sending.settle(db, row.id, outbox.LEFT, row.problem)


def _of_youth(db: Db, youth: YouthId) -> tuple[Disclosure, ...]:
    found = reported.of_youth(db, youth)
    phones = agencies.phones(db) if found else {}
    return tuple(
        replace(
            each,
            may_be_called_off=_is_here(db, each.id, each.stage),
            phone=phones.get(each.agency, ""),
        )
        for each in found
    )


def _written(db: Db, ref: ReferralId) -> Writing:
    held = disclosures.held(db, str(ref))
    if held is None:
        raise LookupError
    return letters.writing_of(held.youth, read_json(Packet, held.packet))


def _is_here(db: Db, ref: ReferralId, stage: Stage) -> bool:
    """Say whether it is under way and nothing of it can have left."""
    if stage in (Stage.REFUSED, Stage.ENDED):
        return False
    if carrying.may_have_forgotten(db, "disclosure.asked", ref):
        return False  # it may have been signed and sent since the backup
    waiting = outbox.packets_of(db, ref)
    if any(row.attempts for row in waiting):
        return False
    return bool(waiting) or stage is not Stage.QUEUED


def _sights(found: tuple[Disclosure, ...]) -> tuple[Sight, ...]:
    return tuple(at_record(Kind.REFERRAL, each.id, each.youth) for each in found)


def _previewed(db: Db, writing: Writing, moment: Moment, salt: str) -> Shown:
    own, book = enrolment.current(db), agencies.book(db)
    kind = kind_in(book, writing.agency)
    ref = ReferralId(moment.id("referral"))
    report = report_of(ref, writing, kind, own.device, moment.now)
    _check(db, report, own, book)
    listing = listing_of(book, writing.agency)
    name = agencies.name_in(listing) if listing else writing.agency
    return Shown(report, name, _packet(report, salt))


def _check(db: Db, report: Report, own: Enrolment, book: DirectoryBook) -> None:
    referral = report.referral
    is_same_kind = kind_in(book, referral.agency) is report.kind
    is_about = report.ground.may_be_about(youths.one(db, referral.youth).age)
    if not (is_same_kind and is_about and own.device == report.device):
        raise BasisNotAllowed
    listed_key(book, referral.agency)


def _packet(report: Report, salt: str) -> bytes:
    packet = read_json(Packet, letters.packet_of(report.referral))
    basis, reason = report.ground.value, report.reason
    return canonical(msgspec.structs.replace(packet, basis=basis, reason=reason, salt=salt))


def _header(report: Report, own: Enrolment, kind: MessageKind, moment: Moment) -> Header:
    referral = report.referral
    is_question = kind is MessageKind.COSIGN_REQUEST
    return Header(
        v=PROTOCOL,
        id=str(moment.id(kind.value)),
        kind=kind,
        ref=str(referral.id),
        from_org=own.org,
        from_device=own.device,
        created=moment.now,
        to_org=own.org if is_question else referral.agency,
        basis=report.ground.value,
        item_codes=tuple(sorted(item.value for item in referral.items)),
        priority=referral.urgency.value,
    )
