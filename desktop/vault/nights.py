"""What is asked about a night as a whole: its last entry, its numbers, what is left to do."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from desktop.domain.days import ONE_DAY
from desktop.domain.ids import MeetingId, OutreachId, YouthId
from desktop.domain.nights import Kind, LooseEnd, Promised, Rows
from desktop.domain.outreach import Outreach
from desktop.vault.columns import Row, listed, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.outreach import NIGHT, names_in, read, read_all
from desktop.vault.subjects import as_it_stands

_ENTRIES = (
    "outreach.begun", "outreach.changed", "pause.begun", "pause.ended", "tally.moved",
    "meeting.kept", "note.saved", "note.finished", "risk.judged", "draft.kept",
)  # fmt: skip
"""What a counselor does by hand on a night; what the program does by itself is no entry."""
_UNFINISHED_NOTES = """
SELECT 'note', m.youth, m.id, y.alias FROM meeting m JOIN note n ON n.meeting = m.id
JOIN youth y ON y.id = m.youth
WHERE m.outreach = ?1 AND n.finished_at IS NULL AND n.text <> ''
ORDER BY m.met_at
"""
_GROUNDS = """
SELECT 'grounds', m.youth, m.id, y.alias FROM meeting m
JOIN unfinished_judgement u ON u.youth = m.youth JOIN youth y ON y.id = m.youth
WHERE m.outreach = ?1 ORDER BY m.met_at
"""
# Going along and calling 109 leave no trace here: they cannot be found missing.
_RISKS = """
SELECT 'risk', m.youth, m.id, y.alias FROM meeting m JOIN youth y ON y.id = m.youth
JOIN judgement j ON j.rowid = (SELECT k.rowid FROM judgement k WHERE k.youth = m.youth
    ORDER BY k.rowid DESC LIMIT 1)
WHERE m.outreach = ?1 AND j.risk = 'high' AND (
    (j.next_step = 'urgent-referral' AND NOT EXISTS (SELECT 1 FROM referral r
        WHERE r.youth = m.youth AND r.released_at >= j.judged_at))
    OR (j.next_step = 'report' AND NOT EXISTS (SELECT 1 FROM disclosure d
        WHERE d.youth = m.youth AND d.asked_at >= j.judged_at)))
ORDER BY m.met_at
"""
_DRAFTS = """
SELECT 'draft', d.youth, (SELECT m.id FROM meeting m WHERE m.youth = d.youth AND m.outreach = ?1),
    y.alias FROM draft d JOIN youth y ON y.id = d.youth
WHERE d.youth IN (SELECT m.youth FROM meeting m WHERE m.outreach = ?1
    UNION ALL SELECT e.youth FROM draft e WHERE e.kept_at >= ?2)
ORDER BY d.kept_at
"""

# Of those met on the night, and whatever was due on its day.
_PROMISES = """
SELECT 'promise', y.id, (SELECT m.id FROM meeting m WHERE m.youth = y.id AND m.outreach = ?1),
    y.alias FROM youth y
WHERE y.id IN (SELECT p.youth FROM meeting m JOIN promise p ON p.youth = m.youth
        AND p.outcome = '' AND p.ends_at <= ?3 WHERE m.outreach = ?1
    UNION SELECT p.youth FROM promise p
        WHERE p.outcome = '' AND p.ends_at > ?2 AND p.ends_at <= ?3)
ORDER BY y.alias
"""
# Where all who were met had a note when the night ended, nothing can come to more than that.
_RECKONED = """
SELECT id, forgotten, met, CASE WHEN closed_noted >= met THEN 0 ELSE
  (SELECT count(*) FROM meeting m JOIN note n ON n.meeting = m.id
   WHERE m.outreach = night.id AND n.text <> '') END,
 referrals, closed_met, closed_noted, closed_referrals
FROM (SELECT o.id, (SELECT count(*) FROM meeting m WHERE m.outreach = o.id) AS met,
  (SELECT count(*) FROM referral r WHERE r.released_at >= o.started_at
    AND r.released_at <= coalesce(o.ended_at, '9')) AS referrals,
  coalesce(c.met, 0) AS closed_met, coalesce(c.noted, 0) AS closed_noted,
  coalesce(c.referrals, 0) AS closed_referrals, coalesce(c.was_forgotten, 0) AS forgotten
 FROM outreach o LEFT JOIN outreach_closing c ON c.outreach = o.id
 WHERE o.id IN (SELECT value FROM json_each(?))) night
"""


def last_entry(db: Db, night: Outreach) -> datetime:
    """Return when something was written by hand last before a night was over.

    The journal is read backwards, no further than to the night's beginning.
    """
    rows = db.execute(
        f"SELECT at FROM op WHERE kind IN ({','.join('?' * len(_ENTRIES))}) AND at < ?"  # noqa: S608  (marks)
        " ORDER BY seq DESC LIMIT 1",
        (*_ENTRIES, stamp(night.rolls_at())),
    )
    found = [time(at) for (at,) in rows.fetchall()]
    return max([night.latest(), *found])


def loose_ends(db: Db, night: Outreach) -> tuple[LooseEnd, ...]:
    """Return what is not finished of a night, the most pressing first."""
    key, rolls = str(night.id), night.rolls_at()
    due = (key, stamp(rolls - ONE_DAY), stamp(rolls))
    queries: tuple[tuple[str, Row], ...] = (
        (_RISKS, (key,)),
        (_GROUNDS, (key,)),
        (_PROMISES, due),
        (_UNFINISHED_NOTES, (key,)),
        (_DRAFTS, (key, stamp(night.started_at))),
    )
    return tuple(_loose(row) for query, given in queries for row in db.execute(query, given))


def promised(db: Db, night: Outreach, now: datetime) -> Promised:
    """Count promises made and kept on a night, and those whose time has passed by its end."""
    rolls = night.rolls_at()
    span = (stamp(night.started_at), stamp(rolls))
    passed = (stamp(min(now, rolls)),)
    queries = (
        ("SELECT count(*) FROM promise WHERE made_at >= ? AND made_at < ?", span),
        (
            "SELECT count(*) FROM promise"
            " WHERE outcome = 'kept' AND ended_at >= ? AND ended_at < ?",
            span,
        ),
        ("SELECT count(*) FROM promise WHERE outcome = '' AND ends_at <= ?", passed),
    )
    return Promised(*(int(db.execute(query, given).fetchone()[0]) for query, given in queries))


def rows_of(db: Db, night: OutreachId) -> Rows:
    """Return what has rows of its own on a night, or had when it ended."""
    return reckoned(db, (night,))[night][0]


def reckoned(db: Db, nights: Iterable[OutreachId]) -> dict[OutreachId, tuple[Rows, bool]]:
    """Return `rows_of` many nights, and whether one was closed because nobody had ended it."""
    found = db.execute(_RECKONED, (listed(map(str, nights)),)).fetchall()
    return {
        OutreachId(uuid(key)): (Rows(*now).or_more(Rows(*closed)), bool(was_forgotten))
        for key, was_forgotten, *each in found
        for now, closed in ((each[:3], each[3:]),)
    }


def close(db: Db, night: Outreach, at: datetime, *, was_forgotten: bool) -> None:
    """Keep the numbers of a night that just ended, and whether anybody ended it."""
    rows = rows_of(db, night.id)
    db.execute(
        "INSERT OR REPLACE INTO outreach_closing (outreach, met, noted, referrals, was_forgotten)"
        " VALUES (?, ?, ?, ?, ?)",
        (str(night.id), rows.met, rows.noted, rows.referrals, int(was_forgotten)),
    )
    as_it_stands(db, "closing.kept", night.id, 1, at)


def was_forgotten(db: Db, night: OutreachId) -> bool:
    """Say whether a night was closed because nobody had ended it."""
    return reckoned(db, (night,))[night][1]


def newest(db: Db) -> Outreach | None:
    """Return the night that began last."""
    row = db.execute(f"{NIGHT} ORDER BY started_at DESC LIMIT 1").fetchone()
    return read(db, row) if row else None


def between(db: Db, start: datetime, end: datetime) -> tuple[Outreach, ...]:
    """Return the nights that began from `start` until before `end`, newest first."""
    rows = db.execute(
        f"{NIGHT} WHERE started_at >= ? AND started_at < ? ORDER BY started_at DESC",
        (stamp(start), stamp(end)),
    )
    return read_all(db, rows.fetchall())


def ends(db: Db) -> tuple[datetime, datetime] | None:
    """Return when the first and the last night began; None before the first."""
    first, last = db.execute(
        "SELECT (SELECT min(started_at) FROM outreach), (SELECT max(started_at) FROM outreach)"
    ).fetchone()
    return (time(first), time(last)) if first else None


def bodies(db: Db, nights: int) -> Iterator[str]:
    """Yield the partner bodies of so many joint nights, the newest night's first."""
    rows = db.execute(
        "SELECT p.bodies FROM outreach o JOIN outreach_partners p ON p.outreach = o.id"
        " ORDER BY o.started_at DESC LIMIT ? + 0",
        (nights,),
    )
    for (kept,) in rows.fetchall():
        yield from names_in(kept)


def _loose(row: Row) -> LooseEnd:
    kind, youth, meeting, alias = row
    at = MeetingId(uuid(meeting)) if meeting else None
    return LooseEnd(Kind(kind), YouthId(uuid(youth)), at, alias)
