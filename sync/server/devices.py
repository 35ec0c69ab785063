"""Devices: a one-time code brings one to the door, its organisation lets it in or shuts it out."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.protocol.codec import canonical, packed, read_json, unpacked
from sync.protocol.directory import (
    SEAL_BYTES,
    Approval,
    DeviceCert,
    DeviceClaim,
    Enrol,
    Founding,
    OrgDevice,
    PendingDevice,
    WrappedOrgKey,
)
from sync.protocol.messages import is_likely
from sync.protocol.tickets import LETTERS, NotATicket, plain_code
from sync.server import statements, tables, untold
from sync.server.refusals import Refused
from sync.server.signatures import is_cert_signed, is_enrolment_proven
from sync.server.stamps import moment, stamp
from sync.server.store import Db, Row

CODE_LIFE = timedelta(hours=48)
ADMIN = "admin"
PENDING, ENROLLED, REVOKED = "pending", "enrolled", "revoked"
FOUNDING = "founding"
"""Said to an admin who was let in by the hub's office: it has yet to hand over keys."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Where a device stands."""

    status: str
    org: str
    role: str
    cert: DeviceCert | None
    org_keys: tuple[WrappedOrgKey, ...]


def code_from(chance: bytes) -> str:
    """Turn 16 random bytes into 26 Crockford characters."""
    usual = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    letters = base64.b32encode(chance).decode().rstrip("=")
    return letters.translate(str.maketrans(usual, LETTERS))


def keep_code(db: Db, org: str, role: str, code: str, now: datetime) -> None:
    """Accept this code once, from now on for two days. Only its hash is kept."""
    row = {"hash": _code_hash(code), "org_id": org, "role": role, "used_by": ""}
    db.add(tables.enrol_code, {**row, "expires_at": stamp(now + CODE_LIFE)})


def check_code(db: Db, asked: Enrol) -> None:
    """Refuse who has no code of ours, or not the key they want to be known by."""
    if len(asked.seal_pub) != SEAL_BYTES:
        raise Refused(400, "malformed")
    known = db.one(tables.enrol_code, hash=_code_hash(asked.code))
    if known is None or not is_enrolment_proven(asked):
        raise Refused(403, "code-refused")


def enrol(db: Db, asked: Enrol, now: datetime) -> Admission:
    """Take a device to the door, or say again where it stands: asking twice is harmless."""
    check_code(db, asked)
    code = db.locked(tables.enrol_code, hash=_code_hash(asked.code))
    if code is None:
        raise Refused(403, "code-refused")
    if code["used_by"] == "":
        _arrive(db, asked, code, now)
    elif code["used_by"] != asked.device:
        raise Refused(403, "code-refused")
    found = db.one(tables.device, id=asked.device)
    if found is None or (found["sign_pub"], found["seal_pub"]) != (asked.sign_pub, asked.seal_pub):
        raise Refused(403, "code-refused")
    if found["status"] == REVOKED:
        raise Refused(403, "device-revoked")
    return _admission(found)


def pending(db: Db, org: str) -> tuple[PendingDevice, ...]:
    """List the organisation's devices that wait at the door."""
    return tuple(
        PendingDevice(
            row["id"], row["role"], row["sign_pub"], row["seal_pub"], moment(row["asked_at"])
        )
        for row in db.all(tables.device, org_id=org, status=PENDING)
    )


def listed(db: Db, org: str) -> tuple[OrgDevice, ...]:
    """List every device the organisation ever had, for its admins."""
    return tuple(
        OrgDevice(
            row["id"],
            row["role"],
            row["status"],
            row["sign_pub"],
            row["seal_pub"],
            moment(row["asked_at"]),
            moment(row["decided_at"]) if row["decided_at"] else None,
        )
        for row in db.all(tables.device, org_id=org)
    )


def standing(db: Db, device: str) -> Admission:
    """Say where a known device stands."""
    found = db.one(tables.device, id=device)
    if found is None:
        raise Refused(403, "device-revoked")
    return _admission(found)


def let_in_first(db: Db, org: str, device: str, now: datetime) -> None:
    """Let in an admin of an organisation that has nobody who could: words were compared."""
    found = db.locked(tables.device, id=device)
    is_waiting = found is not None and (found["org_id"], found["status"]) == (org, PENDING)
    if found is None or not is_waiting or found["role"] != ADMIN or has_admin(db, org):
        raise Refused(403, "role")
    db.change(tables.device, {"id": device}, status=ENROLLED, decided_at=stamp(now))
    untold.tell(db, org, ENROLLED)


def has_admin(db: Db, org: str, but: str = "") -> bool:
    """Say whether somebody decides for the organisation, other than this device."""
    enrolled = db.all(tables.device, org_id=org, status=ENROLLED)
    return any(row["role"] == ADMIN and row["id"] != but for row in enrolled)


def is_led(db: Db, org: str) -> bool:
    """Say whether somebody decides for the organisation, and has its keys."""
    enrolled = db.all(tables.device, org_id=org, status=ENROLLED)
    return any(row["role"] == ADMIN and row["cert"] for row in enrolled)


def has_others(db: Db, org: str, device: str) -> bool:
    """Say whether the organisation has let other devices in; until the end nobody else is."""
    db.locked(tables.device, id=device)
    another = statements.another_device()
    return bool(db.asked(another, org=org, status=ENROLLED, but=device, few=1))


def approve(db: Db, org: str, approval: Approval, now: datetime) -> None:
    """Let a waiting device in, with its organisation's certificate."""
    found = db.locked(tables.device, id=approval.device)
    if found is None or found["org_id"] != org or found["status"] == REVOKED:
        raise Refused(403, "role")
    listed = db.one(tables.org, id=org)
    _check_cert(found, approval.cert, listed["sign_pub"] if listed else b"")
    letters = {"cert": packed(approval.cert), "org_keys": packed(approval.org_keys)}
    decided = {"status": ENROLLED, "decided_at": stamp(now)}
    db.change(tables.device, {"id": approval.device}, **letters, **decided)
    untold.tell(db, org, ENROLLED)


def revoke(db: Db, org: str, device: str, now: datetime) -> None:
    """Shut a device out, or turn it away at the door, at once and for good.

    Said again, it changes nothing: since when a device is out decides how long its backups stay.
    """
    found = {"id": device, "org_id": org}
    was = {**found, "status": (PENDING, ENROLLED)}
    if db.change(tables.device, was, status=REVOKED, decided_at=stamp(now)):
        return
    if db.one(tables.device, **found, status=REVOKED) is None:
        raise Refused(403, "role")


def org_keys(found: Row) -> tuple[WrappedOrgKey, ...]:
    """Return the keys of its organisation that a device may fetch."""
    return unpacked(tuple[WrappedOrgKey, ...], found["org_keys"]) if found["org_keys"] else ()


def give(db: Db, org: str, device: str, key: WrappedOrgKey) -> None:
    """Add one of the organisation's private keys to what the device may fetch."""
    found = db.locked(tables.device, id=device)
    if found is None or (found["org_id"], found["status"]) != (org, ENROLLED):
        raise Refused(403, "role")
    others = [one for one in org_keys(found) if one.epoch != key.epoch]
    db.change(tables.device, {"id": device}, org_keys=packed((*others, key)))


def certify(db: Db, device: str, asked: Founding, sign_pub: bytes) -> None:
    """Keep the certificate with which an organisation's first admin vouches for itself."""
    found = db.locked(tables.device, id=device)
    if found is None:
        raise Refused(403, "role")
    _check_cert(found, asked.cert, sign_pub)
    cert, keys = asked.cert, asked.own
    db.change(tables.device, {"id": device}, cert=packed(cert), org_keys=packed(keys))


def add(db: Db, asked: Enrol, approval: Approval, now: datetime) -> None:
    """Put a device straight in: the first of an organisation has nobody to approve it."""
    claim = read_json(DeviceClaim, approval.cert.claim)
    row = {"org_id": claim.org, "role": claim.role}
    db.add(tables.device, _row(asked, row, now))
    approve(db, claim.org, approval, now)


def _arrive(db: Db, asked: Enrol, code: Row, now: datetime) -> None:
    if now >= moment(code["expires_at"]) or db.one(tables.device, id=asked.device):
        raise Refused(403, "code-refused")
    db.change(tables.enrol_code, {"hash": code["hash"]}, used_by=asked.device)
    db.add(tables.device, _row(asked, code, now))


def _check_cert(found: Row, cert: DeviceCert, sign_pub: bytes) -> None:
    claim = read_json(DeviceClaim, cert.claim)
    said = (claim.org, claim.device, claim.role, claim.sign_pub)
    is_true = said == (found["org_id"], found["id"], found["role"], found["sign_pub"])
    is_true = is_true and is_likely(claim.valid_until)
    if not is_true or not is_cert_signed(cert, sign_pub):
        raise Refused(403, "cert-refused")


def _row(asked: Enrol, place: Row, now: datetime) -> Row:
    return {
        "id": asked.device,
        "org_id": place["org_id"],
        "role": place["role"],
        "sign_pub": asked.sign_pub,
        "seal_pub": asked.seal_pub,
        "status": PENDING,
        "cert": b"",
        "org_keys": b"",
        "asked_at": stamp(now),
        "decided_at": "",
    }


def _admission(found: Row) -> Admission:
    cert = unpacked(DeviceCert, found["cert"]) if found["cert"] else None
    keys = org_keys(found)
    status = FOUNDING if found["status"] == ENROLLED and cert is None else found["status"]
    return Admission(status, found["org_id"], found["role"], cert, keys)


def _code_hash(code: str) -> str:
    try:
        return hashlib.sha256(canonical(plain_code(code))).hexdigest()
    except NotATicket as error:
        raise Refused(403, "code-refused") from error
