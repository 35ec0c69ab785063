"""A month at a glance, and what one of its days holds. Aliases in a list are no look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop import days_off
from desktop.domain.calendar import Counts, Entry, weeks
from desktop.domain.days import ONE_DAY, begins, day_of
from desktop.domain.nights import Month
from desktop.vault import calendar
from desktop.vault.database import Vault

SHOWN = 30
"""Of each kind on one day."""


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month in whole weeks, from Sunday on, with what stands on each day."""

    month: Month
    weeks: tuple[tuple[date, ...], ...]
    counts: Counts
    holidays: Mapping[date, str]
    """Names in the language that was asked for; other days are not in it."""
    today: date


@dataclass(frozen=True, slots=True)
class DayPage:
    """What one day holds, at most `SHOWN` of each kind."""

    day: date
    holiday: str
    entries: tuple[Entry, ...]


def month(vault: Vault, month: Month, language: str, now: datetime) -> MonthPage:
    """Return a month. A night that ends at 02:00 stands on the date it began."""
    shown = weeks(month)
    first, last = shown[0][0], shown[-1][-1]
    with vault.reading() as db:
        counts = calendar.counts(db, begins(first), begins(last + ONE_DAY))
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    named = ((day, days_off.name_of(day, language)) for day in every)
    return MonthPage(month, shown, counts, {d: name for d, name in named if name}, day_of(now))


def day(vault: Vault, day: date, language: str) -> DayPage:
    """Return what a day holds."""
    with vault.reading() as db:
        found = calendar.between(db, begins(day), begins(day + ONE_DAY), SHOWN)
    return DayPage(day, days_off.name_of(day, language), found)
