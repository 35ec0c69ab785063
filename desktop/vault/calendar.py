"""What a span of days holds, each kind by its own index. A day begins at 06:00 in Korea."""

from collections import defaultdict
from datetime import date, datetime

from desktop.domain.calendar import Counts, Entry, Kind
from desktop.domain.ids import OutreachId, YouthId
from desktop.vault.columns import Row, stamp, time, uuid
from desktop.vault.consents import ASKED_ANEW
from desktop.vault.database import Db

# Kind, when, name, alias, young person, night; and the day a promise is for. Nobody is awaited
# by a referral that has ended, whatever had been said before (D-153),
# and a consent that another answer took the place of ends unnoticed.
_SOURCES = (
    "SELECT 'night', o.started_at AS at, o.place, '', '', o.id, date(o.started_at, '+3 hours')"
    " FROM outreach o WHERE o.started_at >= ?1 AND o.started_at < ?2",
    "SELECT 'promise', p.opens_at AS at, '', y.alias, y.id, '', p.day"
    " FROM promise p JOIN youth y ON y.id = p.youth"
    " WHERE p.outcome = '' AND p.ends_at > ?1 AND p.ends_at <= ?2",
    "SELECT 'appointment', t.at AS at, r.agency_name, y.alias, y.id, '', date(t.at, '+3 hours')"
    " FROM reply_appointment t JOIN reply p ON p.id = t.reply"
    " JOIN referral r ON r.id = t.referral JOIN youth y ON y.id = r.youth"
    " WHERE t.at >= ?1 AND t.at < ?2 AND t.meeting = 'booked'"
    " AND r.status IN ('requested', 'accepted', 'in-progress', 'on-hold')"
    " AND NOT EXISTS (SELECT 1 FROM reply_appointment l JOIN reply q ON q.id = l.reply"
    " WHERE l.referral = t.referral AND l.at = t.at AND (q.at, q.rowid) > (p.at, p.rowid))",
    "SELECT 'consent', c.valid_until AS at, c.agency_name, y.alias, y.id, '',"  # noqa: S608  (words of ours)
    " date(c.valid_until, '+3 hours') FROM consent c JOIN youth y ON y.id = c.youth"
    " WHERE c.valid_until >= ?1 AND c.valid_until < ?2 AND c.withdrawn_at IS NULL"
    " AND (SELECT count(*) FROM consent_answer a WHERE a.consent = c.id"
    " AND a.article IN ('15', '17') AND a.answer = 'given') = 2"
    f" AND NOT {ASKED_ANEW}",
)


def counts(db: Db, start: datetime, end: datetime) -> Counts:
    """Count what there is on each day from `start` until before `end`."""
    found: dict[date, dict[Kind, int]] = defaultdict(lambda: defaultdict(int))
    for source in _SOURCES:
        query = (
            f"WITH x (kind, at, name, alias, youth, night, day) AS ({source})"  # noqa: S608  (words of ours)
            " SELECT kind, day FROM x"
        )
        # Counted here: SQLite would sort the days first, in memory that is locked and wiped.
        for kind, day in db.execute(query, (stamp(start), stamp(end))):
            found[date.fromisoformat(day)][Kind(kind)] += 1
    return found


def between(db: Db, start: datetime, end: datetime, limit: int) -> tuple[Entry, ...]:
    """Return at most `limit` of each kind from `start` until before `end`, in their order."""
    span = (stamp(start), stamp(end), limit)
    rows = (
        db.execute(f"{source} ORDER BY at LIMIT ?3 + 0", span).fetchall() for source in _SOURCES
    )
    return tuple(_read(row) for found in rows for row in found)


def _read(row: Row) -> Entry:
    kind, at, name, alias, youth, night, _ = row
    return Entry(
        Kind(kind),
        time(at),
        name,
        alias,
        YouthId(uuid(youth)) if youth else None,
        OutreachId(uuid(night)) if night else None,
    )
