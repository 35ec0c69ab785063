"""How far each device has read, and what the hub destroys because all of them have long had it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.protocol.states import UNDER_WAY
from sync.server import purging, tables
from sync.server.consents import GIVEN
from sync.server.devices import ENROLLED
from sync.server.mailbox import box, heads
from sync.server.stamps import moment, stamp
from sync.server.store import Db, Row

KEPT_AFTER_ACK = timedelta(days=30)
SILENT_AFTER = timedelta(days=180)
"""A device that has not been heard for so long keeps no packet alive.

Where all of an organisation's have not, its mailbox keeps what is under way and unread.
"""
HEARD_AGAIN_AFTER = timedelta(days=7)
"""How often a device that has nothing new to say is noted as heard."""
_AT_ONCE = 500
_UNATTENDED = "unattended:"
"""Rows of `meta` that say since when nobody has attended a mailbox, as far as was looked."""
_STATES = tuple(sorted(status.value for status in UNDER_WAY))
_UNDER_WAY = {"states": _STATES, "given": GIVEN}


@dataclass(frozen=True, slots=True)
class Reader:
    """One device that reads its organisation's mailbox."""

    device: str
    org: str


def acknowledge(db: Db, by: Reader, through: int, now: datetime) -> None:
    """Note how far this device has read. It never goes back, nor beyond the head."""
    key = {"device_id": by.device, "mailbox": box(by.org)}
    known = db.locked(tables.reader, **key)
    acked = _acked(db, by, through, known)
    if known is None:
        db.add(tables.reader, {**key, "acked": acked, "at": stamp(now)})
    elif _is_new(known, acked, now):
        db.change(tables.reader, key, acked=acked, at=stamp(now))


def is_behind(db: Db, by: Reader, through: int, now: datetime) -> bool:
    """Say whether there is something to note: further than before, or long not heard."""
    known = db.one(tables.reader, device_id=by.device, mailbox=box(by.org))
    return known is None or _is_new(known, _acked(db, by, through, known), now)


def settle(db: Db, now: datetime) -> int:
    """Note since when all devices of a mailbox have read how far; say in how many mailboxes.

    A few at once: call again until there are none.
    """
    _take_turn(db)
    asked = {"status": ENROLLED, "since": stamp(now - SILENT_AFTER), "few": _AT_ONCE}
    moved = db.asked(purging.common_marks(), **asked)
    for row in moved:
        db.change(tables.mailbox, {"id": row["id"]}, acked=row["mark"])
    new = ({"mailbox": row["id"], "through": row["mark"], "at": stamp(now)} for row in moved)
    db.add(tables.settled, *new)
    return len(moved)


def purge(db: Db, now: datetime) -> bool:
    """Delete the oldest packets that every reader has long had; say whether there were any.

    What ended or answered something stays, in codes (D-158), and what is under way for whoever is
    let in later (D-184). One stretch of one mailbox: call again until there is none.
    """
    _take_turn(db)
    due = db.due(tables.settled, "at", stamp(now - KEPT_AFTER_ACK), 1)
    for row in due:
        name, through = row["mailbox"], row["through"]
        found = db.one(tables.mailbox, id=name)
        after = found["purged"] if found else 0
        span = {"box": name, "after": after, "through": through}
        _keep(db, db.asked(purging.span_needs(), **span, **_UNDER_WAY, now=stamp(now)))
        gone = db.removed(purging.span_removal(), **span)
        db.must_wipe = db.must_wipe or gone > 0
        db.change(tables.mailbox, {"id": name}, purged=through)
        db.remove(tables.settled, mailbox=name, through=through)
    return bool(due)


def outlive(db: Db, now: datetime) -> int:
    """Delete what was kept while it was under way, and is no more; say how much was looked at.

    A few at once: call again until there are none.
    """
    _take_turn(db)
    due = tuple(row["message_id"] for row in db.due(tables.kept, "until", stamp(now), _AT_ONCE))
    if not due:
        return 0
    needed = db.asked(purging.needs(), ids=due, **_UNDER_WAY, now=stamp(now))
    over = tuple(set(due) - {row["message_id"] for row in needed})
    gone = db.remove(tables.packet, message_id=over) if over else 0
    db.must_wipe = db.must_wipe or gone > 0
    db.remove(tables.kept, message_id=due)
    _keep(db, needed)
    return len(due)


def _keep(db: Db, needed: Sequence[Row]) -> None:
    db.add(tables.kept, *(dict(row) for row in needed))


def let_go(db: Db, now: datetime) -> int:
    """Delete what has long lain in mailboxes that nobody attends any more; say how much.

    Their devices may come back: what is under way, and unread by whom it is for, waits for them.
    """
    _take_turn(db)
    since = stamp(now - SILENT_AFTER)
    found = db.asked(purging.unattended(), since=since)
    orgs = {box(row["org_id"]): row["org_id"] for row in found}
    names = _long_noted(db, tuple(orgs), now)
    values = {"since": since, "states": _STATES, "unattended": names}
    gone = 0
    for row in db.all(tables.mailbox, id=names) if names else ():
        own = {"box": row["id"], "org": orgs[row["id"]], "after": row["purged"]}
        gone += db.removed(purging.unattended_removal(), **own, **values)
    db.must_wipe = db.must_wipe or gone > 0
    return gone


def _long_noted(db: Db, names: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    """Note that nobody attends these mailboxes; return those of which it was noted long ago.

    To a clock that is ahead for a moment all of them are so: it notes that, and no more.
    """
    rows = [row for row in db.all(tables.meta) if row["key"].startswith(_UNATTENDED)]
    noted = {row["key"].removeprefix(_UNATTENDED): row["value"] for row in rows}
    holds = {name: at for name, at in noted.items() if name in names and at <= stamp(now)}
    for name in sorted(noted.keys() - holds.keys()):
        db.remove(tables.meta, key=f"{_UNATTENDED}{name}")
    new = sorted(set(names) - holds.keys())
    db.add(tables.meta, *({"key": f"{_UNATTENDED}{name}", "value": stamp(now)} for name in new))
    return tuple(name for name, at in holds.items() if at <= stamp(now - KEPT_AFTER_ACK))


def _take_turn(db: Db) -> None:
    # Two hub processes would each leave to the other what lies in two mailboxes.
    db.locked(tables.meta, key="hub")


def _acked(db: Db, by: Reader, through: int, known: Row | None) -> int:
    before = int(known["acked"]) if known else 0
    return max(before, min(through, heads(db, [by.org]).get(by.org, 0)))


def _is_new(known: Row, acked: int, now: datetime) -> bool:
    return acked > known["acked"] or now - moment(known["at"]) >= HEARD_AGAIN_AFTER
