"""A young person we met: an alias first, a name never needed (PIPA 3-7)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.ids import YouthId
from desktop.domain.text import line
from desktop.errors import AgeUnlikely

OLDEST = 30
CONSENTS_ALONE_FROM = 14
"""PIPA 22-2: under 14 the legal guardian consents."""


class AgeBasis(StrEnum):
    """How we know the age."""

    STATED = "stated"
    ESTIMATED = "estimated"
    RANGE = "range"
    UNKNOWN = "unknown"


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
        match self.basis:
            case AgeBasis.STATED | AgeBasis.RANGE:
                return self.lowest < CONSENTS_ALONE_FROM
            case AgeBasis.ESTIMATED:
                return self.lowest - 1 < CONSENTS_ALONE_FROM
            case AgeBasis.UNKNOWN:
                return True


class Gender(StrEnum):
    """As the young person says it; unsaid is normal."""

    UNSAID = "unsaid"
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Youth:
    """One young person, by alias."""

    id: YouthId
    alias: str
    age: Age
    met_first: datetime
    gender: Gender = Gender.UNSAID
    language: str = "ko"
    keep_from_guardian: bool = False
    """보호자에게 알리지 않기: travels sealed with every referral."""

    def __post_init__(self) -> None:
        """Keep the alias a checked line."""
        object.__setattr__(self, "alias", line(self.alias, "alias"))
