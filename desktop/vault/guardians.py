"""Rows of why a guardian is not to be told, the mark on the person, and of who may be asked."""

from datetime import datetime
from uuid import UUID

from desktop.domain.guardians import NAMED_FOR, Kept, Named
from desktop.domain.ids import AgencyId, YouthId
from desktop.domain.who_answers import KeepReason
from desktop.vault.columns import stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands

# What was told in addition stands in place of the packet before. An agency knows whose newest
# packet says it, and one that has erased all of it need not. What only may have left has told
# nobody yet, and never will once an end has taken it out of the outbox.
_UNAWARE = """
WITH told AS (
 SELECT r.agency, r.agency_name, r.packet, r.released_at AS at,
  r.delivery <> 'queued' AS is_sure FROM referral r
 WHERE r.youth = ?1 AND r.erasure <> 'destroyed'
  AND (r.delivery <> 'queued' OR r.erasure = 'owed' OR EXISTS (
   SELECT 1 FROM outbox o WHERE o.ref = r.id AND (o.kind = 'referral.cancel'
    OR o.kind = 'referral.request' AND o.state = 'waiting' AND o.attempts > 0)))
 UNION ALL SELECT r.agency, r.agency_name, a.packet, a.released_at, EXISTS (
   SELECT 1 FROM outbox o WHERE o.id = a.id AND o.state IN ('sent', 'proven')
   UNION ALL SELECT 1 FROM op WHERE record = a.id AND kind IN ('outbox.sent', 'outbox.proven'))
 FROM amendment a JOIN referral r ON r.id = a.referral
 WHERE r.youth = ?1 AND r.erasure <> 'destroyed' AND r.problem NOT IN ('conflict', 'conflict-left')
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = a.id
   AND (o.state IN ('refused', 'left') OR (o.state = 'waiting' AND o.attempts = 0)))),
said AS (
 SELECT agency, agency_name, at, is_sure,
  json_extract(CAST(packet AS TEXT), '$.keep_from_guardian') AS keeps FROM told)
SELECT s.agency, max(s.agency_name) FROM said s WHERE NOT s.keeps
 AND NOT EXISTS (SELECT 1 FROM said l WHERE l.agency = s.agency AND l.keeps AND l.is_sure
  AND l.at > s.at)
GROUP BY s.agency ORDER BY max(s.at) DESC
"""
_STAYS_HERE = (
    "SELECT DISTINCT r.agency_name FROM outbox o JOIN referral r ON r.id = o.ref"
    " WHERE r.youth = ? AND o.state = 'waiting' AND o.last_problem = 'guardian-unsaid'"
)


def keep(db: Db, kept: Kept) -> None:
    """Mark somebody, and keep the reason."""
    _add(db, kept.id, kept.youth, kept.reason.value, (kept.words, kept.at))
    _mark(db, kept.youth, is_kept=True, at=kept.at)


def mark(db: Db, youth: YouthId, at: datetime) -> None:
    """Mark somebody; why may be told later."""
    _mark(db, youth, is_kept=True, at=at)


def tell_again(db: Db, key: UUID, youth: YouthId, at: datetime) -> None:
    """Take the mark away; that it was there stays."""
    _add(db, key, youth, "", ("", at))
    _mark(db, youth, is_kept=False, at=at)


def latest(db: Db, youth: YouthId) -> Kept | None:
    """Return the newest reason while the mark stands; None for a mark without one, or no mark.

    The newest is what was kept last, whatever the clock said (D-104).
    """
    row = db.execute(
        "SELECT k.id, k.reason, k.words, k.at FROM guardian_kept k JOIN youth y ON y.id = k.youth"
        " WHERE k.youth = ? AND y.keep_from_guardian = 1 AND k.reason <> ''"
        " ORDER BY k.rowid DESC LIMIT 1",
        (str(youth),),
    ).fetchone()
    if row is None:
        return None
    key, reason, words, at = row
    return Kept(uuid(key), youth, KeepReason(reason), words, time(at))


def unaware(db: Db, youth: YouthId) -> tuple[tuple[AgencyId, str], ...]:
    """Return the agencies that have, or may have, a referral which does not say it; by name."""
    rows = db.execute(_UNAWARE, (str(youth),)).fetchall()
    return tuple((AgencyId(agency), name) for agency, name in rows)


def stays_here(db: Db, youth: YouthId) -> tuple[str, ...]:
    """Return to whom something waits here that does not say it, by name."""
    return tuple(name for (name,) in db.execute(_STAYS_HERE, (str(youth),)).fetchall())


def name(db: Db, named: Named) -> None:
    """Keep who may be asked; a trigger refuses it of somebody whose guardian is not told.

    What is put right later counts its days from the first time.
    """
    db.execute(
        "INSERT INTO guardian_named (youth, name, contact, taken_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (youth) DO UPDATE SET name = excluded.name, contact = excluded.contact",
        (str(named.youth), named.name, named.contact, stamp(named.at)),
    )
    as_it_stands(db, "named.taken", named.youth, 1, named.at)


def named(db: Db, youth: YouthId) -> Named | None:
    """Return who may be asked about somebody; its days may be over."""
    row = db.execute(
        "SELECT name, contact, taken_at FROM guardian_named WHERE youth = ?", (str(youth),)
    ).fetchone()
    return Named(youth, row[0], row[1], time(row[2])) if row else None


def named_too_long(db: Db, now: datetime) -> tuple[YouthId, ...]:
    """Return of whom a guardian was named whose days are over."""
    rows = db.execute(
        "SELECT youth FROM guardian_named WHERE taken_at <= ?", (stamp(now - NAMED_FOR),)
    )
    return tuple(YouthId(uuid(key)) for (key,) in rows.fetchall())


def _add(db: Db, key: UUID, youth: YouthId, reason: str, told: tuple[str, datetime]) -> None:
    words, at = told
    db.execute(
        "INSERT INTO guardian_kept (id, youth, reason, words, at) VALUES (?, ?, ?, ?, ?)",
        (str(key), str(youth), reason, words, stamp(at)),
    )
    as_it_stands(db, "kept_from.decided", key, 1, at)


def _mark(db: Db, youth: YouthId, *, is_kept: bool, at: datetime) -> None:
    db.execute("UPDATE youth SET keep_from_guardian = ? WHERE id = ?", (int(is_kept), str(youth)))
    as_it_stands(db, "youth.guardian", youth, 2, at)
