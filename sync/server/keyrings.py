"""An organisation's keys, before the keepers list them: what it asks for, signed by itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from sync.protocol.codec import Unreadable, canonical, read_json, unpacked
from sync.protocol.directory import (
    Approval,
    DeviceCert,
    Founding,
    OrgKeys,
    OrgKeysClaim,
    Proposal,
    Rotation,
    WrappedOrgKey,
)
from sync.protocol.messages import Wire
from sync.server import devices, directory, tables
from sync.server.refusals import Refused
from sync.server.signatures import are_keys_signed, is_cert_signed
from sync.server.store import Db

_DRAFT = "draft:"
_ANEW = "anew:"
"""Kept of an organisation whose keys are lost, until it has made others."""
_REFUSED = "keys-refused"


class Draft(Wire, frozen=True):
    """An organisation as its files and its first admin describe it, not listed yet."""

    hsds: msgspec.Raw
    keys: OrgKeys | None = None


def name_org(db: Db, org: str, hsds: bytes, now: datetime) -> None:
    """Know an organisation by its record; it takes part once the keepers have listed it."""
    before = _draft(db, org)
    _keep(db, org, Draft(msgspec.Raw(hsds), before.keys if before else None))
    directory.expect(db, org, now)


def proposals(db: Db) -> tuple[Proposal, ...]:
    """Return what the keepers are asked to list: organisations that have made their keys."""
    drafts = [
        read_json(Draft, row["value"].encode())
        for row in db.all(tables.meta)
        if row["key"].startswith(_DRAFT)
    ]
    return tuple(Proposal(draft.hsds, draft.keys) for draft in drafts if draft.keys)


def wish_anew(db: Db, org: str) -> None:
    """Let an admin whom the hub's office lets in make other keys: those before are lost."""
    if devices.is_led(db, org) or not directory.is_known(db, org):
        raise Refused(403, "role")
    _note(db, _ANEW + org, "")


def anew_after(db: Db, org: str) -> int:
    """Return the highest number that a key of the organisation ever had; 0: nothing anew.

    Where the keepers list none of its keys, nobody has to wish it: nothing is sealed to them.
    """
    if directory.is_active(db, org) and db.one(tables.meta, key=_ANEW + org) is None:
        return 0
    return _highest(db, org)


def renewed_after(db: Db, org: str, given: Iterable[WrappedOrgKey]) -> int:
    """Return that number where neither the list nor what an admin is given shows it; else 0.

    It is told then alone: a program from before this is told nothing that it does not know.
    """
    listed, highest = directory.listing(db, org), _highest(db, org)
    shown = {key.epoch for key in (listed.sealing_keys if listed else ())}
    shown |= {key.epoch for key in given}
    return highest if highest > max(shown, default=0) else 0


def _highest(db: Db, org: str) -> int:
    draft, listed = _draft(db, org), directory.listing(db, org)
    asked = _claim(draft.keys, org).sealing_keys if draft and draft.keys else ()
    numbers = {key.epoch for key in (*asked, *(listed.sealing_keys if listed else ()))}
    for row in db.all(tables.device, org_id=org):
        numbers |= {key.epoch for key in devices.org_keys(row)}
    return max(numbers, default=0)


def signing(db: Db) -> dict[str, bytes]:
    """Return with which key each organisation signs for its devices; empty before the first."""
    return {row["id"]: bytes(row["sign_pub"]) for row in db.all(tables.org)}


def shut_out_before(db: Db, before: Mapping[str, bytes], now: datetime) -> None:
    """Shut out who is in by a key that their organisation signed with `before`, and no more.

    Nobody believes what they send. Said to them, they join again.
    """
    for org, sign_pub in signing(db).items():
        if before.get(org) and before[org] != sign_pub:
            _keep_only(db, org, sign_pub, now)


def found(db: Db, org: str, device: str, asked: Founding) -> None:
    """Take the keys that an organisation's first admin made. Nobody else may decide there.

    Other keys than it has are taken only where they are to be, and under numbers of their own:
    whoever holds the key before under a number reads old letters with it (D-194).
    """
    if devices.has_admin(db, org, but=device):
        raise Refused(403, "role")
    claim = _claim(asked.keys, org)
    known = db.one(tables.org, id=org)
    if known is None or not are_keys_signed(asked.keys, claim.sign_pub):
        raise Refused(403, _REFUSED)
    is_anew = bytes(known["sign_pub"]) not in {b"", claim.sign_pub}
    after = anew_after(db, org) if is_anew else 0
    if is_anew and (not after or any(key.epoch <= after for key in claim.sealing_keys)):
        raise Refused(403, _REFUSED)
    db.remove(tables.meta, key=_ANEW + org)
    if not known["sign_pub"]:
        # Else colleagues go on under the key before until the keepers list this one.
        db.change(tables.org, {"id": org}, sign_pub=claim.sign_pub)
    devices.certify(db, device, asked, claim.sign_pub)
    _ask_for(db, org, asked.keys)


def rotate(db: Db, org: str, asked: Rotation) -> None:
    """Take a new sealing key; each device that is in must be given it, and no other."""
    claim = _claim(asked.keys, org)
    known = db.locked(tables.org, id=org)
    is_own = known is not None and known["sign_pub"] == claim.sign_pub
    if not is_own or not are_keys_signed(asked.keys, claim.sign_pub):
        raise Refused(403, _REFUSED)
    inside = {row["id"] for row in db.all(tables.device, org_id=org, status=devices.ENROLLED)}
    made = {each.key.epoch for each in asked.wrapped}
    made |= {key.epoch for key in claim.sealing_keys if not key.is_retired}
    # Else two keys have one number, and whoever holds the one cannot be given the other (D-201).
    is_new = len(made) == 1 and min(made) > _highest(db, org)
    if {each.device for each in asked.wrapped} != inside or not is_new:
        raise Refused(403, _REFUSED)
    for each in asked.wrapped:
        devices.give(db, org, each.device, each.key)
    _ask_for(db, org, asked.keys)


def check_given(db: Db, approval: Approval, org: str) -> None:
    """Refuse an approval by whoever lacks a key that the organisation has made for what is new.

    The device would be in, and nobody would ever give it that key (D-156).
    """
    # Before any device, as in `rotate`: of the two, one sees what the other did.
    db.locked(tables.org, id=org)
    draft = _draft(db, org)
    keys = _claim(draft.keys, org).sealing_keys if draft and draft.keys else ()
    if {key.epoch for key in keys if not key.is_retired} - {
        key.epoch for key in approval.org_keys
    }:
        raise Refused(403, _REFUSED)


def _keep_only(db: Db, org: str, sign_pub: bytes, now: datetime) -> None:
    for row in db.all(tables.device, org_id=org, status=devices.ENROLLED):
        cert = unpacked(DeviceCert, row["cert"]) if row["cert"] else None
        if cert is None or not is_cert_signed(cert, sign_pub):
            devices.revoke(db, org, row["id"], now)


def _ask_for(db: Db, org: str, keys: OrgKeys) -> None:
    before, listed = _draft(db, org), directory.listing(db, org)
    known = before or listed
    _keep(db, org, Draft(known.hsds if known else msgspec.Raw(canonical({"id": org})), keys))


def _claim(keys: OrgKeys, org: str) -> OrgKeysClaim:
    try:
        claim = read_json(OrgKeysClaim, keys.claim)
    except Unreadable as error:
        raise Refused(403, _REFUSED) from error
    if claim.org != org or canonical(claim) != keys.claim:
        raise Refused(403, _REFUSED)
    return claim


def _draft(db: Db, org: str) -> Draft | None:
    row = db.one(tables.meta, key=_DRAFT + org)
    return read_json(Draft, row["value"].encode()) if row else None


def _keep(db: Db, org: str, draft: Draft) -> None:
    _note(db, _DRAFT + org, canonical(draft).decode())


def _note(db: Db, key: str, value: str) -> None:
    if not db.change(tables.meta, {"key": key}, value=value):
        db.add(tables.meta, {"key": key, "value": value})
