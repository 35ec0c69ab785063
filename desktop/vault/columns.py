"""How values are written in columns, so that text order is time order."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sync.protocol.codec import canonical

Row = tuple[Any, ...]
"""What SQLite hands back: the border where types begin."""


def stamp(at: datetime) -> str:
    """Return a UTC time as text of one width."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def time(text: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.fromisoformat(text)


def time_or_none(text: str | None) -> datetime | None:
    """Read what `stamp` wrote, where there may be nothing."""
    return datetime.fromisoformat(text) if text else None


def uuid(text: str) -> UUID:
    """Read an id."""
    return UUID(text)


def listed(keys: Iterable[str]) -> str:
    """Return keys as one parameter, for `IN (SELECT value FROM json_each(?))`."""
    return canonical(list(keys)).decode()


def content(*values: object) -> bytes:
    """Return one row's values as bytes, for the journal's digest."""
    return canonical(values)
