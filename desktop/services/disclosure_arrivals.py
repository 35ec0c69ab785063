"""What comes about a report: a question to a supervisor, the answer, the authority's steps."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from desktop.domain.agencies import AgencyKind
from desktop.domain.disclosures import Ground, Report, Stage, report_of
from desktop.domain.ids import ReferralId
from desktop.errors import AppError
from desktop.services import bounds, letters
from desktop.services.cosign_proofs import check_shape, kind_in, proven
from desktop.services.inbox_proofs import Said, said
from desktop.services.proofs import Reader, read_as
from desktop.vault import cosigning, disclosures, ledger, outbox, reported
from desktop.vault.columns import uuid
from desktop.vault.cosigning import Question
from desktop.vault.database import Db
from desktop.vault.disclosures import Held
from desktop.vault.steps import Step
from sync.client.errors import CertRefused, KeyUnusable, Tampered
from sync.client.sealing import header_of
from sync.protocol.answers import Event
from sync.protocol.bodies import DeliveryReceipt, Packet, TaskMoved, TaskNote
from sync.protocol.codec import canonical
from sync.protocol.disclosures import COSIGNERS, CosignGiven, CosignRefused
from sync.protocol.messages import COSIGN_KINDS, Cosign, Header, Kind
from sync.protocol.states import Delivery, Party, TaskStatus, has_ended, may_move

_ANSWERS = {Kind.COSIGN_GIVEN: cosigning.GIVEN, Kind.COSIGN_REFUSED: cosigning.REFUSED}


def apply(db: Db, reader: Reader, event: Event) -> None:
    """Apply one event; what is about no report changes nothing. Raises `Untrusted`."""
    held = disclosures.held(db, event.ref)
    if event.message is None or (held is None and event.kind not in COSIGN_KINDS):
        return
    try:
        _heard(db, held, said(reader, event, event.message))
    except KeyUnusable as error:
        raise Tampered("key") from error


def sent(db: Db, header: Header, at: datetime, proof: str) -> bool:
    """The hub proves that it holds a report: into the ledger. False: it is no report of ours."""
    if disclosures.held(db, header.ref) is None:
        return False
    disclosures.delivered(db, header.ref, Delivery.SENT, Step(Delivery.SENT.value, at, proof))
    ledger.enter(db, header.ref, header.id, at)
    return True


def refused(db: Db, header: Header, reason: str) -> None:
    """The hub did not take a report, or the question about it."""
    is_ours = header.kind in (Kind.REFERRAL_REQUEST, Kind.COSIGN_REQUEST)
    if is_ours and disclosures.held(db, header.ref) is not None:
        disclosures.has_problem(db, header.ref, reason)


def _heard(db: Db, held: Held | None, told: Said) -> None:
    if told.event.kind in COSIGN_KINDS:
        if not told.is_ours:
            raise CertRefused("another organisation")
        _inside(db, held, told)
    elif held is not None and not told.is_ours:
        effect = _EFFECTS.get(told.event.kind)
        if told.header.from_org != held.agency:
            raise CertRefused("another agency")
        if effect is not None:
            effect(db, told)


def _inside(db: Db, held: Held | None, told: Said) -> None:
    if told.event.kind is Kind.COSIGN_REQUEST:
        # Nor what was asked here as another device, before this laptop joined again.
        is_own = told.is_this_devices or held is not None
        if told.reader.enrolment.role in COSIGNERS and not is_own:
            _asked(db, told)
    elif held is None:
        # Another supervisor was quicker: what was to be signed here is destroyed.
        cosigning.settle(db, told.event.ref, _ANSWERS[told.event.kind], told.event.at)
    elif held.stage is Stage.ASKED:
        _answered(db, held, told)


def _asked(db: Db, told: Said) -> None:
    packet = told.opened(Packet)
    check_shape(told.header, packet)
    kind = kind_in(told.reader.book, packet.agency)
    if bounds.packet(packet) != packet or not Ground(packet.basis).may_tell(kind):
        raise Tampered("basis")
    asked = Question(told.event.ref, told.header.from_device, canonical(packet), told.event.at)
    cosigning.keep(db, asked)


def _answered(db: Db, held: Held, told: Said) -> None:
    if told.event.kind is Kind.COSIGN_REFUSED:
        reason = told.body(CosignRefused).reason[:80]
        disclosures.refused(db, told.event.ref, reason, told.step(Stage.REFUSED.value))
        return
    body = told.body(CosignGiven)
    cosign = Cosign(body.claim, body.sig, body.cert)
    header, at = header_of(held.message), min(told.reader.now, told.event.at)
    signed = proven(header, held.packet, cosign, told.reader.book, at)
    try:
        # By two clocks: one that is ahead alone must not make what was signed just now too late.
        released = _report(held).release(held.packet, signed, told.reader.agreed)
    except AppError:
        # It came too late, or the law does not cover it any more: a person has to look.
        disclosures.has_problem(db, told.event.ref, "cosign-lapsed")
        return
    message = msgspec.structs.replace(held.message, cosign=cosign)
    disclosures.release(db, released, message)


def _report(held: Held) -> Report:
    packet = read_as(Packet, held.packet)
    writing = letters.writing_of(held.youth, packet)
    ref = ReferralId(uuid(packet.ref))
    return report_of(ref, writing, AgencyKind(held.kind), held.device, packet.written_at)


def _delivery(db: Db, told: Said) -> None:
    ref, body = told.event.ref, told.body(DeliveryReceipt)
    if body.digest != disclosures.digest_of(db, ref):
        raise Tampered("digest")
    disclosures.delivered(db, ref, Delivery(body.stage.value), told.step(body.stage.value))
    if (held := disclosures.held(db, ref)) is not None:
        # Where the hub's answer was lost this is the first proof that it was provided.
        ledger.enter(db, ref, header_of(held.message).id, told.event.at)
    outbox.request_proven(db, ReferralId(uuid(ref)))


def _status(db: Db, told: Said) -> None:
    moved, ref = told.body(TaskMoved), ReferralId(uuid(told.event.ref))
    known = reported.one(db, ref)
    if moved.to not in set(TaskStatus) or known is None:
        raise Tampered("body")
    to = TaskStatus(moved.to)
    if may_move(known.status, to, Party.TARGET):
        disclosures.moved(db, str(ref), to, moved.reason[:80], told.step(to.value))
        if has_ended(to):
            outbox.ended(db, ref)


def _note(db: Db, told: Said) -> None:
    note = told.opened(TaskNote)
    disclosures.replied(db, told.event.ref, bounds.letter(note.text), told.step("reply"))


_EFFECTS: dict[Kind, Callable[[Db, Said], None]] = {
    Kind.DELIVERY_RECEIPT: _delivery,
    Kind.TASK_STATUS: _status,
    Kind.TASK_NOTE: _note,
}
