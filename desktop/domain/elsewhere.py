"""A consent that another laptop of our organisation asked for: known by its number alone."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import AgencyId, ConsentId, ReferralId
from desktop.domain.referrals import Erasure
from sync.protocol.states import ERASURE_WITHIN


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral under it: to whom and when, and not a word of it."""

    referral: ReferralId
    agency: AgencyId
    at: datetime
    """When the hub took it."""
    erasure: Erasure = Erasure.NONE


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What left under one consent."""

    consent: ConsentId
    until: datetime
    """Its own last day; nothing of it is kept here longer."""
    sent: tuple[Sent, ...]
    ended_at: datetime | None = None
    """When this laptop ended it. What a colleague ended is not kept."""

    @property
    def erase_by(self) -> datetime | None:
        """By when whoever was told should have erased it; None where nobody owes that."""
        is_owed = any(each.erasure is Erasure.OWED for each in self.sent)
        return self.ended_at + ERASURE_WITHIN if self.ended_at and is_owed else None
