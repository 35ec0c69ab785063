"""Rows of jottings: who has no alias yet, since when, and what was handed out."""

from datetime import datetime, timedelta

from desktop.domain.ids import OutreachId, YouthId
from desktop.domain.jottings import Jotting
from desktop.vault import forms, retention
from desktop.vault.columns import Row, content, stamp, time, time_or_none, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE

_NOTED = """(EXISTS (SELECT 1 FROM note n WHERE n.youth = j.youth AND trim(n.text) <> '')
  OR EXISTS (SELECT 1 FROM judgement g WHERE g.youth = j.youth)
  OR EXISTS (SELECT 1 FROM unfinished_judgement u WHERE u.youth = j.youth)
  OR EXISTS (SELECT 1 FROM safety_plan s WHERE s.youth = j.youth)
  OR EXISTS (SELECT 1 FROM promise p WHERE p.youth = j.youth)
  OR EXISTS (SELECT 1 FROM answered a WHERE a.youth = j.youth)
  OR EXISTS (SELECT 1 FROM guardian_named a WHERE a.youth = j.youth)
  OR EXISTS (SELECT 1 FROM draft d WHERE d.youth = j.youth))"""
_HAS_WORDS = f"SELECT 1 FROM jotting j WHERE j.youth = ? AND (j.given <> '' OR {_NOTED})"  # noqa: S608  (words of ours)
# A supervisor who looks begins its days anew: what was agreed is not gone within the hour (D-191).
_SINCE = (
    "max(j.since,"
    " coalesce((SELECT max(s.seen_at) FROM supervision s WHERE s.youth = j.youth), ''))"
)
_AHEAD = "SELECT max(p.ends_at) FROM promise p WHERE p.youth = j.youth AND p.outcome = ''"
_IS_HELD = (
    "(EXISTS (SELECT 1 FROM unseen u WHERE u.youth = j.youth)"
    " OR EXISTS (SELECT 1 FROM own_data_request q WHERE q.youth = j.youth AND q.outcome = ''))"
)
_JOTTING = f"j.youth, {_SINCE}, j.given, {_NOTED}, ({_AHEAD}), {_IS_HELD}"


def add(db: Db, youth: YouthId, given: str, since: datetime) -> None:
    """Let what is noted about somebody without an alias begin to count its days."""
    row = (str(youth), stamp(since), given)
    db.execute("INSERT INTO jotting (youth, since, given) VALUES (?, ?, ?)", row)
    db.wrote("jotting.kept", youth, 1, content(*row), since)


def of(db: Db, youth: YouthId) -> Jotting | None:
    """Return the jotting about somebody; None when they have an alias."""
    row = db.execute(f"SELECT {_JOTTING} FROM jotting j WHERE j.youth = ?", (str(youth),))  # noqa: S608  (words of ours)
    return _read(db, row.fetchall()).get(youth)


def on(db: Db, outreach: OutreachId) -> dict[YouthId, Jotting]:
    """Return who of those met on a night has no alias."""
    rows = db.execute(
        f"SELECT {_JOTTING} FROM meeting m JOIN jotting j ON j.youth = m.youth"  # noqa: S608  (words of ours)
        " WHERE m.outreach = ?",
        (str(outreach),),
    )
    return _read(db, rows.fetchall())


def every(db: Db) -> dict[str, datetime]:
    """Return since when the days of each are counted, by the young person's id as text."""
    rows = db.execute(f"SELECT j.youth, {_SINCE} FROM jotting j")  # noqa: S608  (words of ours)
    return {key: time(at) for key, at in rows}


def grown(db: Db, youth: YouthId, at: datetime) -> None:
    """Let its days count no more: the young person agreed, or nothing was noted."""
    if db.execute("DELETE FROM jotting WHERE youth = ?", (str(youth),)).rowcount:
        db.wrote("jotting.grown", youth, 2, GONE, at)


def due(db: Db, now: datetime) -> tuple[YouthId, ...]:
    """Return about whom the days are over, and nobody waits for anything of it any more.

    A referral made it a case: it goes with that.
    """
    until = now - timedelta(days=retention.policy(db).jotting)
    rows = db.execute(
        f"SELECT j.youth FROM jotting j WHERE {_SINCE} <= ?"  # noqa: S608  (words of ours)
        f" AND NOT {_IS_HELD} AND coalesce(({_AHEAD}), '') <= ?"
        " AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.youth = j.youth) ORDER BY j.since",
        (stamp(until), stamp(now)),
    )
    return tuple(YouthId(uuid(key)) for (key,) in rows)


def has_words(db: Db, youth: YouthId) -> bool:
    """Say whether anything was noted about somebody who has no alias and has not agreed to it."""
    row = db.execute(_HAS_WORDS, (str(youth),)).fetchone()
    return row is not None or (forms.is_noted(db, youth) and of(db, youth) is not None)


def _read(db: Db, rows: list[Row]) -> dict[YouthId, Jotting]:
    days = retention.policy(db).jotting if rows else 0
    return {
        YouthId(uuid(key)): Jotting(
            time(since), days, given, bool(is_noted), time_or_none(ahead), bool(is_held)
        )
        for key, since, given, is_noted, ahead, is_held in rows
    }
