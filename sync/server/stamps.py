"""Times as the store keeps them: UTC text that sorts as it reads."""

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """Write a time for the store."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(stamp: str) -> datetime:
    """Read a time from the store."""
    return datetime.fromisoformat(stamp)
