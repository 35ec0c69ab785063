"""What a counselor wrote about a meeting. Notes never leave this computer (D-003)."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import MeetingId, NoteId, YouthId
from desktop.domain.text import checked


@dataclass(frozen=True, slots=True)
class Note:
    """One meeting, in the counselor's words. A later `version` replaces the text of a draft."""

    id: NoteId
    youth: YouthId
    meeting: MeetingId
    saved_at: datetime
    text: str
    version: int = 1
    finished_at: datetime | None = None

    def __post_init__(self) -> None:
        """Keep the text checked: composed, no control characters, no resident number."""
        object.__setattr__(self, "text", checked(self.text))
