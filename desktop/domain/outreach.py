"""A night's outreach: where, with whom, whom we met, what was given."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from desktop.domain.ids import MeetingId, OutreachId, YouthId
from desktop.domain.text import line

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
    LEAFLET = "leaflet"


@dataclass(frozen=True, slots=True)
class Outreach:
    """One night's activity."""

    id: OutreachId
    place: str
    started_at: datetime
    route: str = ""
    team: tuple[str, ...] = ()
    is_joint: bool = False
    """합동 활동: police, ministry or local government came along."""
    ended_at: datetime | None = None

    def __post_init__(self) -> None:
        """Keep the place a checked line."""
        object.__setattr__(self, "place", line(self.place, "place"))

    def night(self) -> date:
        """Return the evening this belongs to; the day rolls over at 06:00 in Korea."""
        return (self.started_at.astimezone(KOREA) - DAY_ROLLS_AT).date()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One young person met on one night."""

    id: MeetingId
    outreach: OutreachId
    youth: YouthId
    met_at: datetime
    place: str = ""
