"""What a centre reports of a night or a month: numbers, and nothing that tells of a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.domain.ids import MeetingId, YouthId
from desktop.domain.outreach import ITEMS, Outreach, Tally, begins


@dataclass(frozen=True, slots=True)
class Rows:
    """How much of a night has rows of its own, beside the tallies."""

    met: int = 0
    noted: int = 0
    """Of those met, with how many somebody talked and wrote it down."""
    referrals: int = 0

    def or_more(self, other: "Rows") -> "Rows":
        """Return the higher of each: what retention destroys later stays counted."""
        return Rows(
            max(self.met, other.met),
            max(self.noted, other.noted),
            max(self.referrals, other.referrals),
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one night, or of many together."""

    nights: int = 0
    counselors: int = 0
    """Taking part, each night counted."""
    met: int = 0
    counseled: int = 0
    leaflets: int = 0
    items: tuple[int, ...] = (0,) * len(ITEMS)
    """In the order of `ITEMS`."""
    referrals: int = 0
    partners: tuple[str, ...] = ()
    """Each body once, in the order of their coming."""
    out: timedelta = timedelta()

    def given(self) -> int:
        """Return how many items of any kind were given out."""
        return sum(self.items)

    def __add__(self, other: "Counts") -> "Counts":
        """Return both together."""
        return Counts(
            nights=self.nights + other.nights,
            counselors=self.counselors + other.counselors,
            met=self.met + other.met,
            counseled=self.counseled + other.counseled,
            leaflets=self.leaflets + other.leaflets,
            items=tuple(a + b for a, b in zip(self.items, other.items, strict=True)),
            referrals=self.referrals + other.referrals,
            partners=tuple(dict.fromkeys(self.partners + other.partners)),
            out=self.out + other.out,
        )


def counted(night: Outreach, tallies: Mapping[Tally, int], rows: Rows, now: datetime) -> Counts:
    """Return the numbers of one night.

    Whoever has a row of their own was met, and talked with if something was written; the tallies
    are of everybody else. A talk is a meeting, too.
    """
    talks = tallies.get(Tally.BRIEF, 0) + tallies.get(Tally.DEEP, 0)
    return Counts(
        nights=1,
        counselors=max(1, len(night.team)),  # whoever holds the laptop
        met=tallies.get(Tally.GREETING, 0) + talks + rows.met,
        counseled=talks + rows.noted,
        leaflets=tallies.get(Tally.LEAFLET, 0),
        items=tuple(tallies.get(item, 0) for item in ITEMS),
        referrals=rows.referrals,
        partners=night.partners,
        out=night.length(now),
    )


@dataclass(frozen=True, slots=True)
class Night:
    """One night as the list of past ones shows it."""

    outreach: Outreach
    counts: Counts
    was_forgotten: bool = False
    """Nobody ended it: it was closed with the time of its last entry."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of nights; the night of the 31st may end on the 1st, and belongs to the 31st."""

    year: int
    number: int

    @staticmethod
    def of(night: date) -> "Month":
        """Return the month of a night."""
        return Month(night.year, night.month)

    def moved(self, months: int) -> "Month":
        """Return the month so many later, or earlier."""
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)

    def span(self) -> tuple[datetime, datetime]:
        """Return its first moment and the first of the next."""
        after = self.moved(1)
        return begins(date(self.year, self.number, 1)), begins(date(after.year, after.number, 1))


def together(nights: Iterable[Night]) -> Counts:
    """Return the numbers of many nights."""
    return sum((night.counts for night in nights), Counts())


class Kind(StrEnum):
    """What may be left to do at the end of a night."""

    RISK = "risk"
    """High, and nothing has left here for the next step that was chosen."""
    GROUNDS = "grounds"
    """A judgement whose grounds were being written when the screen locked."""
    PROMISE = "promise"
    """Due by the night's end and still open."""
    NOTE = "note"
    DRAFT = "draft"
    """A referral that is written and not sent."""


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """One thing that is not finished, and where it is."""

    kind: Kind
    youth: YouthId
    meeting: MeetingId | None
    alias: str


@dataclass(frozen=True, slots=True)
class Promised:
    """Promises of a night: made and kept on it, and open though their time has passed."""

    made: int = 0
    kept: int = 0
    overdue: int = 0
