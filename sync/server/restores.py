"""The hub after a restore from a backup: another epoch, and patience with what it has lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sync.server import tables
from sync.server.stamps import moment, stamp
from sync.server.store import Db

PATIENCE = timedelta(days=30)
"""So long an answer about an unknown referral waits for the referral to be sent again."""
_RESTORED_AT = "restored-at"


def begin_again(db: Db, chance: Callable[[int], bytes], now: datetime) -> str:
    """Give the hub a new epoch, so that everyone sends again what it has lost; return it."""
    epoch = str(UUID(bytes=chance(16), version=4))
    db.change(tables.meta, {"key": "epoch"}, value=epoch)
    if not db.change(tables.meta, {"key": _RESTORED_AT}, value=stamp(now)):
        db.add(tables.meta, {"key": _RESTORED_AT, "value": stamp(now)})
    return epoch


def epoch(db: Db) -> str:
    """Return which life of the hub this is: `restored` may be asked beside whoever serves."""
    row = db.one(tables.meta, key="epoch")
    return row["value"] if row else ""


def put_right(db: Db, since: datetime, now: datetime) -> None:
    """Be patient from `since` on, and not from a future in which the restore was noted."""
    row = db.one(tables.meta, key=_RESTORED_AT)
    if row is not None and moment(row["value"]) > now:
        db.change(tables.meta, dict(row), value=stamp(since))


def is_recent(db: Db, now: datetime) -> bool:
    """Say whether what is unknown may have been lost, and may come again."""
    row = db.one(tables.meta, key=_RESTORED_AT)
    return row is not None and now - moment(row["value"]) < PATIENCE
