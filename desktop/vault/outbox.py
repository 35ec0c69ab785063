"""Messages waiting to leave. What was sealed stays as it is until the referral has ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop.domain.ids import ConsentId, OutreachId, ReferralId, YouthId
from desktop.domain.referrals import ReleasedReferral, Urgency
from desktop.vault.columns import Row, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE, as_it_stands
from sync.protocol.codec import packed, unpacked
from sync.protocol.messages import BATCH_BYTES, Header, Kind, Message

WITHDRAWAL, URGENT, ROUTINE = 0, 1, 2
WAITING, SENT, PROVEN, REFUSED = "waiting", "sent", "proven", "refused"
_PATIENCE = 8
"""A message left unanswered so often goes after all others, alone."""

# Sent only while every item may still be told to this agency: asked again at each sending (I4).
_MAY_LEAVE = """ (o.kind <> 'referral.request' OR NOT EXISTS (
    SELECT 1 FROM json_each(o.items) i WHERE NOT EXISTS (
        SELECT 1 FROM tellable t WHERE t.consent = o.consent AND t.agency = o.to_org
          AND t.item = i.value AND t.asked_at <= ?1 AND ?1 < t.valid_until)))"""
_HOLD = (
    "UPDATE outbox AS o SET last_problem = 'consent-lapsed' WHERE o.state = 'waiting'"
    " AND o.last_problem <> 'consent-lapsed' AND NOT"
)
_NEXT = (
    "SELECT o.id, o.bytes, o.stalls FROM outbox o WHERE o.state = 'waiting'"
    " AND o.next_at <= ?1 AND"
)
_IN_TURN = " ORDER BY o.stalls >= ?2, o.priority, o.n LIMIT ?3"


@dataclass(frozen=True, slots=True)
class Queued:
    """One row of the outbox, without its bytes."""

    id: str
    kind: Kind
    ref: str
    consent: str | None
    to_org: str
    queued_at: datetime
    state: str
    attempts: int
    problem: str


_SELECT = (
    "SELECT id, kind, ref, consent, to_org, queued_at, state, attempts, last_problem FROM outbox "
)


def add_referral(db: Db, released: ReleasedReferral, message: Message) -> None:
    """Queue a referral that may leave. There is no other way in for one (D-010)."""
    header = msgspec.json.decode(message.header, type=Header)
    urgent = released.referral.urgency is Urgency.URGENT
    _add(db, header, message, URGENT if urgent else ROUTINE, released.released_at)


def add_fact(db: Db, message: Message, at: datetime) -> None:
    """Queue a consent given or withdrawn.

    A withdrawal overtakes everything. A consent goes with the urgent, so that no referral can
    overtake the consent it stands on.
    """
    header = msgspec.json.decode(message.header, type=Header)
    withdrawn = header.kind is Kind.CONSENT_WITHDRAWN
    _add(db, header, message, WITHDRAWAL if withdrawn else URGENT, at)


def take(db: Db, now: datetime, limit: int) -> tuple[Message, ...]:
    """Return the next batch, and count that it may leave now; what lost its basis is held."""
    held = db.execute(_HOLD + _MAY_LEAVE + " RETURNING id", (stamp(now),))
    _journal(db, "outbox.held", held.fetchall())
    batch = _next(db, now, limit)
    keys = [(key,) for key, _ in batch]
    db.executemany("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", keys)
    # Witnessed: else a lost end of the WAL would make what left look as if it had stayed.
    _journal(db, "outbox.offered", keys, now)
    return tuple(unpacked(Message, raw) for _, raw in batch)


def peek(db: Db, now: datetime, limit: int) -> tuple[Message, ...]:
    """Return what `take` would, without letting it leave."""
    return tuple(unpacked(Message, raw) for _, raw in _next(db, now, limit))


def _next(db: Db, now: datetime, limit: int) -> list[tuple[str, bytes]]:
    rows = db.execute(_NEXT + _MAY_LEAVE + _IN_TURN, (stamp(now), _PATIENCE, limit))
    return _fitting(rows.fetchall())


def _fitting(rows: list[Row]) -> list[tuple[str, bytes]]:
    # A batch nobody answered is halved each time, so that one poison message ends up alone (I10).
    most = max(1, len(rows) >> min(rows[0][2], _PATIENCE)) if rows else 0
    batch: list[tuple[str, bytes]] = []
    size = 0
    for key, raw, stalls in rows[:most]:
        size += len(raw)
        is_alone = stalls >= _PATIENCE
        if batch and (size > BATCH_BYTES * 9 // 10 or is_alone):
            break
        batch.append((key, raw))
    return batch


def settle(db: Db, message: str, state: str, problem: str = "", next_at: str = "") -> None:
    """Write down what became of one message."""
    db.execute(
        "UPDATE outbox SET state = ?, last_problem = ?, next_at = ?, stalls = 0 WHERE id = ?",
        (state, problem, next_at, message),
    )
    as_it_stands(db, f"outbox.{state}", message)


def stalled(db: Db, messages: tuple[str, ...]) -> None:
    """Count that the hub took these and gave no answer."""
    db.executemany("UPDATE outbox SET stalls = stalls + 1 WHERE id = ?", [(m,) for m in messages])


def proven(db: Db, referral: ReferralId) -> None:
    """Write down that the agency holds its own copy. Ours stays until the referral has ended.

    Without the request a restored hub would pass on neither a withdrawal nor an answer (I9).
    """
    rows = db.execute(
        "UPDATE outbox SET state = 'proven' WHERE ref = ? AND kind = 'referral.request'"
        " RETURNING id",
        (str(referral),),
    )
    _journal(db, "outbox.proven", rows.fetchall())


def ended(db: Db, referral: ReferralId) -> None:
    """Let go of our sealed copy: nothing more is expected."""
    rows = db.execute(
        "DELETE FROM outbox WHERE ref = ? AND kind = 'referral.request' RETURNING id",
        (str(referral),),
    )
    _journal(db, "outbox.ended", rows.fetchall())


def offered(db: Db) -> tuple[str, ...]:
    """Return the referrals that were offered to the hub and of which nothing is proven."""
    rows = db.execute(
        "SELECT ref FROM outbox WHERE kind = 'referral.request' AND state = 'waiting'"
        " AND attempts > 0"
    )
    return tuple(ref for (ref,) in rows.fetchall())


def requeue(db: Db) -> int:
    """Queue again everything that has not ended: the hub has been restored (I9)."""
    rows = db.execute(
        "UPDATE outbox SET state = 'waiting', next_at = '' WHERE state IN ('sent', 'proven')"
        " RETURNING id"
    ).fetchall()
    _journal(db, "outbox.requeued", rows)
    return len(rows)


def of_consent(db: Db, consent: ConsentId) -> tuple[Queued, ...]:
    """Return every message still here that stands on one consent."""
    rows = db.execute(_SELECT + "WHERE consent = ? ORDER BY n", (str(consent),))
    return tuple(_queued(row) for row in rows.fetchall())


def one(db: Db, message: str) -> Queued | None:
    """Return one message's row."""
    row = db.execute(_SELECT + "WHERE id = ?", (message,)).fetchone()
    return _queued(row) if row else None


def remove(db: Db, message: str) -> None:
    """Take a message out: its consent ended before it left."""
    db.execute("DELETE FROM outbox WHERE id = ?", (message,))
    db.wrote("outbox.vanished", message, 1, GONE)


def unsettled(db: Db) -> tuple[Queued, ...]:
    """Return what waits or was refused, in the order it goes."""
    rows = db.execute(_SELECT + "WHERE state IN ('waiting', 'refused') ORDER BY priority, n")
    return tuple(_queued(row) for row in rows.fetchall())


def has_said(db: Db, consent: ConsentId) -> bool:
    """Say whether the hub has been, or will be, told of this consent."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE ref = ? AND kind = 'consent.given'", (str(consent),)
    ).fetchone()
    return row is not None


def waiting(db: Db) -> int:
    """Return how many messages wait."""
    return int(db.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()[0])


def waiting_on(db: Db, outreach: OutreachId) -> frozenset[YouthId]:
    """Return those met on a night about whom something waits."""
    rows = db.execute(
        "SELECT DISTINCT c.youth FROM outbox o JOIN consent c ON c.id = o.consent"
        " WHERE o.state = 'waiting'"
        " AND c.youth IN (SELECT m.youth FROM meeting m WHERE m.outreach = ?)",
        (str(outreach),),
    )
    return frozenset(YouthId(uuid(key)) for (key,) in rows)


def _add(db: Db, header: Header, message: Message, priority: int, at: datetime) -> None:
    items = msgspec.json.encode(header.item_codes).decode()
    db.execute(
        "INSERT INTO outbox (id, priority, kind, ref, consent, to_org, items, bytes, queued_at,"
        " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
        (
            header.id, priority, header.kind.value, header.ref, header.consent_id or header.ref,
            header.to_org, items, packed(message), stamp(at),
        ),
    )  # fmt: skip
    as_it_stands(db, "outbox.queued", header.id, 1, at)


def _journal(db: Db, kind: str, rows: Iterable[Row], at: datetime | None = None) -> None:
    for (key,) in rows:
        as_it_stands(db, kind, key, 1, at)


def _queued(row: Row) -> Queued:
    key, kind, ref, consent, to_org, queued_at, state, attempts, problem = row
    return Queued(key, Kind(kind), ref, consent, to_org, time(queued_at), state, attempts, problem)
