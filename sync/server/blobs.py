"""Sealed backups of an organisation's laptops, for the day one is lost: pieces, and their sets.

Whoever changes something locks the organisation's rule, then the device's room: so nothing is
brought any more once the rule is gone, and what is counted stays true.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sync.protocol.backups import (
    HANDFUL,
    PIECE_BYTES,
    PIECES_AT_ONCE,
    BackupRule,
    BackupSet,
    Handful,
    Piece,
    Pieces,
    PiecesWanted,
)
from sync.server import tables
from sync.server.batch import Caller
from sync.server.devices import ADMIN
from sync.server.refusals import Refused
from sync.server.stamps import stamp
from sync.server.store import Db, Row

DEVICE_BYTES = 2 << 30
ORG_BYTES = 32 << 30
"""What the sealed backups of one organisation may take; the hub's disk is everybody's."""
LOOSE_FOR = timedelta(days=7)
"""So long after the last one was brought, pieces wait for the set that names them."""
NEVER, ENDING = "9999", ""
"""Instead of a time to sweep: nothing is loose, or nothing is to be left at all."""
_SOON = 60


def rule(db: Db, org: str) -> BackupRule:
    """Say what the organisation wishes."""
    return BackupRule(db.one(tables.backup_rule, org_id=org) is not None)


def decide(db: Db, by: Caller, asked: BackupRule, now: datetime) -> BackupRule:
    """Take an admin's wish. Off, nothing can be fetched any more; `sweeping` destroys it."""
    if by.role != ADMIN:
        raise Refused(403, "role")
    is_on = db.locked(tables.backup_rule, org_id=by.org) is not None
    if asked.is_on and not is_on:
        said = {"org_id": by.org, "said_by": by.device, "at": stamp(now)}
        db.add(tables.backup_rule, said)
    if is_on and not asked.is_on:
        end(db, by.org)
    return asked


def end(db: Db, org: str) -> None:
    """Keep no more backups of an organisation, and let go of those that are here."""
    db.locked(tables.backup_rule, org_id=org)
    db.remove(tables.backup_rule, org_id=org)
    forget(db, (row["device_id"] for row in db.all(tables.backup_room, org_id=org)))


def rooms(db: Db) -> dict[str, int]:
    """Say how many bytes are kept of each organisation that has a rule."""
    held = {row["org_id"]: 0 for row in db.all(tables.backup_rule)}
    for row in db.all(tables.backup_room):
        held[row["org_id"]] = held.get(row["org_id"], 0) + row["held"]
    return held


def missing(db: Db, by: Caller, asked: Pieces) -> Pieces:
    """Say which of these pieces the caller has yet to bring."""
    if not rule(db, by.org).is_on:
        raise Refused(403, "backups-off")
    if len(asked.digests) > PIECES_AT_ONCE:
        raise Refused(413, "too-large")
    known = sizes(db, by.device, asked.digests)
    return Pieces(tuple(one for one in asked.digests if one.hex() not in known))


def put(db: Db, by: Caller, brought: Handful, now: datetime) -> Pieces:
    """Keep pieces under the digests they have; bringing them again changes nothing."""
    digests = tuple(piece.digest for piece in brought.pieces)
    room = room_of(db, by)
    known = sizes(db, by.device, digests)
    new = {p.digest.hex(): p.content for p in brought.pieces if p.digest.hex() not in known}
    added = sum(map(len, new.values()))
    if new:
        _check_space(db, room, added)
        keys = [{"device_id": by.device, "sha256": name} for name in new]
        db.add(tables.blob, *({**key, "size": len(new[key["sha256"]])} for key in keys))
        db.add(tables.blob_content, *({**key, "content": new[key["sha256"]]} for key in keys))
        # Not what is overdue: it is being swept, and comes again where it is named.
        is_due = room["sweep_at"] <= stamp(now)
        until = room["sweep_at"] if is_due else stamp(now + LOOSE_FOR)
        where = {"device_id": by.device}
        db.change(tables.backup_room, where, held=room["held"] + added, sweep_at=until)
    return Pieces(digests)


def check(brought: Handful) -> None:
    """Refuse pieces that are too many or too large, or not what their digests say."""
    too_large = any(len(piece.content) > PIECE_BYTES for piece in brought.pieces)
    if too_large or len(brought.pieces) > HANDFUL:
        raise Refused(413, "too-large")
    if any(hashlib.sha256(p.content).digest() != p.digest for p in brought.pieces):
        raise Refused(400, "piece-wrong")


def fetch(db: Db, by: Caller, asked: PiecesWanted) -> Handful:
    """Hand out pieces to the laptop that left them, or to an admin of its organisation."""
    if len(asked.digests) > HANDFUL:
        raise Refused(413, "too-large")
    check_reader(db, by, asked.device)
    names = tuple(digest.hex() for digest in asked.digests)
    rows = db.all(tables.blob_content, device_id=asked.device, sha256=names) if names else ()
    found = {row["sha256"]: bytes(row["content"]) for row in rows}
    room = db.one(tables.backup_room, device_id=asked.device)
    is_over = room is None or room["sweep_at"] == ENDING
    if is_over or found.keys() != set(names):
        raise Refused(404, "not-found")
    return Handful(tuple(Piece(digest, found[digest.hex()]) for digest in asked.digests))


def check_reader(db: Db, by: Caller, device: str) -> None:
    """Refuse who may not have what this device left."""
    found = db.one(tables.device, id=device)
    is_ours = found is not None and found["org_id"] == by.org
    if not is_ours or (device != by.device and by.role != ADMIN):
        raise Refused(403, "role")


def room_of(db: Db, by: Caller) -> Row:
    """Lock and return the caller's room; the first time, make it."""
    if db.locked(tables.backup_rule, org_id=by.org) is None:
        raise Refused(403, "backups-off")
    room = db.locked(tables.backup_room, device_id=by.device)
    if room is None:
        place = {"device_id": by.device, "org_id": by.org}
        room = {**place, "sweep_at": NEVER, "held": 0}
        db.add(tables.backup_room, room)
    if room["sweep_at"] == ENDING:
        raise Refused(503, "busy", _SOON)
    return room


def forget(db: Db, devices: Iterable[str]) -> None:
    """Let go of every set of these devices; `sweeping` destroys their pieces."""
    for device in devices:
        for table in (tables.blob_set, tables.blob_manifest):
            db.remove(table, device_id=device)
        db.change(tables.backup_room, {"device_id": device}, sweep_at=ENDING)


def sizes(db: Db, device: str, digests: Iterable[bytes]) -> dict[str, int]:
    """Return the size of each of these pieces that is here, by its digest in hex."""
    names = tuple({digest.hex() for digest in digests})
    rows = db.all(tables.blob, device_id=device, sha256=names) if names else ()
    return {row["sha256"]: row["size"] for row in rows}


def named(made: BackupSet) -> frozenset[str]:
    """Return the digests, in hex, of every piece that a set is made of."""
    return frozenset(digest.hex() for file in made.files for digest in file.digests)


def _check_space(db: Db, room: Row, added: int) -> None:
    held = sum(row["held"] for row in db.all(tables.backup_room, org_id=room["org_id"]))
    if room["held"] + added > DEVICE_BYTES or held + added > ORG_BYTES:
        raise Refused(409, "backups-full")
