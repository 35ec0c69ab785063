"""What happened with one young person, in one column: each thing once, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.days import day_of
from desktop.domain.ids import MeetingId

LINE = 160
"""Characters of words that one row may show: the record itself is a key away."""


class Kind(StrEnum):
    """What happened. The order of two things of one moment is the order of these words."""

    ADDENDUM = "addendum"
    ANSWER = "answer"
    """Words an agency sent back."""
    ANSWERED = "answered"
    """An organisation's own questions."""
    CONSENT = "consent"
    CONSENT_ENDED = "consent-ended"
    """Withdrawn, or its time ran out."""
    JUDGEMENT = "judgement"
    MEETING = "meeting"
    """And what was written about it."""
    MERGED = "merged"
    PLAN = "plan"
    PROMISE = "promise"
    PROMISE_ENDED = "promise-ended"
    REFERRAL = "referral"
    REPORT = "report"
    """What was told without a consent, because a law says so."""
    STEP = "step"
    """What an agency decided about a referral, or did with what it was told."""
    SUPERVISED = "supervised"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last thing that was shown: what comes next is older, or the same time and after it."""

    at: datetime
    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `code`, `name` and `until` mean what `kind` makes of them."""

    kind: Kind
    at: datetime
    key: str
    """Tells it from others of its kind."""
    record: str
    """Whose words these are; empty where none are shown."""
    code: str = ""
    name: str = ""
    """An agency, a place, whoever has seen it, an alias, the title of a questionnaire."""
    words: str = ""
    """At most `LINE` characters; passages marked as sensitive are not in them."""
    until: datetime | None = None
    """When a consent ends, a promise is due, or an agency awaits the young person."""
    meeting: MeetingId | None = None
    """Whose note it opens."""

    def cursor(self) -> Cursor:
        """Return where to go on after this."""
        return Cursor(self.at, self.kind, self.key)

    def day(self) -> date:
        """Return the day or night it belongs to."""
        return day_of(self.at)


def first_line(text: str, heads: Iterable[str] = ()) -> str:
    """Return the first line that says something, without the heads of a note's sections."""
    known = {head.strip() for head in heads}
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if line and line not in known), "")[:LINE]
