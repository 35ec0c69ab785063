"""Where: the official divisions, read when somebody first types a place, and kept from then on."""

from datetime import date, datetime
from functools import lru_cache

from desktop.domain.outreach import KOREA
from desktop.domain.regions import Region, Regions
from desktop.regions.reading import regions_on


def find(query: str, now: datetime, limit: int = 8) -> tuple[Region, ...]:
    """Return the divisions that the words speak of today: in part, in short, or by initials."""
    return today(now).find(query, limit)


def today(now: datetime) -> Regions:
    """Return every division that is valid today."""
    return _on(now.astimezone(KOREA).date())


def districts(now: datetime) -> Regions:
    """Return the provinces and districts that are valid today: all that an address needs."""
    return _districts_on(now.astimezone(KOREA).date())


@lru_cache(maxsize=1)
def _on(day: date) -> Regions:
    return regions_on(day)


@lru_cache(maxsize=1)
def _districts_on(day: date) -> Regions:
    return regions_on(day, towns=False)
