"""What was promised about a young person: what, until when, and by whom."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from desktop.domain.days import IsOff, begins, day_of, moment_at, next_working
from desktop.domain.ids import YouthId
from desktop.domain.outreach import KOREA
from desktop.domain.text import LINE_LIMIT, checked, line
from desktop.promise_errors import PromiseFar, PromiseOver

PromiseId = NewType("PromiseId", UUID)
FARTHEST = timedelta(days=366)
GRACE = timedelta(hours=1)
"""A promise for three o'clock is late at four."""
_EARLIEST_TONIGHT, _LATEST_TONIGHT = time(20), time(4)
_HALF = timedelta(minutes=30)


class Part(StrEnum):
    """A part of a day that begins at 06:00. `small-hours` are the end of the night before."""

    ALL = ""
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    SMALL_HOURS = "small-hours"


_HOURS = {
    Part.ALL: (6, 30), Part.MORNING: (6, 12), Part.NOON: (11, 14), Part.AFTERNOON: (12, 18),
    Part.EVENING: (17, 22), Part.NIGHT: (21, 30), Part.SMALL_HOURS: (24, 30),
}  # fmt: skip
"""From when until when, in hours after the midnight before; 30 is 06:00 of the next morning."""


@dataclass(frozen=True, slots=True)
class Due:
    """A day, or a part of it, or a time on it. The small hours belong to the day before."""

    day: date
    part: Part = Part.ALL
    clock: time | None = None

    def __post_init__(self) -> None:
        """Refuse two answers to one question."""
        if self.clock is not None and self.part is not Part.ALL:
            raise ValueError("a part of a day, or a time")

    def opens(self) -> datetime:
        """Return when it comes due."""
        if self.clock is not None:
            return moment_at(self.day, self.clock)
        return begins(self.day) + timedelta(hours=_HOURS[self.part][0] - 6)

    def ends(self) -> datetime:
        """Return when it is overdue."""
        if self.clock is not None:
            return self.opens() + GRACE
        return begins(self.day) + timedelta(hours=_HOURS[self.part][1] - 6)

    def written_day(self) -> date:
        """Return the date a calendar has then: after midnight it is the next one."""
        return self.opens().astimezone(KOREA).date()


class Promiser(StrEnum):
    """Who promised."""

    ME = "me"
    COLLEAGUE = "colleague"
    YOUTH = "youth"


class Outcome(StrEnum):
    """How it ended; an open promise has not."""

    OPEN = ""
    KEPT = "kept"
    OFF = "off"


class When(StrEnum):
    """In which list an open promise stands."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. `name` says which colleague."""

    id: PromiseId
    youth: YouthId
    what: str
    due: Due
    made_at: datetime
    by: Promiser = Promiser.ME
    name: str = ""
    snoozed: int = 0
    """How often it was put off."""
    outcome: Outcome = Outcome.OPEN
    ended_at: datetime | None = None

    def __post_init__(self) -> None:
        """Keep what was promised a checked line; what ended has a time, and nothing else has."""
        object.__setattr__(self, "what", line(self.what, "promise"))
        object.__setattr__(self, "name", " ".join(checked(self.name, LINE_LIMIT).split()))
        if (self.outcome is Outcome.OPEN) != (self.ended_at is None):
            raise ValueError("open, or ended at a time")

    def when(self, now: datetime) -> When:
        """Say in which list it stands now."""
        return when(self.due, now)

    def put_off(self, due: Due) -> "Promise":
        """Return it for another time."""
        return replace(self, due=due, snoozed=self.snoozed + 1)


def when(due: Due, now: datetime) -> When:
    """Say in which list something due stands: overdue as soon as its time has passed."""
    if due.ends() <= now:
        return When.OVERDUE
    return When.COMING if due.day > day_of(now) else When.TODAY


def accepted(due: Due, now: datetime) -> Due:
    """Return a time that may be promised; raises `PromiseOver`, `PromiseFar`."""
    if due.ends() <= now:
        raise PromiseOver
    if due.opens() > now + FARTHEST:
        raise PromiseFar
    return due


class Snooze(StrEnum):
    """Until when something is put off."""

    TONIGHT = "tonight"
    TOMORROW = "tomorrow"
    WORKING = "working"


def snoozed(due: Due, until: Snooze, now: datetime, is_off: IsOff) -> Due | None:
    """Return the later time; None where tonight has no later time any more."""
    today = day_of(now)
    if until is Snooze.TONIGHT:
        return _tonight(now)
    last = max(today, due.day)
    day = next_working(last, is_off) if until is Snooze.WORKING else last + timedelta(days=1)
    return replace(due, day=day)


def _tonight(now: datetime) -> Due | None:
    today = day_of(now)
    soon = now.astimezone(KOREA).replace(second=0, microsecond=0) + timedelta(hours=2)
    halves = -(-soon.minute // 30)  # up to the next half hour
    at = max(soon.replace(minute=0) + halves * _HALF, moment_at(today, _EARLIEST_TONIGHT))
    if at > moment_at(today, _LATEST_TONIGHT):
        return None
    return Due(today, clock=at.timetz().replace(tzinfo=None))
