"""What each kind of message says: clear bodies the hub can read, and what is inside the seal."""

from enum import StrEnum

from msgspec import UNSET, UnsetType

from sync.protocol.messages import Time, Wire

RECIPIENTS, ITEM_CODES = 32, 64
"""No consent names more of them."""
RECALLED = 100
"""Referrals that one word of a withdrawal names; whoever has more to name says it again."""


class ConsentGiven(Wire, frozen=True):
    """A signed assertion that consent was given. No identity, no words."""

    digest: str
    """SHA-256 (hex) of the local consent record."""
    recipients: tuple[str, ...]
    item_codes: tuple[str, ...]
    basis: str
    valid_until: Time


class Recalled(Wire, frozen=True):
    """A referral that rests on a withdrawn consent, and the agency that may have it."""

    ref: str
    to_org: str


class ConsentWithdrawn(Wire, frozen=True):
    """The consent named by `ref` has ended."""

    at: Time
    referrals: tuple[Recalled, ...] = ()
    """Told again, because a hub restored from a backup may know of none (I9)."""


class ReferralCancel(Wire, frozen=True):
    """The requester takes the referral back."""

    reason: str


class Stage(StrEnum):
    """What a delivery receipt proves."""

    DELIVERED = "delivered"
    OPENED = "opened"


class DeliveryReceipt(Wire, frozen=True):
    """The agency decrypted and stored the packet (`delivered`), or a person opened it."""

    stage: Stage
    digest: str
    """`Message.digest()` of the referral.request."""


class TaskMoved(Wire, frozen=True):
    """A new task status; see `sync.protocol.states`."""

    to: str
    reason: str = ""
    expected_version: int | None = None


class ErasureAttest(Wire, frozen=True):
    """What the agency did after a withdrawal: `destroyed`, or `retained` under an article."""

    outcome: str
    article: str = ""


# --- what is inside the seal ------------------------------------------------------------------


class Packet(Wire, frozen=True):
    """Everything a referral tells the agency. The preview shows these bytes and no others."""

    ref: str
    agency: str
    categories: tuple[str, ...]
    urgency: str
    words: dict[str, str]
    """Item code to the exact words; how those of `identifier` are written: `entrustments`."""
    keep_from_guardian: bool
    written_at: Time
    version: int = 1
    """Rises with each `referral.amend`; a higher one stands in place of those before it."""
    basis: str = ""
    """Empty where a consent is the basis; else the code, which the header names too."""
    reason: str = ""
    """Why the law allows it here, in the words of whoever reports."""
    keep_reason: str | UnsetType = UNSET
    """Why the guardian is not to be told: a code. Left out where none was given, so that a program
    from before there were reasons can read all others."""
    salt: str = ""
    """Chance (hex), so that the digest a supervisor signs cannot be guessed at."""


class Meeting(StrEnum):
    """What became of an appointment at the agency."""

    BOOKED = "booked"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Appointment(Wire, frozen=True):
    """When and where the young person is awaited. Sealed: the hub does not learn of it."""

    at: Time
    place: str
    meeting: Meeting = Meeting.BOOKED


class TaskNote(Wire, frozen=True):
    """The agency's answer, in words."""

    text: str
    at: Time
    appointment: Appointment | None = None
    asks: tuple[str, ...] = ()
    """Item codes the agency would need too. Answered by `referral.amend`, under a consent."""
