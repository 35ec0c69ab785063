"""Cases judged high, before a supervisor: who looked, and when."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import JudgementId, YouthId
from desktop.domain.screening import GROUNDS_LIMIT
from desktop.domain.text import LINE_LIMIT, checked
from desktop.promise_errors import SupervisorNameMissing


@dataclass(frozen=True, slots=True)
class Seen:
    """A supervisor has looked at a case. Somebody says so with a name; nobody's key proves it."""

    judgement: JudgementId
    youth: YouthId
    judged_at: datetime
    seen_at: datetime
    seen_by: str
    words: str = ""
    """What was agreed; it may be empty."""

    def __post_init__(self) -> None:
        """Need a name."""
        name = " ".join(checked(self.seen_by, LINE_LIMIT).split())
        if not name:
            raise SupervisorNameMissing
        object.__setattr__(self, "seen_by", name)
        object.__setattr__(self, "words", checked(self.words, GROUNDS_LIMIT).strip())
