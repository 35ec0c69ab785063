"""Sealed backups of an organisation's laptops, for the day one is lost: pieces, and their sets."""

import hashlib
from datetime import datetime

from sync.protocol.backups import (
    PIECE_BYTES,
    PIECES_AT_ONCE,
    BackupRule,
    BackupSet,
    BackupSets,
    Piece,
    Pieces,
    PieceWanted,
)
from sync.protocol.codec import packed, unpacked
from sync.server import tables
from sync.server.batch import Caller
from sync.server.devices import ADMIN
from sync.server.refusals import Refused
from sync.server.stamps import stamp
from sync.server.store import Db

KEPT_SETS = 3
MOST_BYTES = 2 << 30
"""Of one device."""


def rule(db: Db, org: str) -> BackupRule:
    """Say what the organisation wishes."""
    return BackupRule(db.one(tables.backup_rule, org_id=org) is not None)


def decide(db: Db, by: Caller, asked: BackupRule, now: datetime) -> BackupRule:
    """Take an admin's wish. Off destroys all that was kept."""
    if by.role != ADMIN:
        raise Refused(403, "role")
    known = rule(db, by.org)
    if asked.is_on and not known.is_on:
        said = {"org_id": by.org, "said_by": by.device, "at": stamp(now)}
        db.add(tables.backup_rule, said)
    if not asked.is_on:
        db.remove(tables.backup_rule, org_id=by.org)
        for device in db.all(tables.device, org_id=by.org):
            for table in (tables.blob_set, tables.blob, tables.blob_content):
                db.remove(table, device_id=device["id"])
        db.must_wipe = True
    return asked


def missing(db: Db, by: Caller, asked: Pieces) -> Pieces:
    """Say which of these pieces the caller has yet to bring."""
    _check_on(db, by)
    if len(asked.digests) > PIECES_AT_ONCE:
        raise Refused(413, "too-large")
    known = _held(db, by.device)
    return Pieces(tuple(one for one in asked.digests if one.hex() not in known))


def put(db: Db, by: Caller, piece: Piece) -> Pieces:
    """Keep a piece under the digest it has; bringing it again changes nothing."""
    if hashlib.sha256(piece.content).digest() != piece.digest:
        raise Refused(400, "malformed")
    if len(piece.content) > PIECE_BYTES:
        raise Refused(413, "too-large")
    db.locked(tables.device, id=by.device)
    _check_on(db, by)
    held, size = _held(db, by.device), len(piece.content)
    if piece.digest.hex() not in held:
        if sum(held.values()) + size > MOST_BYTES:
            raise Refused(413, "too-large")
        key = {"device_id": by.device, "sha256": piece.digest.hex()}
        db.add(tables.blob, {**key, "size": size})
        db.add(tables.blob_content, {**key, "content": piece.content})
    return Pieces((piece.digest,))


def keep(db: Db, by: Caller, made: BackupSet, now: datetime) -> BackupSets:
    """Keep a set all of whose pieces are here; the oldest sets, and what only they name, go."""
    db.locked(tables.device, id=by.device)
    _check_on(db, by)
    held = _held(db, by.device)
    if made.device != by.device or _named(made) - held.keys():
        raise Refused(400, "malformed")
    key = {"device_id": by.device, "name": made.name}
    db.remove(tables.blob_set, **key)
    row = {"org_id": by.org, "manifest": packed(made), "at": stamp(now)}
    db.add(tables.blob_set, {**key, **row})
    rows = sorted(db.all(tables.blob_set, device_id=by.device), key=lambda each: each["at"])
    for old in rows[:-KEPT_SETS]:
        db.remove(tables.blob_set, device_id=by.device, name=old["name"])
    kept = tuple(unpacked(BackupSet, each["manifest"]) for each in rows[-KEPT_SETS:])
    for digest in held.keys() - set().union(*map(_named, kept)):
        for table in (tables.blob, tables.blob_content):
            db.remove(table, device_id=by.device, sha256=digest)
    return BackupSets(kept)


def sets(db: Db, by: Caller) -> BackupSets:
    """List the caller's sets; for an admin those of every laptop, a lost one's too."""
    where = {"org_id": by.org} if by.role == ADMIN else {"device_id": by.device}
    rows = db.all(tables.blob_set, **where)
    return BackupSets(tuple(unpacked(BackupSet, row["manifest"]) for row in rows))


def fetch(db: Db, by: Caller, asked: PieceWanted) -> Piece:
    """Hand out one piece to the laptop that left it, or to an admin of its organisation."""
    device = db.one(tables.device, id=asked.device)
    is_own = asked.device == by.device
    if device is None or device["org_id"] != by.org or not (is_own or by.role == ADMIN):
        raise Refused(403, "role")
    key = {"device_id": asked.device, "sha256": asked.digest.hex()}
    found = db.one(tables.blob_content, **key)
    if found is None:
        raise Refused(404, "not-found")
    return Piece(asked.digest, bytes(found["content"]))


def _check_on(db: Db, by: Caller) -> None:
    if not rule(db, by.org).is_on:
        raise Refused(403, "role")


def _held(db: Db, device: str) -> dict[str, int]:
    return {row["sha256"]: row["size"] for row in db.all(tables.blob, device_id=device)}


def _named(made: BackupSet) -> set[str]:
    return {digest.hex() for file in made.files for digest in file.digests}
