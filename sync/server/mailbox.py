"""Mailboxes: one per organisation, numbered without a gap (D-003)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.protocol.answers import Event
from sync.protocol.codec import unpacked
from sync.protocol.directory import DeviceCert
from sync.protocol.messages import BATCH_BYTES, BATCH_ITEMS, Kind, Message
from sync.server import tables
from sync.server.stamps import moment, stamp
from sync.server.store import Db, Row

ERASED = "erased"
"""Reason of an event whose message the hub has destroyed."""
KEPT_AFTER_ACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Posting:
    """One event on its way into an organisation's mailbox."""

    org: str
    kind: Kind
    ref: str
    message_id: str
    state: str = ""
    version: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader has not seen yet, as much as fits."""

    head: int
    events: tuple[Event, ...]


def box(org: str) -> str:
    """Return the name of the organisation's mailbox."""
    return f"org:{org}"


def open_box(db: Db, name: str) -> None:
    """Make an empty mailbox."""
    db.add(tables.mailbox, {"id": name, "head": 0, "acked": 0})


def deliver(db: Db, postings: Iterable[Posting], now: datetime) -> frozenset[str]:
    """Number the postings and keep them; return the organisations that have something new."""
    by_org: dict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_org[posting.org].append(posting)
    # Always in the same order, so that two hub processes never wait for each other.
    for org in sorted(by_org):
        new = by_org[org]
        first = db.advance(box(org), len(new)) - len(new) + 1
        rows = (_row(box(org), seq, posting, now) for seq, posting in enumerate(new, first))
        db.add(tables.delivery, *rows)
    return frozenset(by_org)


def read(db: Db, org: str, after: int, limit: int) -> Page:
    """Read what comes after `after`: at least one event if there is any, at most a batch."""
    found = db.one(tables.mailbox, id=box(org))
    events: list[Event] = []
    size = 0
    for row in db.feed(box(org), after, max(1, min(limit, BATCH_ITEMS))):
        size += len(row["wire"] or b"")
        if events and size > BATCH_BYTES:
            break
        events.append(_event(row))
    return Page(found["head"] if found else 0, tuple(events))


def acknowledge(db: Db, org: str, through: int, now: datetime) -> None:
    """Note how far the organisation has read. It never goes back, nor beyond the head."""
    found = db.locked(tables.mailbox, id=box(org))
    if found and (through := min(through, found["head"])) > found["acked"]:
        db.acknowledge(box(org), found["acked"], through, stamp(now))


def is_behind(db: Db, org: str, through: int) -> bool:
    """Say whether `through` acknowledges anything new."""
    found = db.one(tables.mailbox, id=box(org))
    return found is not None and min(through, found["head"]) > found["acked"]


def purge(db: Db, now: datetime) -> int:
    """Delete messages that their reader has had for long enough."""
    gone = db.remove_packets_acked_before(stamp(now - KEPT_AFTER_ACK))
    db.must_wipe = db.must_wipe or gone > 0
    return gone


def _row(name: str, seq: int, posting: Posting, now: datetime) -> Row:
    return {
        "mailbox": name,
        "seq": seq,
        "kind": posting.kind.value,
        "ref": posting.ref,
        "message_id": posting.message_id,
        "state": posting.state,
        "version": posting.version,
        "reason": posting.reason,
        "created_at": stamp(now),
        "acked_at": "",
    }


def _event(row: Row) -> Event:
    is_here = row["wire"] is not None
    return Event(
        seq=row["seq"],
        kind=Kind(row["kind"]),
        ref=row["ref"],
        at=moment(row["created_at"]),
        message=unpacked(Message, row["wire"]) if is_here else None,
        cert=unpacked(DeviceCert, row["cert"]) if is_here and row["cert"] else None,
        state=row["state"],
        version=row["version"],
        reason=row["reason"] if is_here else row["reason"] or ERASED,
    )
