"""The sets that a laptop's pieces make: kept whole, three at a time, and listed without pieces."""

from collections.abc import Sequence
from datetime import datetime

from sync.protocol.backups import (
    BackupSet,
    BackupSets,
    Dropping,
    Keeping,
    KeptSet,
    LeftBehind,
    SetWanted,
)
from sync.protocol.codec import packed, unpacked
from sync.server import tables
from sync.server.batch import Caller
from sync.server.blobs import check_reader, forget, named, room_of
from sync.server.devices import ADMIN, REVOKED
from sync.server.refusals import Refused
from sync.server.stamps import moment, stamp
from sync.server.store import Db, Row

KEPT_SETS = 3


def keep(db: Db, by: Caller, asked: Keeping, now: datetime) -> BackupSets:
    """Keep a set all of whose pieces are here; the oldest sets go."""
    room_of(db, by)
    row = {"org_id": by.org, "at": stamp(now), "size": _size(db, by, asked.made)}
    key = {"device_id": by.device, "name": asked.made.name}
    remove_set(db, **key)
    # Before it is among them: the hub's clock may have been set back since.
    before = _in_order(db.all(tables.blob_set, device_id=by.device))
    for old in before if asked.replaces_all else before[: 1 - KEPT_SETS]:
        remove_set(db, by.device, old["name"])
    db.add(tables.blob_set, {**key, **row})
    db.add(tables.blob_manifest, {**key, "manifest": packed(asked.made)})
    return _swept_soon(db, by, now)


def drop(db: Db, by: Caller, asked: Dropping, now: datetime) -> BackupSets:
    """Let go of some of the caller's sets."""
    room_of(db, by)
    for name in asked.names:
        remove_set(db, by.device, name)
    return _swept_soon(db, by, now)


def drop_lost(db: Db, by: Caller, asked: LeftBehind) -> BackupSets:
    """Let go of every set of a laptop that is shut out, for an admin of its organisation."""
    if by.role != ADMIN:
        raise Refused(403, "role")
    if db.locked(tables.backup_rule, org_id=by.org) is None:
        raise Refused(403, "backups-off")
    if db.one(tables.device, id=asked.device, org_id=by.org, status=REVOKED) is None:
        raise Refused(403, "role")
    forget(db, (asked.device,))
    return listed(db, by)


def listed(db: Db, by: Caller) -> BackupSets:
    """List the caller's sets; for an admin those of every laptop, a lost one's too."""
    where = {"org_id": by.org} if by.role == ADMIN else {"device_id": by.device}
    return _told(db.all(tables.blob_set, **where))


def manifest(db: Db, by: Caller, asked: SetWanted) -> BackupSet:
    """Say what a set is made of to whoever may fetch its pieces."""
    check_reader(db, by, asked.device)
    row = db.one(tables.blob_manifest, device_id=asked.device, name=asked.name)
    if row is None:
        raise Refused(404, "not-found")
    return unpacked(BackupSet, row["manifest"])


def remove_set(db: Db, device_id: str, name: str) -> None:
    """Let go of one set, if it is there; its pieces are `sweeping`'s."""
    for table in (tables.blob_set, tables.blob_manifest):
        db.remove(table, device_id=device_id, name=name)


def still_named(db: Db, device: str) -> frozenset[str]:
    """Return the digests, in hex, of every piece that a set of this device names."""
    rows = db.all(tables.blob_manifest, device_id=device)
    return frozenset().union(*(named(unpacked(BackupSet, row["manifest"])) for row in rows))


def _size(db: Db, by: Caller, made: BackupSet) -> int:
    """Return what the set's files take, or refuse a set that could not be put together."""
    names = {file.name.casefold() for file in made.files}
    if made.device != by.device or len(names) < len(made.files):
        raise Refused(400, "malformed")
    held = {row["sha256"]: row["size"] for row in db.all(tables.blob, device_id=by.device)}
    if named(made) - held.keys():
        raise Refused(409, "piece-unknown")
    return sum(held[digest.hex()] for file in made.files for digest in file.digests)


def _swept_soon(db: Db, by: Caller, now: datetime) -> BackupSets:
    db.change(tables.backup_room, {"device_id": by.device}, sweep_at=stamp(now))
    return _told(db.all(tables.blob_set, device_id=by.device))


def _told(rows: Sequence[Row]) -> BackupSets:
    return BackupSets(
        tuple(
            KeptSet(row["device_id"], row["name"], moment(row["at"]), row["size"])
            for row in _in_order(rows)
        )
    )


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["at"], row["name"]))
