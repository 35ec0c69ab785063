"""Words about somebody who has no alias yet: they go, unless the young person agrees (PIPA 15)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.outreach import KOREA


@dataclass(frozen=True, slots=True)
class Jotting:
    """What was noted when somebody was met who gave no name, and when it goes."""

    since: datetime
    days: int
    """So long is it kept: the organisation's `Policy.jotting`."""
    given: str = ""
    """What was handed out, in words."""
    is_noted: bool = False
    """Whether there is more than that."""
    awaited_until: datetime | None = None
    """The end of what was promised to them."""
    is_held: bool = False
    """No supervisor has looked yet at what was judged high, or their request has no answer."""

    @property
    def due(self) -> datetime:
        """Return when it goes, unless it is held."""
        due = self.since + timedelta(days=self.days)
        return max(due, self.awaited_until or due)

    def days_left(self, now: datetime) -> int:
        """Return how many midnights in Korea lie before it goes; 0 on its last day and after."""
        last, today = self.due.astimezone(KOREA).date(), now.astimezone(KOREA).date()
        return max(0, (last - today).days)
