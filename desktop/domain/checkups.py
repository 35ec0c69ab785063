"""When a vault is read through from end to end, though nothing seems wrong (R-12)."""

from datetime import datetime, timedelta

EVERY = timedelta(days=7)


def is_due(last: datetime | None, now: datetime) -> bool:
    """Say whether a week has gone by. A last time yet to come was told by a wrong clock."""
    return last is None or not timedelta(0) <= now - last < EVERY
