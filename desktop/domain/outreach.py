"""A night's outreach: where, with whom, whom we met, what was given."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from desktop.domain.ids import MeetingId, OutreachId, YouthId
from desktop.domain.text import LINE_LIMIT, checked, line

KOREA = timezone(timedelta(hours=9), "KST")
"""No summer time since 1988."""
DAY_ROLLS_AT = timedelta(hours=6)
"""A night that ends at 02:00 belongs to the evening it began."""


class Tally(StrEnum):
    """What is counted without opening a person."""

    GREETING = "greeting"
    BRIEF = "brief"
    DEEP = "deep"
    ITEM = "item"
    """Given out, of no kind that has a name here."""
    LEAFLET = "leaflet"
    MEAL = "meal"
    HOT_PACK = "hot-pack"
    SANITARY = "sanitary"
    MEDICINE = "medicine"
    TOILETRIES = "toiletries"
    CLOTHES = "clothes"
    FARE = "fare"


ITEMS = (
    Tally.MEAL, Tally.HOT_PACK, Tally.SANITARY, Tally.MEDICINE, Tally.TOILETRIES, Tally.CLOTHES,
    Tally.FARE, Tally.ITEM,
)  # fmt: skip
"""What is given out, kind by kind; leaflets are reported apart."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A break: the team rests, eats or drives, and the time does not count."""

    began_at: datetime
    ended_at: datetime | None = None

    def length(self, until: datetime) -> timedelta:
        """Return how long it was, or has been until `until`."""
        return (self.ended_at or until) - self.began_at


@dataclass(frozen=True, slots=True)
class Outreach:
    """One night's activity. Its times never go back, whatever the laptop's clock does."""

    id: OutreachId
    place: str
    started_at: datetime
    route: str = ""
    team: tuple[str, ...] = ()
    is_joint: bool = False
    """합동 활동: police, ministry or local government came along."""
    ended_at: datetime | None = None
    partners: tuple[str, ...] = ()
    """Which bodies came along, where that was written down."""
    pauses: tuple[Pause, ...] = ()
    """Oldest first; only the last may be open."""

    def __post_init__(self) -> None:
        """Keep what was typed checked lines."""
        object.__setattr__(self, "place", line(self.place, "place"))
        object.__setattr__(self, "route", checked(self.route, LINE_LIMIT).strip())
        object.__setattr__(self, "team", tuple(line(name, "team") for name in self.team))
        object.__setattr__(
            self, "partners", tuple(line(name, "partners") for name in self.partners)
        )

    def night(self) -> date:
        """Return the evening this belongs to; the day rolls over at 06:00 in Korea."""
        return night_of(self.started_at)

    def rolls_at(self) -> datetime:
        """Return the 06:00 from which on it is another day's night."""
        return begins(self.night() + timedelta(days=1))

    def is_over(self, now: datetime) -> bool:
        """Say whether this night has passed, ended or not."""
        return now >= self.rolls_at()

    @property
    def is_paused(self) -> bool:
        """Whether the team is having a break."""
        return bool(self.pauses) and self.pauses[-1].ended_at is None

    def latest(self) -> datetime:
        """Return the last time that was written down of it: nothing of it may come earlier."""
        last = self.pauses[-1] if self.pauses else Pause(self.started_at)
        return self.ended_at or last.ended_at or last.began_at

    def length(self, now: datetime) -> timedelta:
        """Return how long the team was out until its end, or until now, without the pauses."""
        until = self.ended_at or max(now, self.latest())
        rested = sum((pause.length(until) for pause in self.pauses), timedelta())
        return until - self.started_at - rested


@dataclass(frozen=True, slots=True)
class Meeting:
    """One young person met on one night."""

    id: MeetingId
    outreach: OutreachId
    youth: YouthId
    met_at: datetime
    place: str = ""


def night_of(at: datetime) -> date:
    """Return the evening that a moment belongs to."""
    return (at.astimezone(KOREA) - DAY_ROLLS_AT).date()


def begins(night: date) -> datetime:
    """Return the first moment that belongs to the night of this date."""
    return datetime.combine(night, time(), KOREA) + DAY_ROLLS_AT
