"""A guardian who is not to be told, and why: it travels inside the seal with every referral.

And one who is to be asked: a child may name them, for that alone (PIPA 22-2(2)).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from desktop.domain.ids import YouthId
from desktop.domain.outreach import KOREA
from desktop.domain.text import LINE_LIMIT, checked, line
from desktop.domain.who_answers import KeepReason

NAMED_FOR = timedelta(days=5)
"""So long may a guardian be tried for who was named and has not answered.

표준 개인정보 보호지침 13, known at second hand (D-126). Name and number: PIPA decree 17-2(2).
"""


@dataclass(frozen=True, slots=True)
class Named:
    """Who a child said may be asked, and how they are reached: only to ask, and not for long."""

    youth: YouthId
    name: str
    contact: str
    at: datetime

    def __post_init__(self) -> None:
        """Check what was typed: `NothingWritten`, `TextTooLong`, `ResidentNumberFound`."""
        object.__setattr__(self, "name", line(self.name, "guardian"))
        object.__setattr__(self, "contact", line(self.contact, "contact"))

    @property
    def due(self) -> datetime:
        """Return when it goes, if nobody has answered before."""
        return self.at + NAMED_FOR

    def is_over(self, now: datetime) -> bool:
        """Say whether it must be gone."""
        return now >= self.due

    def days_left(self, now: datetime) -> int:
        """Return how many midnights in Korea lie before it goes; 0 on its last day and after."""
        last, today = self.due.astimezone(KOREA).date(), now.astimezone(KOREA).date()
        return max(0, (last - today).days)


@dataclass(frozen=True, slots=True)
class Unaware:
    """Who has not been told that a guardian must not be told, and might call them."""

    agencies: tuple[tuple[str, str], ...] = ()
    """Name and telephone number, where the directory has one: they have, or may have, a referral
    that does not say it."""
    stays_here: tuple[str, ...] = ()
    """To whom a referral waits here that does not say it, and so does not leave."""


@dataclass(frozen=True, slots=True)
class Kept:
    """From when on a guardian is not to be told, and why."""

    id: UUID
    youth: YouthId
    reason: KeepReason
    words: str
    """In the counselor's words; may be empty. They stay here: only the reason's code travels."""
    at: datetime

    def __post_init__(self) -> None:
        """Check what was typed."""
        object.__setattr__(self, "words", checked(self.words, LINE_LIMIT).strip())
