"""Times as the store keeps them: UTC text that sorts as it reads."""

from datetime import UTC, datetime
from functools import lru_cache


# One moment is written into every row of a batch.
@lru_cache(maxsize=32)
def stamp(moment: datetime) -> str:
    """Write a time for the store."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=256)
def moment(stamp: str) -> datetime:
    """Read a time from the store."""
    return datetime.fromisoformat(stamp)
