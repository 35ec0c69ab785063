"""What passes without a consent (PIPA 17(1)2): a known basis, its receiver, and two signatures.

Each is written into the ledger in the same transaction (decree 15), without who reported.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from sync.hsds.json_files import organization
from sync.hsds.places import BadRow
from sync.protocol.answers import Event
from sync.protocol.codec import Unreadable, canonical, read_json, unpacked
from sync.protocol.directory import DeviceCert, DeviceClaim
from sync.protocol.disclosures import (
    BASES,
    COSIGN_CONTEXT,
    COSIGNERS,
    Basis,
    CosignGiven,
    CosignRefused,
    DisclosureClaim,
    is_by_law,
)
from sync.protocol.ed25519 import is_signed
from sync.protocol.messages import COSIGN_KINDS, Cosign, Header, Kind, Message, is_likely, is_uuid
from sync.server import directory, tables
from sync.server.devices import ENROLLED
from sync.server.headers import check_codes
from sync.server.refusals import Rejected
from sync.server.signatures import is_cert_signed
from sync.server.stamps import stamp
from sync.server.store import Db, Row

BASIS_REFUSED, COSIGN_MISSING = "basis-not-allowed", "cosign-missing"
NOT_FOR_YOU = "not-for-you"
"""Reason of an event whose message this device is not shown."""
FORM, LIMITS = "sealed-message", "purpose-only/reporter-secret"
_MAY_CLAIM = frozenset({Kind.REFERRAL_REQUEST, Kind.COSIGN_REQUEST})


def check_path(header: Header, message: Message) -> None:
    """Raise `Rejected` if a message of another kind takes any part of this path."""
    is_request = header.kind is Kind.REFERRAL_REQUEST and is_by_law(header.basis)
    has_cosign = not isinstance(message.cosign, msgspec.UnsetType)
    if has_cosign and not is_request:
        raise Rejected(BASIS_REFUSED)
    if is_by_law(header.basis) and header.kind not in _MAY_CLAIM:
        raise Rejected(BASIS_REFUSED)


def check(db: Db, header: Header, message: Message, now: datetime) -> None:
    """Raise `Rejected` unless the law allows this, to them, and a supervisor signed it."""
    _check_scope(db, header)
    if {key.org for key in message.keys} != {header.to_org}:
        raise Rejected(BASIS_REFUSED)  # our colleagues hold our own key, and may not read it
    cosign = message.cosign
    if isinstance(cosign, msgspec.UnsetType):
        raise Rejected(COSIGN_MISSING)
    claim = _claim(cosign)
    said = DisclosureClaim(
        header.ref, header.from_org, header.from_device, header.to_org, header.basis,
        header.item_codes, claim.packet_digest, claim.at, claim.until,
    )  # fmt: skip
    is_dated = is_likely(claim.at) and is_likely(claim.until) and claim.at <= claim.until
    if canonical(said) != cosign.claim or not is_dated or now >= claim.until:
        raise Rejected(COSIGN_MISSING)
    _check_signed(db, header, cosign)


def enter(db: Db, header: Header, now: datetime) -> None:
    """Write down what is provided: the fields of decree 15, and nobody who reported it.

    What a lost hub had written down stays as it was when it comes again (D-156).
    """
    row = {
        "id": header.id,
        "referral_id": header.ref,
        "from_org": header.from_org,
        "recipient": header.to_org,
        "purpose": BASES[header.basis].purpose,
        "legal_basis": header.basis,
        "items": canonical(header.item_codes).decode(),
        "at": stamp(now),
        "form": FORM,
        "limits": LIMITS,
    }
    known = db.one(tables.disclosure_ledger, id=header.id)
    if known is None:
        db.add(tables.disclosure_ledger, row)
    elif dict(known) != {**row, "at": known["at"]}:
        raise Rejected("id-reused")


def ledger(db: Db) -> Sequence[Row]:
    """List everything provided without a consent, the oldest first."""
    return sorted(db.all(tables.disclosure_ledger), key=lambda row: (row["at"], row["id"]))


def stands_on_law(db: Db, ref: str) -> bool:
    """Say whether a referral came in this way."""
    return bool(db.all(tables.disclosure_ledger, referral_id=ref))


def check_asked(db: Db, header: Header, message: Message) -> None:
    """Raise `Rejected` unless this asks one's own organisation, and nobody else."""
    is_inside = header.to_org == header.from_org
    keys = {key.org: key.epoch for key in message.keys}
    if not is_inside or len(keys) != len(message.keys) or header.consent_id:
        raise Rejected(BASIS_REFUSED)
    _basis(header)
    directory.check_recipients(db, header.to_org, header.from_org, keys)


def settle(db: Db, header: Header, body: CosignGiven | CosignRefused) -> None:
    """Take a supervisor's answer; what was asked about is destroyed here."""
    check_codes(body.device, getattr(body, "reason", ""))
    is_inside = header.to_org == header.from_org
    if not is_inside or body.device == header.from_device:
        raise Rejected(BASIS_REFUSED)
    _cosigner(db, header.from_org, header.from_device)
    gone = db.remove(tables.packet, ref=header.ref, kind=Kind.COSIGN_REQUEST.value)
    db.must_wipe = db.must_wipe or gone > 0


def shown(events: tuple[Event, ...], device: str, role: str) -> tuple[Event, ...]:
    """Take away what would tell a colleague who reported; the event itself stays in its place."""
    return tuple(
        event
        if event.kind not in COSIGN_KINDS or role in COSIGNERS or _is_for(event, device)
        else msgspec.structs.replace(event, message=None, cert=None, reason=NOT_FOR_YOU)
        for event in events
    )


def _is_for(event: Event, device: str) -> bool:
    if event.message is None or event.kind is Kind.COSIGN_REQUEST:
        return False
    raw = event.message.body
    try:
        if event.kind is Kind.COSIGN_GIVEN:
            return read_json(CosignGiven, raw).device == device
        return read_json(CosignRefused, raw).device == device
    except Unreadable:
        return False


def _check_scope(db: Db, header: Header) -> None:
    basis = _basis(header)
    if header.consent_id or header.consent_digest or header.expires:
        raise Rejected(BASIS_REFUSED)
    if not header.item_codes or _kind_of(db, header.to_org) not in basis.receivers:
        raise Rejected(BASIS_REFUSED)


def _basis(header: Header) -> Basis:
    basis = BASES.get(header.basis)
    if basis is None or not set(header.item_codes) <= basis.items:
        raise Rejected(BASIS_REFUSED)
    return basis


def _kind_of(db: Db, org: str) -> str:
    listing = directory.listing(db, org)
    try:
        return organization(bytes(listing.hsds), org).kind if listing else ""
    except BadRow:
        return ""


def _claim(cosign: Cosign) -> DisclosureClaim:
    try:
        return read_json(DisclosureClaim, cosign.claim)
    except Unreadable as error:
        raise Rejected(COSIGN_MISSING) from error


def _check_signed(db: Db, header: Header, cosign: Cosign) -> None:
    try:
        cert = unpacked(DeviceCert, cosign.cert)
        vouched = read_json(DeviceClaim, cert.claim)
    except Unreadable as error:
        raise Rejected(COSIGN_MISSING) from error
    org = db.one(tables.org, id=header.from_org)
    is_ours = org is not None and is_cert_signed(cert, org["sign_pub"])
    if not is_ours or not is_uuid(vouched.device):
        raise Rejected(COSIGN_MISSING)  # the receiver believes the certificate, not us
    signer = _cosigner(db, header.from_org, vouched.device)
    is_another = vouched.device != header.from_device
    if not is_another or vouched.sign_pub != signer["sign_pub"]:
        raise Rejected(COSIGN_MISSING)
    words = COSIGN_CONTEXT + hashlib.sha256(cosign.claim).digest()
    if not is_signed(vouched.sign_pub, words, cosign.sig):
        raise Rejected(COSIGN_MISSING)


def _cosigner(db: Db, org: str, device: str) -> Row:
    row = db.one(tables.device, id=device, org_id=org, status=ENROLLED)
    if row is None or row["role"] not in COSIGNERS:
        raise Rejected(COSIGN_MISSING)
    return row
