"""That a guardian is not to be told, and why: it travels inside the seal with every referral."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop.domain.ids import YouthId
from desktop.domain.text import LINE_LIMIT, checked
from desktop.domain.who_answers import KeepReason


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
