"""Which day it is: it begins at 06:00 in Korea, and a night belongs to the date it began."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from desktop.domain.outreach import DAY_ROLLS_AT, KOREA

ONE_DAY = timedelta(days=1)
_ROLLS = time(6)
_SATURDAY = 5
_LONGEST_REST = 30
"""Days. No run of days off in Korea has ever come near it."""

IsOff = Callable[[date], bool]
"""Says of a day whether it is a public holiday, substitute days included."""


def day_of(now: datetime) -> date:
    """Return the day a moment belongs to: 02:00 on Saturday is still Friday's night."""
    return (now.astimezone(KOREA) - DAY_ROLLS_AT).date()


def moment_at(day: date, clock: time) -> datetime:
    """Return when the clock says this within a day: before 06:00 is the morning after."""
    written = day + ONE_DAY if clock < _ROLLS else day
    return datetime.combine(written, clock, KOREA)


def begins(day: date) -> datetime:
    """Return when a day begins."""
    return datetime.combine(day, _ROLLS, KOREA)


def is_working(day: date, is_off: IsOff) -> bool:
    """Say whether offices are open: no weekend, no public holiday."""
    return day.weekday() < _SATURDAY and not is_off(day)


def next_working(day: date, is_off: IsOff) -> date:
    """Return the first day after this one on which offices are open."""
    after = (day + n * ONE_DAY for n in range(1, _LONGEST_REST))
    return next(each for each in after if is_working(each, is_off))
