"""A young person's requests about their own data: to see, to correct, to stop (PIPA 35 to 37).

Each is answered within ten days. The day of asking is not counted (민법 157); a last day that is a
Saturday, Sunday or holiday moves to the next working day (민법 161).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.consent_errors import RequestNotOpen
from desktop.domain.days import IsOff, is_working, next_working
from desktop.domain.ids import YouthId
from desktop.domain.outreach import KOREA
from desktop.domain.referrals import ITEM_LIMIT
from desktop.domain.text import checked
from desktop.errors import NothingWritten

DAYS = timedelta(days=10)
"""Decree 41(4), 43(3), 44(2)."""


class Wish(StrEnum):
    """What is asked for."""

    SEE = "see"
    CORRECT = "correct"
    STOP = "stop"


class Outcome(StrEnum):
    """How it was answered; anything but `done` says why, and how to object (PIPA 38(5))."""

    OPEN = ""
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and its answer once there is one."""

    id: UUID
    youth: YouthId
    wish: Wish
    words: str
    asked_at: datetime
    due_on: date
    outcome: Outcome = Outcome.OPEN
    answer: str = ""
    answered_at: datetime | None = None

    def __post_init__(self) -> None:
        """Check what was typed; an answer is whole or not there."""
        object.__setattr__(self, "words", checked(self.words, ITEM_LIMIT).strip())
        object.__setattr__(self, "answer", checked(self.answer, ITEM_LIMIT).strip())
        is_answered = self.outcome is not Outcome.OPEN
        if is_answered != (self.answered_at is not None):
            raise RequestNotOpen
        if self.wish is Wish.CORRECT and not self.words:
            raise NothingWritten(field="correction")
        if self.outcome in (Outcome.PARTLY, Outcome.REFUSED) and not self.answer:
            raise NothingWritten(field="answer")

    def answered(self, outcome: Outcome, answer: str, now: datetime) -> "Request":
        """Return it answered; a second answer is none."""
        if self.outcome is not Outcome.OPEN or outcome is Outcome.OPEN:
            raise RequestNotOpen
        return replace(self, outcome=outcome, answer=answer, answered_at=now)

    def days_left(self, now: datetime) -> int:
        """Return how many days there are to answer it; below 0 it is overdue."""
        return (self.due_on - now.astimezone(KOREA).date()).days


def due_on(asked_at: datetime, is_off: IsOff) -> date:
    """Return the last day for an answer."""
    last = asked_at.astimezone(KOREA).date() + DAYS
    return last if is_working(last, is_off) else next_working(last, is_off)
