"""Places of nights. There are some hundred nights a year: all of them are read, in one pass."""

from collections import defaultdict

from desktop.domain.ids import OutreachId
from desktop.domain.places import NightThere, Place
from desktop.vault.columns import time, uuid
from desktop.vault.database import Db

# The numbers of a night are kept at its end; until then its meetings are counted.
_NIGHTS = (
    "SELECT o.id AS id, o.place AS place, o.started_at AS at, coalesce(c.met,"
    " (SELECT count(*) FROM meeting m WHERE m.outreach = o.id)) AS met"
    " FROM outreach o LEFT JOIN outreach_closing c ON c.outreach = o.id"
)


_Night = tuple[str, str, int]
"""When it began, its id, and how many were met."""


def every(db: Db, limit: int) -> tuple[tuple[Place, ...], tuple[NightThere, ...]]:
    """Return places, the one of the newest night first; and the nights at that one."""
    # Added up here: SQLite would sort every night first, in memory that is locked and wiped.
    found: dict[str, list[_Night]] = defaultdict(list)
    for key, place, at, met in db.execute(_NIGHTS):
        found[place].append((at, key, met))
    newest = sorted(found.items(), key=lambda each: max(each[1]), reverse=True)[:limit]
    places = tuple(
        Place(name, len(nights), sum(met for _, _, met in nights), time(max(nights)[0]))
        for name, nights in newest
    )
    first = sorted(newest[0][1], reverse=True)[:limit] if newest else ()
    return places, tuple(
        NightThere(OutreachId(uuid(key)), time(at), met) for at, key, met in first
    )


def nights_at(db: Db, place: str, limit: int) -> tuple[NightThere, ...]:
    """Return the nights at a place, newest first."""
    rows = db.execute(
        f"SELECT id, at, met FROM ({_NIGHTS} WHERE o.place = ?) ORDER BY at DESC LIMIT ? + 0",  # noqa: S608  (words of ours)
        (place, limit),
    )
    return tuple(NightThere(OutreachId(uuid(key)), time(at), met) for key, at, met in rows)
