"""Rows of jottings: who has no alias yet, since when, and what was handed out."""

from datetime import datetime, timedelta

from desktop.domain.ids import OutreachId, YouthId
from desktop.domain.jottings import Jotting
from desktop.vault import retention
from desktop.vault.columns import content, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE

_HAS_WORDS = """
SELECT 1 FROM jotting j WHERE j.youth = ?1 AND (j.given <> ''
  OR EXISTS (SELECT 1 FROM note n WHERE n.youth = ?1 AND trim(n.text) <> '')
  OR EXISTS (SELECT 1 FROM judgement g WHERE g.youth = ?1)
  OR EXISTS (SELECT 1 FROM unfinished_judgement u WHERE u.youth = ?1)
  OR EXISTS (SELECT 1 FROM safety_plan s WHERE s.youth = ?1)
  OR EXISTS (SELECT 1 FROM promise p WHERE p.youth = ?1)
  OR EXISTS (SELECT 1 FROM answered a WHERE a.youth = ?1)
  OR EXISTS (SELECT 1 FROM guardian_named a WHERE a.youth = ?1)
  OR EXISTS (SELECT 1 FROM draft d WHERE d.youth = ?1))
"""


def add(db: Db, youth: YouthId, given: str, since: datetime) -> None:
    """Let what is noted about somebody without an alias begin to count its days."""
    row = (str(youth), stamp(since), given)
    db.execute("INSERT INTO jotting (youth, since, given) VALUES (?, ?, ?)", row)
    db.wrote("jotting.kept", youth, 1, content(*row), since)


def of(db: Db, youth: YouthId) -> Jotting | None:
    """Return the jotting about somebody; None when they have an alias."""
    row = db.execute("SELECT since, given FROM jotting WHERE youth = ?", (str(youth),)).fetchone()
    return Jotting(time(row[0]), retention.policy(db).jotting, row[1]) if row else None


def on(db: Db, outreach: OutreachId) -> dict[YouthId, Jotting]:
    """Return who of those met on a night has no alias."""
    rows = db.execute(
        "SELECT j.youth, j.since, j.given FROM meeting m JOIN jotting j ON j.youth = m.youth"
        " WHERE m.outreach = ?",
        (str(outreach),),
    ).fetchall()
    days = retention.policy(db).jotting if rows else 0
    return {YouthId(uuid(key)): Jotting(time(at), days, given) for key, at, given in rows}


def every(db: Db) -> dict[str, datetime]:
    """Return since when the days of each are counted, by the young person's id as text."""
    return {key: time(at) for key, at in db.execute("SELECT youth, since FROM jotting")}


def grown(db: Db, youth: YouthId, at: datetime) -> None:
    """Let its days count no more: the young person agreed, or nothing was noted."""
    if db.execute("DELETE FROM jotting WHERE youth = ?", (str(youth),)).rowcount:
        db.wrote("jotting.grown", youth, 2, GONE, at)


def due(db: Db, now: datetime) -> tuple[YouthId, ...]:
    """Return about whom the days are over. A referral made it a case: it goes with that."""
    until = now - timedelta(days=retention.policy(db).jotting)
    rows = db.execute(
        "SELECT j.youth FROM jotting j WHERE j.since <= ?"
        " AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.youth = j.youth) ORDER BY j.since",
        (stamp(until),),
    )
    return tuple(YouthId(uuid(key)) for (key,) in rows)


def has_words(db: Db, youth: YouthId) -> bool:
    """Say whether anything was noted about somebody who has no alias and has not agreed to it."""
    row = db.execute(_HAS_WORDS, (str(youth),)).fetchone()
    return row is not None
