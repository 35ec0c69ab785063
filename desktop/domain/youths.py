"""A young person we met: an alias first, a name never needed (PIPA 3-7)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.ages import OLDEST, Age, AgeBasis
from desktop.domain.ids import YouthId
from desktop.domain.text import line

__all__ = ["OLDEST", "About", "Age", "AgeBasis", "Gender", "Youth"]


class Gender(StrEnum):
    """As the young person says it; unsaid is normal."""

    UNSAID = "unsaid"
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class About:
    """What may become known only later, or was understood wrongly."""

    age: Age
    gender: Gender = Gender.UNSAID
    language: str = "ko"

    def filled(self, more: "About") -> "About":
        """Return this, with age and gender of `more` where none is known here.

        A guess gives way to an age under 14 that they told: a guardian is asked then.
        """
        is_better = self.age.basis is AgeBasis.UNKNOWN or self.age.gives_way_to(more.age)
        gender = more.gender if self.gender is Gender.UNSAID else self.gender
        return About(more.age if is_better else self.age, gender, self.language)


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

    @property
    def about(self) -> About:
        """Return what can be put right."""
        return About(self.age, self.gender, self.language)
