"""Rows of nights, pauses, tallies and meetings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import msgspec

from desktop.domain.ids import MeetingId, OutreachId, YouthId
from desktop.domain.outreach import Meeting, Outreach, Pause, Tally
from desktop.domain.youths import Youth
from desktop.vault import youths
from desktop.vault.columns import Row, content, listed, stamp, time, time_or_none, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import BETWEEN, as_it_stands

_SELECT = "SELECT id, outreach, youth, met_at, place FROM meeting "
NIGHT = "SELECT id, place, route, team, is_joint, started_at, ended_at FROM outreach"
"""What `read` reads."""
_OF = "WHERE outreach IN (SELECT value FROM json_each(?))"
_BODIES = f"SELECT outreach, bodies FROM outreach_partners {_OF}"  # noqa: S608  (words of ours)
_PAUSES = f"SELECT outreach, began_at, ended_at FROM outreach_pause {_OF} ORDER BY outreach, n"  # noqa: S608  (words of ours)
_TALLIES = f"SELECT outreach, what, count FROM tally {_OF}"  # noqa: S608  (words of ours)


def add(db: Db, outreach: Outreach) -> None:
    """Begin a night, or keep one that is over already: only one may be under way."""
    row = (
        str(outreach.id), outreach.place, outreach.route, _listed(outreach.team),
        int(outreach.is_joint), stamp(outreach.started_at),
        stamp(outreach.ended_at) if outreach.ended_at else None,
    )  # fmt: skip
    db.execute(
        "INSERT INTO outreach (id, place, route, team, is_joint, started_at, ended_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    db.wrote("outreach.begun", outreach.id, 1, content(*row), outreach.started_at)
    _keep_partners(db, outreach, outreach.started_at)


def change(db: Db, outreach: Outreach, at: datetime) -> None:
    """Keep what was planned otherwise: place, route, team and partner bodies."""
    db.execute(
        "UPDATE outreach SET place = ?, route = ?, team = ?, is_joint = ? WHERE id = ?",
        (
            outreach.place, outreach.route, _listed(outreach.team), int(outreach.is_joint),
            str(outreach.id),
        ),
    )  # fmt: skip
    as_it_stands(db, "outreach.changed", outreach.id, 2, at)
    _keep_partners(db, outreach, at)


def end(db: Db, outreach: OutreachId, at: datetime) -> None:
    """End a night that is under way."""
    changed = db.execute(
        "UPDATE outreach SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
        (stamp(at), str(outreach)),
    ).rowcount
    if changed:
        as_it_stands(db, "outreach.ended", outreach, 2, at)


def pause(db: Db, outreach: OutreachId, at: datetime) -> None:
    """Begin a pause; there must be none."""
    n = db.execute(
        "INSERT INTO outreach_pause (outreach, n, began_at)"
        " SELECT ?1, count(*), ?2 FROM outreach_pause WHERE outreach = ?1 RETURNING n",
        (str(outreach), stamp(at)),
    ).fetchone()[0]
    as_it_stands(db, "pause.begun", f"{outreach}{BETWEEN}{n}", 1, at)


def resume(db: Db, outreach: OutreachId, at: datetime) -> None:
    """End the pause, if there is one."""
    rows = db.execute(
        "UPDATE outreach_pause SET ended_at = ? WHERE outreach = ? AND ended_at IS NULL"
        " RETURNING n",
        (stamp(at), str(outreach)),
    ).fetchall()
    for (n,) in rows:
        as_it_stands(db, "pause.ended", f"{outreach}{BETWEEN}{n}", 2, at)


def current(db: Db) -> Outreach | None:
    """Return the night that nobody has ended."""
    row = db.execute(f"{NIGHT} WHERE ended_at IS NULL").fetchone()
    return read(db, row) if row else None


def one(db: Db, outreach: OutreachId) -> Outreach:
    """Return one night; an id from nowhere is a bug."""
    row = db.execute(f"{NIGHT} WHERE id = ?", (str(outreach),)).fetchone()
    if row is None:
        raise LookupError
    return read(db, row)


def read(db: Db, row: Row) -> Outreach:
    """Return the night of one row of `NIGHT`."""
    return read_all(db, (row,))[0]


def read_all(db: Db, rows: Iterable[Row]) -> tuple[Outreach, ...]:
    """Return the nights of rows of `NIGHT`, in so many statements however many they are."""
    found = tuple(rows)
    keys = (listed(row[0] for row in found),)
    bodies = dict(db.execute(_BODIES, keys).fetchall())
    pauses = defaultdict[str, list[Pause]](list)
    for key, began, ended in db.execute(_PAUSES, keys).fetchall():
        pauses[key].append(Pause(time(began), time_or_none(ended)))
    return tuple(_night(row, bodies.get(row[0], "[]"), tuple(pauses[row[0]])) for row in found)


def names_in(column: str) -> tuple[str, ...]:
    """Read names out of one column."""
    return msgspec.json.decode(column, type=tuple[str, ...])


def count(db: Db, outreach: OutreachId, tally: Tally, by: int, at: datetime) -> tuple[int, int]:
    """Move a tally, never below 0; return it, and by how much it moved."""
    key = (str(outreach), tally.value)
    row = db.execute("SELECT count FROM tally WHERE outreach = ? AND what = ?", key).fetchone()
    before = int(row[0]) if row else 0
    now = max(0, before + by)
    if now != before:
        db.execute(
            "INSERT INTO tally (outreach, what, count) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (outreach, what) DO UPDATE SET count = ?3",
            (*key, now),
        )
        db.wrote("tally.moved", BETWEEN.join(key), now, content(*key, now), at)
    return now, now - before


def tallies(db: Db, outreach: OutreachId) -> dict[Tally, int]:
    """Return every tally of a night, 0 included."""
    return tallies_of(db, (outreach,))[outreach]


def tallies_of(db: Db, nights: Iterable[OutreachId]) -> dict[OutreachId, dict[Tally, int]]:
    """Return every tally of each night, 0 included."""
    counted = {night: dict.fromkeys(Tally, 0) for night in nights}
    rows = db.execute(_TALLIES, (listed(map(str, counted)),))
    for key, what, number in rows.fetchall():
        counted[OutreachId(uuid(key))][Tally(what)] = number
    return counted


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


def _night(row: Row, bodies: str, pauses: tuple[Pause, ...]) -> Outreach:
    key, place, route, team, is_joint, started_at, ended_at = row
    return Outreach(
        id=OutreachId(uuid(key)),
        place=place,
        started_at=time(started_at),
        route=route,
        team=names_in(team),
        is_joint=bool(is_joint),
        ended_at=time_or_none(ended_at),
        partners=names_in(bodies),
        pauses=pauses,
    )


def _keep_partners(db: Db, outreach: Outreach, at: datetime) -> None:
    key = str(outreach.id)
    row = db.execute("SELECT bodies FROM outreach_partners WHERE outreach = ?", (key,)).fetchone()
    if (names_in(row[0]) if row else ()) == outreach.partners:
        return
    db.execute(
        "INSERT INTO outreach_partners (outreach, bodies) VALUES (?1, ?2)"
        " ON CONFLICT (outreach) DO UPDATE SET bodies = ?2",
        (key, _listed(outreach.partners)),
    )
    as_it_stands(db, "partners.kept", outreach.id, 1, at)


def _listed(names: tuple[str, ...]) -> str:
    return msgspec.json.encode(names).decode()
