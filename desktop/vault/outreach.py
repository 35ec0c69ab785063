"""Rows of nights, tallies and meetings."""

from datetime import datetime

import msgspec

from desktop.domain.ids import MeetingId, OutreachId, YouthId
from desktop.domain.outreach import Meeting, Outreach, Tally
from desktop.domain.youths import Youth
from desktop.vault import youths
from desktop.vault.columns import Row, content, stamp, time, time_or_none, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import BETWEEN, as_it_stands

_SELECT = "SELECT id, outreach, youth, met_at, place FROM meeting "


def add(db: Db, outreach: Outreach) -> None:
    """Begin a night."""
    team = msgspec.json.encode(outreach.team).decode()
    row = (
        str(outreach.id), outreach.place, outreach.route, team, int(outreach.is_joint),
        stamp(outreach.started_at),
    )  # fmt: skip
    db.execute(
        "INSERT INTO outreach (id, place, route, team, is_joint, started_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("outreach.begun", outreach.id, 1, content(*row, None), outreach.started_at)


def end(db: Db, outreach: OutreachId, at: datetime) -> None:
    """End a night that is under way."""
    changed = db.execute(
        "UPDATE outreach SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
        (stamp(at), str(outreach)),
    ).rowcount
    if changed:
        as_it_stands(db, "outreach.ended", outreach, 2, at)


def current(db: Db) -> Outreach | None:
    """Return the night under way."""
    row = db.execute(
        "SELECT id, place, route, team, is_joint, started_at, ended_at FROM outreach"
        " WHERE ended_at IS NULL"
    ).fetchone()
    if row is None:
        return None
    key, place, route, team, is_joint, started_at, ended_at = row
    return Outreach(
        id=OutreachId(uuid(key)),
        place=place,
        started_at=time(started_at),
        route=route,
        team=msgspec.json.decode(team, type=tuple[str, ...]),
        is_joint=bool(is_joint),
        ended_at=time_or_none(ended_at),
    )


def count(db: Db, outreach: OutreachId, tally: Tally, by: int, at: datetime) -> int:
    """Move a tally, never below 0, and return it."""
    row = db.execute(
        "INSERT INTO tally (outreach, what, count) VALUES (?, ?, max(0, ?))"
        " ON CONFLICT (outreach, what) DO UPDATE SET count = max(0, count + ?) RETURNING count",
        (str(outreach), tally.value, by, by),
    ).fetchone()
    record = f"{outreach}{BETWEEN}{tally.value}"
    db.wrote("tally.moved", record, row[0], content(str(outreach), tally.value, row[0]), at)
    return int(row[0])


def tallies(db: Db, outreach: OutreachId) -> dict[Tally, int]:
    """Return every tally of a night, 0 included."""
    rows = db.execute("SELECT what, count FROM tally WHERE outreach = ?", (str(outreach),))
    counted = {Tally(what): number for what, number in rows}
    return {tally: counted.get(tally, 0) for tally in Tally}


def add_meeting(db: Db, meeting: Meeting) -> None:
    """Keep a meeting."""
    row = (
        str(meeting.id), str(meeting.outreach), str(meeting.youth), stamp(meeting.met_at),
        meeting.place,
    )  # fmt: skip
    db.execute(
        "INSERT INTO meeting (id, outreach, youth, met_at, place) VALUES (?, ?, ?, ?, ?)", row
    )
    db.wrote("meeting.kept", meeting.id, 1, content(*row), meeting.met_at)


def met_on(db: Db, outreach: OutreachId) -> tuple[tuple[Meeting, Youth], ...]:
    """Return whom we met on a night, newest first."""
    rows = db.execute(
        "SELECT m.id, m.outreach, m.youth, m.met_at, m.place, y.id, y.alias, y.age_basis,"
        " y.age_lowest, y.age_highest, y.gender, y.language, y.keep_from_guardian, y.met_first"
        " FROM meeting m JOIN youth y ON y.id = m.youth"
        " WHERE m.outreach = ? ORDER BY m.met_at DESC, m.id",
        (str(outreach),),
    )
    return tuple((_meeting(row[:5]), youths.read(row[5:])) for row in rows)


def meetings_with(db: Db, youth: YouthId) -> tuple[Meeting, ...]:
    """Return every meeting with one young person, newest first."""
    rows = db.execute(
        _SELECT + "WHERE youth = ? ORDER BY met_at DESC, id",
        (str(youth),),
    )
    return tuple(_meeting(row) for row in rows)


def _meeting(row: Row) -> Meeting:
    key, outreach, youth, met_at, place = row
    return Meeting(
        id=MeetingId(uuid(key)),
        outreach=OutreachId(uuid(outreach)),
        youth=YouthId(uuid(youth)),
        met_at=time(met_at),
        place=place,
    )
