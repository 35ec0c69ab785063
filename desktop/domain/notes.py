"""What a counselor wrote about a meeting. Notes never leave this computer (D-003)."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import MeetingId, NoteId, YouthId
from desktop.domain.text import Checked


@dataclass(frozen=True, slots=True)
class Note:
    """One meeting, in the counselor's words. A later `version` replaces the text of a draft.

    The text is checked once, where it comes in: a note is saved every few seconds.
    """

    id: NoteId
    youth: YouthId
    meeting: MeetingId
    saved_at: datetime
    text: Checked
    version: int = 1
    finished_at: datetime | None = None
