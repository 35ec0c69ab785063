"""How much to ask of a line at once: a slow one gets small rounds, so that a cut costs little."""

from dataclasses import dataclass

from sync.protocol.messages import BATCH_ITEMS

SLOWEST = 2_000
"""Bytes a second of the slowest line that still counts as one: a quarter of 64 kbit/s."""
FIRST = 16
"""Before anything is known of a line: two more rounds for a full outbox, on a good one."""
_SLOW, _QUICK = 8.0, 3.0
_LEAST_AFTER_CUT = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages may go, and events come, in the next round."""

    limit: int = FIRST

    def after(self, seconds: float) -> "Pace":
        """Return the pace after a round that took so long."""
        if seconds > _SLOW:
            return Pace(max(1, self.limit // 2))
        return Pace(min(BATCH_ITEMS, self.limit * 2)) if seconds < _QUICK else self

    def after_cut(self) -> "Pace":
        """Return the pace after a line that broke: all that was under way is sent again."""
        return Pace(min(self.limit, max(_LEAST_AFTER_CUT, self.limit // 2)))

    def after_silence(self) -> "Pace":
        """Return the pace after a round that was not answered in time."""
        return Pace(max(1, self.limit // 4))


def patience(size: int) -> float:
    """Return how many seconds so many bytes may take."""
    return size / SLOWEST
