"""What a patrol shares: who belongs to it, and short notices. Nothing about a person met."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_NOTICE = timedelta(days=31)
"""A notice is about these nights. After `until` it is gone from the file."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whose key opens the team's vault. `id` names that key."""

    id: str
    label: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One line on the board."""

    id: str
    author: str
    written_at: datetime
    until: datetime
    text: str
