"""When and where an agency awaits a young person, and what became of it.

An appointment is named by its time: a word about one says nothing about another, which a colleague
may have made meanwhile.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.days import day_of
from desktop.domain.promises import FARTHEST
from desktop.promise_errors import AppointmentAhead, AppointmentFar, AppointmentOver
from sync.protocol.bodies import Meeting


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where the agency awaits the young person, or what became of it."""

    at: datetime
    place: str
    meeting: Meeting = Meeting.BOOKED

    def said(self, now: datetime) -> "Appointment":
        """Return it, if it may be said now.

        Raises `AppointmentOver`, `AppointmentFar`, and `AppointmentAhead` where somebody would
        have been missed before the time, or come on an earlier day.
        """
        if self.meeting is Meeting.BOOKED and self.at <= now:
            raise AppointmentOver
        if self.meeting is Meeting.BOOKED and self.at > now + FARTHEST:
            raise AppointmentFar
        is_missed_early = self.meeting is Meeting.MISSED and self.at > now
        if is_missed_early or (self.meeting is Meeting.KEPT and day_of(self.at) > day_of(now)):
            raise AppointmentAhead
        return self


def newest_of_each(said: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Return the newest word about each, as they were said: what was said last stands last."""
    found: dict[datetime, Appointment] = {}
    for each in said:
        found.pop(each.at, None)
        found[each.at] = each
    return tuple(found.values())


def booked(said: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Return those of which nobody has said what became of them, the earliest first."""
    open_ = (each for each in newest_of_each(said) if each.meeting is Meeting.BOOKED)
    return tuple(sorted(open_, key=lambda each: each.at))
