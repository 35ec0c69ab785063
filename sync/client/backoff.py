"""How long to wait, and how much to send, after a bad round."""

from dataclasses import dataclass
from datetime import timedelta

from sync.protocol.messages import BATCH_ITEMS

FIRST = timedelta(seconds=1)
LONGEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Backoff:
    """Where we are between calm and giving the line a rest."""

    failures: int = 0
    batch: int = BATCH_ITEMS
    """A slow line gets smaller batches, down to one, and grows them back."""

    def after_success(self) -> "Backoff":
        """Return the state after a round that worked."""
        return Backoff(batch=min(self.batch * 2, BATCH_ITEMS))

    def after_failure(self, *, too_slow: bool = False) -> "Backoff":
        """Return the state after a round that did not."""
        batch = max(self.batch // 2, 1) if too_slow else self.batch
        return Backoff(self.failures + 1, batch)

    def wait(self, luck: float) -> timedelta:
        """Return how long to rest; `luck` in [0, 1) keeps laptops from knocking all at once."""
        if not self.failures:
            return timedelta(0)
        doubled: int = 1 << min(self.failures - 1, 16)
        longest = min(FIRST * doubled, LONGEST)
        return longest * (0.5 + luck / 2)
