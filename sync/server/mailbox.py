"""Mailboxes: one per organisation, numbered without a gap (D-003)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.protocol.answers import Event
from sync.protocol.codec import unpacked
from sync.protocol.directory import DeviceCert
from sync.protocol.messages import BATCH_BYTES, BATCH_ITEMS, SEALED_KINDS, Kind, Message
from sync.server import tables
from sync.server.stamps import moment, stamp
from sync.server.store import Db, Row

ERASED = "erased"
"""Reason of an event whose message the hub has destroyed."""
OWN = "own"
"""Reason of an event whose sealed message the reading device itself has sent."""
_SEALED = frozenset(kind.value for kind in SEALED_KINDS)
_AT_ONCE = 500
_BOX = "org:"


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
    return f"{_BOX}{org}"


def open_box(db: Db, name: str) -> None:
    """Make an empty mailbox."""
    db.add(tables.mailbox, {"id": name, "head": 0, "acked": 0, "purged": 0})


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


def tell_inside(db: Db, org: str, told: Sequence[Row]) -> int:
    """Number what others were told for this mailbox, too, with its own time; say how much."""
    if told:
        first = db.advance(box(org), len(told)) - len(told) + 1
        rows = ({**row, "mailbox": box(org), "seq": seq} for seq, row in enumerate(told, first))
        db.add(tables.delivery, *rows)
    return len(told)


def read(db: Db, org: str, device: str, after: int, limit: int) -> Page:
    """Read what comes after `after`: at least one event if there is any, at most a batch.

    A `limit` of 0 asks for none. What the reading device itself has sealed comes without it.
    """
    taken: list[tuple[Row, str]] = []
    size = 0
    for row in db.feed(box(org), after, max(0, min(limit, BATCH_ITEMS))):
        is_own = row["device_id"] == device and row["kind"] in _SEALED
        size += 0 if is_own else len(row["wire"] or b"")
        if taken and size > BATCH_BYTES:
            break
        taken.append((row, OWN if is_own else ""))
    parties = _parties(db, [row for row, _ in taken])
    events = tuple(_event(row, why, parties.get(row["seq"], ())) for row, why in taken)
    # Asked last: what came meanwhile from another hub process is told as waiting, never left out.
    return Page(heads(db, [org]).get(org, 0), events)


def heads(db: Db, orgs: Iterable[str]) -> dict[str, int]:
    """Return how far each of these organisations' mailboxes is filled."""
    names = sorted({box(org) for org in orgs})
    pieces = [tuple(names[at : at + _AT_ONCE]) for at in range(0, len(names), _AT_ONCE)]
    rows = [row for piece in pieces for row in db.all(tables.mailbox, id=piece)]
    return {row["id"].removeprefix(_BOX): row["head"] for row in rows}


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
    }


def _event(row: Row, left_out: str, parties: tuple[str, ...]) -> Event:
    is_here = row["wire"] is not None and not left_out
    return Event(
        seq=row["seq"],
        kind=Kind(row["kind"]),
        ref=row["ref"],
        at=moment(row["created_at"]),
        message=unpacked(Message, row["wire"]) if is_here else None,
        cert=unpacked(DeviceCert, row["cert"]) if is_here and row["cert"] else None,
        state=row["state"],
        version=row["version"],
        reason=row["reason"] if is_here else row["reason"] or left_out or ERASED,
        parties=parties,
    )


def _parties(db: Db, rows: Iterable[Row]) -> dict[int, tuple[str, ...]]:
    """Return who is reminded about whom, by the number of the reminder, asked for all at once."""
    refs = {row["seq"]: row["ref"] for row in rows if row["kind"] == Kind.REMINDER.value}
    asked = tuple(sorted(set(refs.values())))
    tasks = {task["id"]: task for task in db.all(tables.referral, id=asked)} if asked else {}
    return {
        seq: (tasks[ref]["from_org"], tasks[ref]["to_org"])
        for seq, ref in refs.items()
        if ref in tasks
    }
