"""What happened with one young person, read by index and no more of it than is shown."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import MeetingId, YouthId
from desktop.domain.notes import Marks
from desktop.domain.timeline import Cursor, Event, Kind
from desktop.vault import versions
from desktop.vault.columns import Row, stamp, time, time_or_none, uuid
from desktop.vault.consents import ASKED_ANEW
from desktop.vault.database import Db

READ = 600
"""Characters of a record that are read to find its first line."""
_STEPS = "'accepted', 'rejected', 'in-progress', 'on-hold', 'completed', 'failed', 'cancelled'"
_LATEST = ("9", "", "")
"""After every time that is written here."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where one kind is read: SQL of ours, never of a person's."""

    kind: Kind
    at: str
    rows: str
    """Tables and conditions; `?1` is the young person, `?6` now."""
    key: str
    told: str = "'', ''"
    """Code and name."""
    words: str = "'', ''"
    """Whose words, and the words."""
    until: str = "''"
    meeting: str = "''"
    marks: str = "NULL"

    def select(self) -> str:
        """Return the newest of this kind that come after the cursor."""
        return (
            f"SELECT '{self.kind}', {self.at} AS at, {self.key} AS key, {self.told}, {self.words},"  # noqa: S608  (words of ours)
            f" {self.until}, {self.meeting}, {self.marks} FROM {self.rows} AND {self.at} <= ?2"
            f" AND ({self.at}, '{self.kind}', {self.key}) < (?2, ?3, ?4)"
            " ORDER BY at DESC, key DESC LIMIT ?5 + 0 * ?6"
        )


_SOURCES = (
    _Source(
        Kind.MEETING, "m.met_at",
        "meeting m JOIN outreach o ON o.id = m.outreach LEFT JOIN note n ON n.meeting = m.id"
        " LEFT JOIN note_marks k ON k.note = n.id LEFT JOIN note_signature s ON s.note = n.id"
        " WHERE m.youth = ?1",
        key="m.id",
        told="CASE WHEN s.at IS NOT NULL THEN 'signed' WHEN n.text <> '' THEN 'written' ELSE ''"
        " END, CASE m.place WHEN '' THEN o.place ELSE m.place END",
        words=f"coalesce(n.id, ''), substr(coalesce(n.text, ''), 1, {READ})",
        meeting="m.id", marks="k.spans",
    ),
    _Source(
        Kind.ADDENDUM, "a.at",
        "note n JOIN addendum a ON a.note = n.id WHERE n.youth = ?1",
        key="a.id", words=f"n.id, substr(a.text, 1, {READ})", meeting="n.meeting",
    ),
    _Source(
        Kind.CONSENT, "c.asked_at", "consent c WHERE c.youth = ?1", key="c.id",
        told="CASE (SELECT count(*) FROM consent_answer a WHERE a.consent = c.id AND a.article IN"
        " ('15', '17') AND a.answer = 'given') WHEN 2 THEN 'given' ELSE 'refused' END,"
        " c.agency_name",
        until="c.valid_until",
    ),
    _Source(
        Kind.CONSENT_ENDED, "coalesce(c.withdrawn_at, c.valid_until)",
        "consent c WHERE c.youth = ?1 AND coalesce(c.withdrawn_at, c.valid_until) <= ?6"  # noqa: S608  (words of ours)
        f" AND (c.withdrawn_at IS NOT NULL OR NOT {ASKED_ANEW})"
        " AND (SELECT count(*) FROM consent_answer a WHERE a.consent = c.id AND a.article IN"
        " ('15', '17') AND a.answer = 'given') = 2",
        key="c.id",
        told="CASE WHEN c.withdrawn_at IS NULL THEN 'expired' ELSE 'withdrawn' END,"
        " c.agency_name",
    ),
    _Source(
        Kind.REFERRAL, "r.released_at", "referral r WHERE r.youth = ?1", key="r.id",
        told="r.status, r.agency_name",
    ),
    _Source(
        Kind.STEP, "s.at",
        "referral r JOIN referral_step s ON s.referral = r.id WHERE r.youth = ?1"
        f" AND s.step IN ({_STEPS}, 'destroyed', 'retained')",
        key="s.referral || s.step", told="s.step, r.agency_name",
    ),
    _Source(
        Kind.ANSWER, "p.at",
        "referral r JOIN reply p ON p.referral = r.id LEFT JOIN reply_appointment t"
        " ON t.reply = p.id WHERE r.youth = ?1",
        key="p.id", told="coalesce(t.meeting, ''), r.agency_name",
        words=f"r.id, substr(p.text, 1, {READ})", until="coalesce(t.at, '')",
    ),
    _Source(
        Kind.ANSWER, "p.at",
        "disclosure d JOIN disclosure_reply p ON p.disclosure = d.id WHERE d.youth = ?1",
        key="p.id", told="'', d.agency_name", words=f"d.id, substr(p.text, 1, {READ})",
    ),
    _Source(
        Kind.REPORT, "d.asked_at", "disclosure d WHERE d.youth = ?1", key="d.id",
        told="CASE WHEN d.delivery <> 'queued' THEN 'sent' WHEN d.state IN ('refused', 'ended')"
        " THEN d.state WHEN d.problem <> '' THEN 'not-taken' ELSE d.state END, d.agency_name",
    ),
    _Source(
        Kind.PROMISE, "p.made_at", "promise p WHERE p.youth = ?1", key="p.id",
        told="CASE WHEN p.outcome <> '' THEN p.outcome WHEN p.ends_at <= ?6 THEN 'overdue'"
        " ELSE 'open' END, ''",
        words="p.id, p.what", until="p.opens_at",
    ),
    _Source(
        Kind.PROMISE_ENDED, "p.ended_at", "promise p WHERE p.youth = ?1 AND p.outcome <> ''",
        key="p.id", told="p.outcome, ''", words="p.id, p.what",
    ),
    _Source(
        Kind.JUDGEMENT, "j.judged_at", "judgement j WHERE j.youth = ?1", key="j.id",
        told="j.risk, coalesce(j.next_step, '')",
        words=f"j.id, substr(j.grounds, 1, {READ})",
    ),
    _Source(
        Kind.SUPERVISED, "s.seen_at", "supervision s WHERE s.youth = ?1", key="s.judgement",
        told="'', s.seen_by", words=f"s.judgement, substr(s.words, 1, {READ})",
    ),
    _Source(
        Kind.PLAN, "p.kept_at", "safety_plan p WHERE p.youth = ?1", key="p.id",
    ),
    _Source(
        Kind.ANSWERED, "a.at",
        "answered a JOIN questionnaire q ON (q.id, q.version) = (a.questionnaire, a.version)"
        " WHERE a.youth = ?1",
        key="a.id", told="'', q.title",
    ),
    _Source(
        Kind.MERGED, "g.at", "merged_youth g WHERE g.kept = ?1", key="g.youth",
        told="'', CASE g.row WHEN '' THEN '' ELSE json_extract(g.row, '$[0][0]') END",
    ),
)  # fmt: skip
# One after the other, not as one statement: SQLCipher wipes what preparing such a long one took,
# which costs four times as much as all of these, prepared once.
SELECTS = tuple(each.select() for each in _SOURCES)


@dataclass(frozen=True, slots=True)
class Raw:
    """One thing with more of its words than are shown, and which of them are sensitive."""

    event: Event
    text: str
    marks: Marks


def page(
    db: Db, youth: YouthId, after: Cursor | None, limit: int, now: datetime
) -> tuple[Raw, ...]:
    """Return at most `limit` things that happened, the newest first."""
    cursor = (stamp(after.at), after.kind.value, after.key) if after else _LATEST
    given = (str(youth), *cursor, limit, stamp(now))
    found = (row for select in SELECTS for row in db.execute(select, given).fetchall())
    newest = sorted(found, key=lambda row: (row[1], row[0], row[2]), reverse=True)
    return tuple(_read(row) for row in newest[:limit])


def _read(row: Row) -> Raw:
    kind, at, key, code, name, record, words, until, meeting, spans = row
    event = Event(
        kind=Kind(kind),
        at=time(at),
        key=key,
        record=record,
        code=code,
        name=name,
        until=time_or_none(until),
        meeting=MeetingId(uuid(meeting)) if meeting else None,
    )
    return Raw(event, words, versions.marks_of(spans))
