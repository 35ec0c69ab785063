"""An age as it is really known on the street, and every rule that turns on it, in one place.

A birth date is never kept (PIPA 3): it only says how many years that makes.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.errors import AgeUnlikely

OLDEST = 30


class AgeBasis(StrEnum):
    """How we know the age."""

    STATED = "stated"
    ESTIMATED = "estimated"
    RANGE = "range"
    UNKNOWN = "unknown"


class Rule(StrEnum):
    """Who counts as young, by four laws at once. Years are full ones (만 나이)."""

    GUARDIAN = "pipa-22-2"
    """Under 14: the legal guardian consents."""
    CHILD = "child-welfare-3"
    """Under 18 (아동복지법 3)."""
    PROTECTED = "youth-protection-2"
    """Under 19, but from 1 January of the year somebody turns 19 on no more (청소년 보호법 2)."""
    YOUTH = "youth-3"
    """From 9 to 24 (청소년 기본법 3)."""


class Holds(StrEnum):
    """Whether a rule holds for somebody; often nobody can know."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Age:
    """International age (만 나이) in full years, from `lowest` to `highest` inclusive."""

    basis: AgeBasis
    lowest: int = 0
    highest: int = 0

    def __post_init__(self) -> None:
        """Refuse an age no young person has."""
        if self.basis is AgeBasis.UNKNOWN:
            return
        if not 0 < self.lowest <= self.highest <= OLDEST:
            raise AgeUnlikely

    @classmethod
    def stated(cls, years: int) -> "Age":
        """The age the young person told us."""
        return cls(AgeBasis.STATED, years, years)

    @classmethod
    def born(cls, day: date, today: date) -> "Age":
        """The age that a birth date makes today; `AgeUnlikely` for one in the future."""
        return cls.stated(years_between(day, today))

    @classmethod
    def estimated(cls, years: int) -> "Age":
        """The age we guess."""
        return cls(AgeBasis.ESTIMATED, years, years)

    @classmethod
    def between(cls, lowest: int, highest: int) -> "Age":
        """A range, both ends included."""
        return cls(AgeBasis.RANGE, lowest, highest)

    @classmethod
    def unknown(cls) -> "Age":
        """Nothing is known."""
        return cls(AgeBasis.UNKNOWN)

    def may_be_under_14(self) -> bool:
        """Say whether a guardian must be asked: an uncertain age near 14 counts as under 14."""
        return self._may_be_under(14)

    def may_be_under_18(self) -> bool:
        """Say whether they may be a child by law: an uncertain age near 18 counts as one."""
        return self._may_be_under(18)

    def gives_way_to(self, other: "Age") -> bool:
        """Say whether this is a guess, and the other an age under 14 that they told."""
        bases = (self.basis, other.basis)
        return bases == (AgeBasis.ESTIMATED, AgeBasis.STATED) and other.may_be_under_14()

    def span(self) -> tuple[int, int]:
        """Return the youngest and the oldest they may be: a guess may be wrong by a year."""
        match self.basis:
            case AgeBasis.STATED | AgeBasis.RANGE:
                return self.lowest, self.highest
            case AgeBasis.ESTIMATED:
                return self.lowest - 1, self.highest + 1
            case AgeBasis.UNKNOWN:
                return 0, OLDEST

    def _may_be_under(self, years: int) -> bool:
        return self.span()[0] < years


def holds(rule: Rule, age: Age, today: date) -> Holds:
    """Say whether a rule holds today for somebody of whom this is known."""
    youngest, oldest = age.span()
    # Before this year's birthday one was born a year earlier; on 31 December all have had it.
    waits = (0,) if (today.month, today.day) == (12, 31) else (0, 1)
    found = {_holds(rule, years + wait, years) for years in (youngest, oldest) for wait in waits}
    if rule is Rule.YOUTH and youngest < 9 <= oldest:
        found |= {True, False}
    if len(found) > 1:
        return Holds.MAYBE
    return Holds.YES if found.pop() else Holds.NO


def holds_for(rule: Rule, born: date, today: date) -> bool:
    """Say whether a rule holds today for somebody born on that day."""
    return _holds(rule, today.year - born.year, years_between(born, today))


def years_between(born: date, today: date) -> int:
    """Return full years. Whoever was born on 29 February turns older on 1 March (민법 160)."""
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday)


def _holds(rule: Rule, calendar_years: int, years: int) -> bool:
    """Decide by the years since the year of birth, and by full years."""
    match rule:
        case Rule.GUARDIAN:
            return years < 14
        case Rule.CHILD:
            return years < 18
        case Rule.PROTECTED:
            return calendar_years < 19
        case Rule.YOUTH:
            return 9 <= years <= 24
