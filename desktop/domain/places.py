"""Where nights were: a place as it was written, a division and a landmark in words."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import OutreachId


@dataclass(frozen=True, slots=True)
class Place:
    """One place with its nights. There are no coordinates, here or anywhere."""

    name: str
    nights: int
    met: int
    """Of those who have a row of their own; what retention destroys later stays counted."""
    last: datetime


@dataclass(frozen=True, slots=True)
class NightThere:
    """One night at a place."""

    id: OutreachId
    at: datetime
    met: int
