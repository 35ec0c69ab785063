"""What narrows a search: when, where, with whom, and how great the risk."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.screening import Risk


@dataclass(frozen=True, slots=True)
class Filters:
    """Every one that is set must hold. What is typed is found inside a longer word, too."""

    since: datetime | None = None
    """Met then or later."""
    place: str = ""
    """Of the night or of the meeting."""
    worker: str = ""
    """Somebody who was out that night."""
    risk: Risk | None = None
    """As it is judged now; `Risk.NONE` is nobody's judgement yet."""

    @property
    def is_any(self) -> bool:
        """Whether nothing is narrowed."""
        return self == ANY


ANY = Filters()
"""Nothing is narrowed."""
