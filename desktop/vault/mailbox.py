"""How far we have read our mailbox, and what the last round told us about the line."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.vault.columns import stamp, time, time_or_none
from desktop.vault.database import Db
from desktop.vault.subjects import BETWEEN, GONE, as_it_stands
from sync.protocol.answers import Event
from sync.protocol.messages import Kind


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are in the mailbox. `epoch` is empty before the first round."""

    epoch: str
    seq: int
    clock_offset: int
    """Seconds the hub's clock is ahead of ours."""
    heard_at: datetime | None
    is_open: bool
    """Whether the last round reached the hub."""


def place(db: Db) -> Place:
    """Return where we are."""
    epoch, seq, offset, heard_at, is_open = db.execute(
        "SELECT epoch, seq, clock_offset, heard_at, is_open FROM mailbox"
    ).fetchone()
    return Place(epoch, seq, offset, time_or_none(heard_at), bool(is_open))


def proven_time(db: Db, now: datetime) -> datetime | None:
    """Return until when our clock and the hub's both agree that it is; None: no hub was heard.

    What cannot be undone waits for it: either clock may be years off.
    """
    known = place(db)
    if known.heard_at is None:
        return None
    return min(now, known.heard_at + timedelta(seconds=known.clock_offset))


def earlier_time(db: Db, now: datetime) -> datetime:
    """Return what it is by our clock or by what is known of the hub's, whichever is earlier.

    Nothing is refused as too old where only one of the two clocks says so (D-181).
    """
    return now + timedelta(seconds=min(0, place(db).clock_offset))


def advance(db: Db, seq: int) -> None:
    """Move past an event, in the transaction that applied it."""
    db.execute("UPDATE mailbox SET seq = ?", (seq,))
    as_it_stands(db, "mailbox.read", 1, seq)


def start_over(db: Db, epoch: str) -> None:
    """Read from the beginning: the hub has been restored, or this is the first round."""
    db.execute("UPDATE mailbox SET epoch = ?, seq = 0", (epoch,))
    as_it_stands(db, "mailbox.begun", 1, 0)


def heard(db: Db, at: datetime, clock_offset: int) -> None:
    """Write down that the hub answered, and how its clock differs."""
    db.execute(
        "UPDATE mailbox SET heard_at = ?, clock_offset = ?, is_open = 1", (stamp(at), clock_offset)
    )


def told(db: Db, hub_time: datetime) -> None:
    """Write down when the hub spoke, in an answer that was carried: the line stays as it was."""
    now = place(db)
    at = hub_time - timedelta(seconds=now.clock_offset)
    if now.heard_at is None or now.heard_at < at:
        db.execute("UPDATE mailbox SET heard_at = ?", (stamp(at),))


def lost(db: Db) -> None:
    """Write down that the last round did not reach the hub."""
    db.execute("UPDATE mailbox SET is_open = 0 WHERE is_open = 1")


def clock_differs(db: Db, clock_offset: int) -> None:
    """Write down how far the hub's clock is ahead of ours.

    When it was last heard stays the same by its clock, and is told by ours as it goes now.
    """
    now = place(db)
    db.execute("UPDATE mailbox SET clock_offset = ?", (clock_offset,))
    if now.heard_at is not None:
        at = now.heard_at + timedelta(seconds=now.clock_offset - clock_offset)
        db.execute("UPDATE mailbox SET heard_at = ?", (stamp(at),))


def doubt(db: Db, epoch: str, event: Event, why: str, at: datetime) -> None:
    """Keep that an event did not prove what it said."""
    added = db.execute(
        "INSERT INTO doubt (epoch, seq, kind, ref, why, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (epoch, event.seq, event.kind.value, event.ref[:64], why, stamp(at)),
    ).rowcount
    if added:
        as_it_stands(db, "doubt.kept", f"{event.seq}{BETWEEN}{epoch}", 1, at)


def doubted_in(db: Db, epoch: str) -> frozenset[int]:
    """Return the places of what was passed over in this life of the hub."""
    rows = db.execute("SELECT seq FROM doubt WHERE epoch = ?", (epoch,)).fetchall()
    return frozenset(seq for (seq,) in rows)


def proved(db: Db, epoch: str, event: Event, at: datetime) -> None:
    """Forget that an event proved nothing: it has come once more, and did."""
    db.execute("DELETE FROM doubt WHERE epoch = ? AND seq = ?", (epoch, event.seq))
    db.wrote("doubt.proved", f"{event.seq}{BETWEEN}{epoch}", 0, GONE, at)


def doubted(db: Db, most: int) -> tuple[tuple[Kind, datetime], ...]:
    """Return what kind of events were passed over, and when, newest first."""
    rows = db.execute("SELECT kind, at FROM doubt ORDER BY at DESC LIMIT ? + 0", (most,))
    return tuple((Kind(kind), time(at)) for kind, at in rows.fetchall())


def doubts(db: Db) -> int:
    """Return how many events were passed over."""
    return int(db.execute("SELECT count(*) FROM doubt").fetchone()[0])
