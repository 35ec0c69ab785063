"""What a practice agency does when the words ask it to: so every answer can be tried.

A cue stands in the need, in brackets, after the word for practice: `(연습: 보류)`, `(practice:
hold)`. Without one, or with one that nobody knows, an agency says yes.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

import msgspec

from sync.protocol.bodies import Appointment, Meeting, TaskMoved

_CUE = re.compile(r"\((?:연습|practice): *([^()]+?) *\)", re.IGNORECASE)


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to answer."""

    names: tuple[str, ...]
    moves: tuple[TaskMoved, ...] = (TaskMoved("accepted"),)
    words: str = ""
    """Written back; empty: what this kind of agency always says."""
    meeting: Meeting | None = None
    place: str = ""
    asks: tuple[str, ...] = ()
    is_silent: bool = False
    """It arrives, and nobody opens it."""

    def appointment(self, now: datetime) -> Appointment | None:
        """Return when the young person is, or was, awaited."""
        if self.meeting is None:
            return None
        ahead = timedelta(days=1) if self.meeting is Meeting.BOOKED else -timedelta(hours=1)
        at = (now + ahead).replace(minute=0, second=0, microsecond=0)
        return Appointment(at, self.place, self.meeting)


def of(words: Mapping[str, str]) -> Cue:
    """Return how the words of a packet ask to be answered."""
    found = _CUE.search(words.get("need", ""))
    return _known().get(found[1].casefold(), _YES) if found else _YES


def names() -> frozenset[str]:
    """Return every cue there is."""
    return frozenset(_known())


_YES = Cue(())


@cache
def _known() -> dict[str, Cue]:
    raw = (resources.files(__package__) / "cues.json").read_bytes()
    cues = msgspec.json.decode(raw, type=tuple[Cue, ...])
    return {name: cue for cue in cues for name in cue.names}
