"""Places of nights. There are some hundred nights a year: all of them are read, in one pass."""

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
    # Added up here: SQLite would sort every night first, in memory that is locked and wiped.
    found: dict[str, tuple[int, int, str]] = {}
    for _, name, at, met in db.execute(_NIGHTS):
        nights, before, last = found.get(name, (0, 0, ""))
        found[name] = (nights + 1, before + met, max(last, at))
    newest = sorted(found.items(), key=_last, reverse=True)[:limit]
    return tuple(Place(name, nights, met, time(at)) for name, (nights, met, at) in newest)


def _last(place: tuple[str, tuple[int, int, str]]) -> str:
    return place[1][2]


def nights_at(db: Db, place: str, limit: int) -> tuple[NightThere, ...]:
    """Return the nights at a place, newest first."""
    rows = db.execute(
        f"SELECT id, at, met FROM ({_NIGHTS} WHERE o.place = ?) ORDER BY at DESC LIMIT ?",  # noqa: S608  (words of ours)
        (place, limit),
    )
    return tuple(NightThere(OutreachId(uuid(key)), time(at), met) for key, at, met in rows)
