"""Places of nights. There are some hundred nights a year: all of them are read by index."""

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


def every(db: Db, limit: int) -> tuple[Place, ...]:
    """Return places, the one of the newest night first."""
    rows = db.execute(
        f"SELECT place, count(*), sum(met), max(at) FROM ({_NIGHTS})"  # noqa: S608  (words of ours)
        " GROUP BY place ORDER BY max(at) DESC LIMIT ?",
        (limit,),
    )
    return tuple(Place(name, nights, met, time(at)) for name, nights, met, at in rows)


def nights_at(db: Db, place: str, limit: int) -> tuple[NightThere, ...]:
    """Return the nights at a place, newest first."""
    rows = db.execute(
        f"SELECT id, at, met FROM ({_NIGHTS} WHERE o.place = ?) ORDER BY at DESC LIMIT ?",  # noqa: S608  (words of ours)
        (place, limit),
    )
    return tuple(NightThere(OutreachId(uuid(key)), time(at), met) for key, at, met in rows)
