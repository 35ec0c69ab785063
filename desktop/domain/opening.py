"""When a place is open, as HSDS schedules say it (RFC 5545 words): never more than they say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.domain.outreach import KOREA

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)
_WEEK = 7
IsHoliday = Callable[[date], bool]


class Opening(StrEnum):
    """Whether somebody is there now."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    """Open on such a weekday; nobody says whether also on a public holiday."""
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Hours:
    """On which days from when until when, in minutes after midnight in Korea.

    What closes before it opens, or at 24:00 and later, closes on the following day.
    """

    days: frozenset[int]
    """0 for Monday."""
    opens: int
    closes: int
    starts: date | None = None
    ends: date | None = None
    every: int = 1
    """Every so many weeks, counted from the week of `starts`."""

    def covers(self, day: date) -> bool:
        """Say whether it opens on a day."""
        if (self.starts and day < self.starts) or (self.ends and day > self.ends):
            return False
        return day.weekday() in self.days and self._is_its_week(day)

    def is_open(self, day: date, minute: int) -> bool:
        """Say whether it is open so many minutes after the midnight that a day begins with."""
        closes = self.closes if self.closes > self.opens else self.closes + 24 * 60
        return self.covers(day) and self.opens <= minute < closes

    def _is_its_week(self, day: date) -> bool:
        if self.every <= 1 or self.starts is None:
            return True
        first = self.starts - self.starts.weekday() * _DAY
        return (day - first).days // _WEEK % self.every == 0


def opening(hours: tuple[Hours, ...], now: datetime, is_holiday: IsHoliday) -> Opening:
    """Say whether it is open now, in Korea; also after midnight of the day it opened."""
    if not hours:
        return Opening.UNSAID
    at = now.astimezone(KOREA)
    minute = at.hour * 60 + at.minute
    today, yesterday = at.date(), at.date() - _DAY
    open_since = [
        day
        for day, passed in ((today, minute), (yesterday, minute + 24 * 60))
        if any(each.is_open(day, passed) for each in hours)
    ]
    if not open_since:
        return Opening.CLOSED
    is_every_day = _days_of(hours) == frozenset(range(_WEEK))
    is_sure = is_every_day or not all(is_holiday(day) for day in open_since)
    return Opening.OPEN if is_sure else Opening.HOLIDAY


def _days_of(hours: Iterable[Hours]) -> frozenset[int]:
    return frozenset(day for each in hours for day in each.days)
