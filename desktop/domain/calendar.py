"""What a month holds: nights, promises that are due, appointments, and consents that end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.domain.ids import OutreachId, YouthId
from desktop.domain.nights import Month

_DAYS, _SUNDAY = 7, 6


class Kind(StrEnum):
    """What stands on a day, in the order in which it is listed."""

    NIGHT = "night"
    PROMISE = "promise"
    """Open, and due on that day."""
    APPOINTMENT = "appointment"
    """An agency awaits a young person, as far as its newest word goes."""
    CONSENT = "consent"
    """A consent ends by itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a day. Of a young person there is the alias, and no word more."""

    kind: Kind
    at: datetime
    name: str
    """The place of a night, or an agency; empty for a promise."""
    alias: str = ""
    youth: YouthId | None = None
    night: OutreachId | None = None


Counts = Mapping[date, Mapping[Kind, int]]
"""How many of each kind, for the days on which there is anything."""


def weeks(month: Month) -> tuple[tuple[date, ...], ...]:
    """Return a month's weeks from Sunday on, as Korea writes them; first and last are whole."""
    first = date(month.year, month.number, 1)
    after = month.moved(1)
    start = first - timedelta(days=(first.weekday() - _SUNDAY) % _DAYS)
    end = date(after.year, after.number, 1)
    count = -(-(end - start).days // _DAYS)
    days = tuple(start + timedelta(days=n) for n in range(count * _DAYS))
    return tuple(days[n : n + _DAYS] for n in range(0, len(days), _DAYS))
