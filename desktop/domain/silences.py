"""What a coordinator hears of: somebody asked an agency, and nobody has spoken."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import AgencyId


@dataclass(frozen=True, slots=True)
class Silence:
    """Who asked whom, and why the hub tells of it. Nothing about the young person."""

    referral: str
    reason: str
    """`still-silent` or `erasure-overdue`."""
    from_org: AgencyId
    to_org: AgencyId
    at: datetime
