"""A risk judgement and its grounds. No scale's items or thresholds are shipped."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.ids import JudgementId, YouthId
from desktop.domain.text import checked, masked
from desktop.errors import NextStepMissing, NothingWritten

GROUNDS_LIMIT = 2_000


class Risk(StrEnum):
    """위기 수준. `none` is not assessed, which is not the same as low."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class NextStep(StrEnum):
    """What a high judgement leads to at once."""

    ACCOMPANY = "accompany"
    URGENT_REFERRAL = "urgent-referral"
    REPORT = "report"
    SUICIDE_LINE = "line-109"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement by a counselor; the latest one counts, the earlier ones stay."""

    id: JudgementId
    youth: YouthId
    risk: Risk
    grounds: str
    judged_at: datetime
    next_step: NextStep | None = None

    def __post_init__(self) -> None:
        """A judgement needs grounds, and a high one needs a next step."""
        grounds = checked(self.grounds, GROUNDS_LIMIT).strip()
        if not grounds:
            raise NothingWritten(field="grounds")
        if self.risk is Risk.HIGH and self.next_step is None:
            raise NextStepMissing
        object.__setattr__(self, "grounds", grounds)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A judgement whose grounds were being written when the screen locked. It judges nothing."""

    youth: YouthId
    risk: Risk
    grounds: str
    next_step: NextStep | None = None

    def __post_init__(self) -> None:
        """At a lock nobody can be asked: a resident number is blotted out."""
        object.__setattr__(self, "grounds", masked(self.grounds))
