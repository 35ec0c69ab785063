"""That a law entrusts an organisation, in a file from one of its laptops to another, signed."""

from sync.protocol.messages import Time, Wire

ENTRUSTMENT_CONTEXT = b"ysn/v1/entrustment\0"
ENTRUSTING = "supervisor"
"""Whose laptop may record it."""


class EntrustmentClaim(Wire, frozen=True):
    """What is signed, as `SignedTexts` carries it: what a paper says, and whether it still holds.

    While it holds, a referral may carry the item `identifier`: a kind (`passport`,
    `alien-registration` or `driving-licence`), a space, and the number. Never a resident
    registration number (PIPA 24-2): a receiver blots that out.
    """

    by: str
    article: str
    document: str
    dated: str
    last_day: str
    """Empty: until it is taken back."""
    is_taken_back: bool
    """Whether it is over before its last day."""
    who: str
    at: Time
