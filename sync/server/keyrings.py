"""An organisation's keys, before the keepers list them: what it asks for, signed by itself."""

from datetime import datetime

import msgspec

from sync.protocol.codec import Unreadable, canonical, read_json
from sync.protocol.directory import (
    Approval,
    Founding,
    OrgKeys,
    OrgKeysClaim,
    Proposal,
    Rotation,
)
from sync.protocol.messages import Wire
from sync.server import devices, directory, tables
from sync.server.refusals import Refused
from sync.server.signatures import are_keys_signed
from sync.server.store import Db

_DRAFT = "draft:"
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


def found(db: Db, org: str, device: str, asked: Founding) -> None:
    """Take the keys that an organisation's first admin made. Nobody else may decide there."""
    if devices.has_admin(db, org, but=device):
        raise Refused(403, "role")
    claim = _claim(asked.keys, org)
    known = db.one(tables.org, id=org)
    if known is None or not are_keys_signed(asked.keys, claim.sign_pub):
        raise Refused(403, _REFUSED)
    db.change(tables.org, {"id": org}, sign_pub=claim.sign_pub)
    devices.certify(db, device, asked.cert, asked.own)
    _ask_for(db, org, asked.keys)


def rotate(db: Db, org: str, asked: Rotation) -> None:
    """Take a new sealing key; each device that is in must be given it, and no other."""
    claim = _claim(asked.keys, org)
    known = db.locked(tables.org, id=org)
    is_own = known is not None and known["sign_pub"] == claim.sign_pub
    if not is_own or not are_keys_signed(asked.keys, claim.sign_pub):
        raise Refused(403, _REFUSED)
    inside = {row["id"] for row in db.all(tables.device, org_id=org, status=devices.ENROLLED)}
    if {each.device for each in asked.wrapped} != inside:
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
    key, value = _DRAFT + org, canonical(draft).decode()
    if not db.change(tables.meta, {"key": key}, value=value):
        db.add(tables.meta, {"key": key, "value": value})
