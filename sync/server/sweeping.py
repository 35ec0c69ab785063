"""Sealed pieces that nobody will ask for are destroyed, a few at a time: nobody waits for long."""

from datetime import datetime

from sync.protocol.backups import KEPT_WHEN_LOST
from sync.server import tables
from sync.server.backup_sets import remove_set, still_named
from sync.server.blobs import ENDING, NEVER, end, forget
from sync.server.devices import REVOKED
from sync.server.stamps import stamp
from sync.server.store import Db, Row, Store, written

AT_ONCE = 256
"""Pieces destroyed in one transaction: 16 MiB."""
AT_MOST = 50
"""Transactions in a row, before others are looked after."""


def expire(db: Db, now: datetime) -> bool:
    """Let go of what devices left that were shut out long ago; say whether there was anything."""
    rooms = {row["device_id"] for row in db.all(tables.backup_room) if row["sweep_at"] != ENDING}
    until = stamp(now - KEPT_WHEN_LOST)
    shut_out = db.all(tables.device, status=REVOKED)
    over = [row["id"] for row in shut_out if row["id"] in rooms and row["decided_at"] <= until]
    forget(db, over)
    return bool(over)


def sweep(store: Store, now: datetime, org: str = "") -> bool:
    """Destroy what is due, here or in one organisation; say whether some is left for later."""
    steps = (written(store, lambda db: _step(db, now, org)) for _ in range(AT_MOST))
    return all(steps)


def let_go_again(lost: Db, restored: Db) -> int:
    """Let go in a restored hub of the sets that the lost one had destroyed; say how many."""
    gone = 0
    for said in restored.all(tables.backup_rule):
        if lost.one(tables.backup_rule, org_id=said["org_id"]) is None:
            gone += len(restored.all(tables.blob_set, org_id=said["org_id"]))
            end(restored, said["org_id"])
    for row in restored.all(tables.blob_set):
        key = {"device_id": row["device_id"], "name": row["name"]}
        if lost.one(tables.blob_set, **key) is None:
            remove_set(restored, **key)
            # What was due long ago is swept before anything else.
            device = {"device_id": row["device_id"]}
            restored.change(tables.backup_room, device, sweep_at=row["at"])
            gone += 1
    return gone


def _step(db: Db, now: datetime, org: str) -> bool:
    due = db.due(tables.backup_room, "sweep_at", stamp(now), 1)
    if org:
        rows = db.all(tables.backup_room, org_id=org)
        due = [row for row in rows if row["sweep_at"] <= stamp(now)]
    for row in due[:1]:
        db.locked(tables.backup_rule, org_id=row["org_id"])
        # Another process may have been here meanwhile, or the laptop itself.
        room = db.locked(tables.backup_room, device_id=row["device_id"])
        if room is not None and room["sweep_at"] <= stamp(now):
            _swept(db, room)
    return bool(due)


def _swept(db: Db, room: Row) -> None:
    key = {"device_id": room["device_id"]}
    held = {row["sha256"]: row["size"] for row in db.all(tables.blob, **key)}
    loose = sorted(held.keys() - still_named(db, room["device_id"]))
    gone = tuple(loose[:AT_ONCE])
    if gone:
        for table in (tables.blob, tables.blob_content):
            db.remove(table, **key, sha256=gone)
        db.must_wipe = True
    is_more = len(loose) > len(gone)
    if room["sweep_at"] == ENDING and not is_more:
        db.remove(tables.backup_room, **key)
        return
    left = room["held"] - sum(held[name] for name in gone)
    db.change(tables.backup_room, key, held=left, sweep_at=room["sweep_at"] if is_more else NEVER)
