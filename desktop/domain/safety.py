"""A safety plan: what somebody does, step by step, when thoughts of dying come.

The steps are those of the Safety Planning Intervention (Stanley and Brown, 2012), in our own
words and written down in the young person's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.ids import PlanId, YouthId

PLAN_LIMIT = 2_000
"""Characters of one step: more is no plan that somebody reads in need."""
PAUSE = timedelta(minutes=5)
"""Whoever writes on after so long makes a new version."""


class Step(StrEnum):
    """One step, in the order in which it is read in need."""

    SIGNS = "warning-signs"
    OWN = "what-i-can-do"
    AMONG = "people-and-places"
    ASK = "who-helps"
    CALL = "professionals"
    SAFE = "safe-place"
    REASON = "reason-to-live"


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of somebody's plan; the newest counts."""

    id: PlanId
    youth: YouthId
    who: str
    kept_at: datetime
    words: Mapping[Step, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not any(words.strip() for words in self.words.values())
