"""How messages leave: what may go now, in which order, and what became of each."""

from datetime import datetime, timedelta

from desktop.vault.columns import Row, stamp
from desktop.vault.database import Db
from desktop.vault.outbox import journal
from desktop.vault.subjects import as_it_stands
from sync.protocol.codec import unpacked
from sync.protocol.messages import BATCH_BYTES, BATCH_ITEMS, Message

AGAIN = "again"
"""Why something waits, or would, that the hub had before it was restored."""
AS_IT_WAS = "0"
"""Earlier than any time: another device signed this, and the hub may not take it so."""
LONGEST_RETRY = 3600
"""Seconds. Nothing is put off longer, whatever the hub asks for."""
_PATIENCE = 8
"""A message left unanswered so often goes after all others, alone."""

# Sent only while every item may still be told to this agency: asked again at each sending (I4).
# A signature is not too old by our clock alone: what is known of the hub's has to say so as well.
_IS_COVERED = """ (o.kind NOT IN ('referral.request', 'referral.amend') OR CASE
  WHEN o.kind = 'referral.request' AND o.consent IS NULL THEN EXISTS (
    SELECT 1 FROM reportable r, mailbox b WHERE r.ref = o.ref AND r.agency = o.to_org
      AND r.items = o.items AND r.state = 'queued' AND r.signed_at <= ?1
      AND julianday(?1) + min(0, b.clock_offset) / 86400.0 < julianday(r.valid_until))
  ELSE NOT EXISTS (
    SELECT 1 FROM json_each(o.items) i WHERE NOT EXISTS (
        SELECT 1 FROM tellable t WHERE t.consent = o.consent AND t.agency = o.to_org
          AND t.item = i.value AND t.asked_at <= ?1 AND ?1 < t.valid_until)) END)"""
# And only if it says that a guardian must not be told, where that is so: else somebody calls them.
_SAYS_SO = """ NOT EXISTS (
    SELECT 1 FROM referral r JOIN youth y ON y.id = r.youth LEFT JOIN amendment a ON a.id = o.id
    WHERE o.kind IN ('referral.request', 'referral.amend') AND r.id = o.ref
      AND y.keep_from_guardian = 1
      AND NOT json_extract(CAST(coalesce(a.packet, r.packet) AS TEXT), '$.keep_from_guardian'))"""
# What its agency has proven to have tells nobody anything, and a hub put back needs it (I9).
_IS_THERE = f""" CASE o.kind
  WHEN 'referral.request' THEN EXISTS (
    SELECT 1 FROM referral r WHERE r.id = o.ref AND r.delivery IN ('delivered', 'opened')
    UNION ALL SELECT 1 FROM disclosure d WHERE d.id = o.ref
      AND d.delivery IN ('delivered', 'opened'))
  WHEN 'referral.amend' THEN o.last_problem = '{AGAIN}' AND EXISTS (
    SELECT 1 FROM op WHERE kind = 'outbox.proven' AND record = o.id)
  ELSE 0 END"""  # noqa: S608  (codes of ours)
_MAY_LEAVE = f" ({_IS_COVERED} AND ({_SAYS_SO} OR {_IS_THERE}))"
_WHY = f"""CASE WHEN o.consent IS NULL THEN 'cosign-lapsed'
 WHEN {_IS_COVERED} THEN 'guardian-unsaid' ELSE 'consent-lapsed' END"""
_HOLD = f"UPDATE outbox AS o SET last_problem = {_WHY} WHERE o.state = 'waiting' AND NOT"  # noqa: S608  (codes of ours)
_IF_NEW = f" AND o.last_problem <> {_WHY}"
_LET_GO = (
    "UPDATE outbox AS o SET last_problem = '' WHERE o.state = 'waiting'"
    " AND o.last_problem = 'guardian-unsaid' AND"
)
# What has outlived its basis and is known to be there is not held: nobody has to do anything. Said
# again to a hub put back it is not, unless only a clock has called it too old.
_STAYS_THERE = (
    f"UPDATE outbox AS o SET state = 'proven', last_problem = '{AGAIN}'"  # noqa: S608  (ours)
    f" WHERE o.state = 'waiting' AND {_IS_THERE} AND NOT"
)
_GOES_AGAIN = (
    "UPDATE outbox AS o INDEXED BY outbox_again SET state = 'waiting'"  # noqa: S608  (ours)
    " WHERE o.state = 'proven'"
    f" AND o.last_problem = '{AGAIN}' AND"
)
_STANDS = (
    ("outbox.proven", _STAYS_THERE, ""),
    ("outbox.waits", _GOES_AGAIN, ""),
    ("outbox.held", _HOLD, _IF_NEW),
    ("outbox.waits", _LET_GO, ""),
)
_SOONER = (
    "UPDATE outbox SET next_at = '' WHERE state = 'waiting' AND next_at > ?1 AND next_at < '9'"
)
"""What is held until somebody has signed it anew waits for no time (`rejoining`)."""
_NEXT = (
    "SELECT o.id, o.bytes, o.stalls FROM outbox o WHERE o.state = 'waiting'"
    " AND o.next_at <= ?1"
    # Overtaking one that was put off, a step would meet the case as it was before (D-158).
    # It would beside one that the hub may not take as it was (`AS_IT_WAS`).
    " AND NOT (o.kind IN ('task.status', 'referral.amend', 'referral.cancel') AND EXISTS ("
    " SELECT 1 FROM outbox e WHERE e.ref = o.ref AND e.n < o.n AND e.state = 'waiting'"
    " AND e.kind IN ('task.status', 'referral.request', 'referral.amend')"
    " AND (e.next_at > ?1 OR e.next_at = '0' AND o.next_at <> '0'"
    " AND e.last_problem NOT IN ('consent-lapsed', 'cosign-lapsed', 'guardian-unsaid'))))"
    " AND"
)
_HELD = "SELECT o.bytes FROM outbox o WHERE o.state = 'waiting' AND o.next_at = ?2 AND"
_KEPT_BACK = "SELECT 1 FROM outbox o WHERE o.id = ?2 AND NOT"
# An agency's law is a problem, too: too careful, and it costs one sentence.
_SHORT_OF_IT = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM outbox WHERE state IN ('refused', 'left'))"
    " OR EXISTS (SELECT 1 FROM referral WHERE problem <> '')"
    " OR EXISTS (SELECT 1 FROM disclosure WHERE problem <> '')"
)
_IN_TURN = " ORDER BY o.stalls >= ?2, o.priority, o.n LIMIT ?3 + 0"


def take(db: Db, now: datetime, limit: int) -> tuple[Message, ...]:
    """Return the next batch, and count that it may leave now; what lost its basis is held."""
    _hasten(db, now)
    hold(db, now)
    return _offered(db, now, _next(db, now, limit))


def take_batches(db: Db, now: datetime, most: int) -> tuple[tuple[Message, ...], ...]:
    """Return so many next batches at once, as `take` would one after the other."""
    _hasten(db, now)
    hold(db, now)
    batches: list[tuple[Message, ...]] = []
    rows = db.execute(
        _NEXT + _MAY_LEAVE + _IN_TURN, (stamp(now), _PATIENCE, BATCH_ITEMS * most)
    ).fetchall()
    while rows and len(batches) < most:
        batch = _fitting(rows[:BATCH_ITEMS])
        batches.append(_offered(db, now, batch))
        rows = rows[len(batch) :]
    return tuple(batches)


def hold(db: Db, now: datetime) -> None:
    """Write down of what waits whether it stays here now, and why."""
    for kind, change, more in _STANDS:
        rows = db.execute(change + _MAY_LEAVE + more + " RETURNING id", (stamp(now),))
        journal(db, kind, rows.fetchall())


def is_kept_back(db: Db, message: str, now: datetime) -> bool:
    """Say whether what this stands on does not cover it now: at this moment it may not leave."""
    row = db.execute(_KEPT_BACK + _MAY_LEAVE, (stamp(now), message)).fetchone()
    return row is not None


def peek(db: Db, now: datetime, limit: int) -> tuple[Message, ...]:
    """Return what `take` would, without letting it leave."""
    return tuple(unpacked(Message, raw) for _, raw in _next(db, now, limit))


def held_until(db: Db, next_at: str, now: datetime) -> tuple[bytes, ...]:
    """Return what waits for this moment and might otherwise leave now."""
    rows = db.execute(_HELD + _MAY_LEAVE + " ORDER BY o.n", (stamp(now), next_at))
    return tuple(raw for (raw,) in rows.fetchall())


def settle(db: Db, message: str, state: str, problem: str = "", next_at: str = "") -> None:
    """Write down what became of one message; what waits `AGAIN` does so until it goes."""
    db.execute(
        "UPDATE outbox SET state = ?1, next_at = ?3, stalls = 0,"
        " last_problem = iif(?1 = 'waiting' AND last_problem = ?5, last_problem, ?2)"
        " WHERE id = ?4",
        (state, problem, next_at, message, AGAIN),
    )
    as_it_stands(db, f"outbox.{state}", message)


def stalled(db: Db, messages: tuple[str, ...]) -> None:
    """Count that the hub took these and gave no answer."""
    db.executemany("UPDATE outbox SET stalls = stalls + 1 WHERE id = ?", [(m,) for m in messages])


def all_arrived(db: Db) -> bool:
    """Say whether nothing that was to leave was refused or left unsaid, as far as is kept."""
    return db.execute(_SHORT_OF_IT).fetchone() is None


def may_have_left(db: Db, at: datetime) -> None:
    """Count of all that waits that another copy of this vault may have sent it."""
    rows = db.execute(
        "UPDATE outbox SET attempts = attempts + 1 WHERE state = 'waiting' RETURNING id"
    )
    journal(db, "outbox.offered", rows.fetchall(), at)


def offered(db: Db) -> tuple[str, ...]:
    """Return the referrals that were offered to the hub and of which nothing is proven."""
    rows = db.execute(
        "SELECT ref FROM outbox WHERE kind = 'referral.request' AND state = 'waiting'"
        " AND attempts > 0 AND consent IS NOT NULL"
    )
    return tuple(ref for (ref,) in rows.fetchall())


def is_said_again(db: Db, message: str) -> bool:
    """Say whether this waits because the hub that had it was restored."""
    row = db.execute(
        "SELECT 1 FROM outbox WHERE id = ? AND state = 'waiting' AND last_problem = ?",
        (message, AGAIN),
    ).fetchone()
    return row is not None


def requeue(db: Db) -> int:
    """Queue again everything that has not ended: the hub has been restored (I9)."""
    rows = db.execute(
        "UPDATE outbox SET state = 'waiting', next_at = '', last_problem = ?,"
        " attempts = max(attempts, 1)"  # also what only its agency's receipt shows to have left
        " WHERE state IN ('sent', 'proven') RETURNING id",
        (AGAIN,),
    ).fetchall()
    journal(db, "outbox.requeued", rows)
    return len(rows)


def _hasten(db: Db, now: datetime) -> None:
    """Let go now what a clock that was ahead has put off to a time that only it knew."""
    db.execute(_SOONER, (stamp(now + timedelta(seconds=LONGEST_RETRY)),))


def _offered(db: Db, now: datetime, batch: list[tuple[str, bytes]]) -> tuple[Message, ...]:
    keys = [(key,) for key, _ in batch]
    db.executemany("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", keys)
    # Witnessed: else a lost end of the WAL would make what left look as if it had stayed.
    journal(db, "outbox.offered", keys, now)
    return tuple(unpacked(Message, raw) for _, raw in batch)


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
