"""What a laptop without a line gives to a colleague's, and what comes back to it.

A parcel is one round (`Exchange`), signed by the laptop that makes it: whoever carries it can lose
it, and nothing else. Its answer is signed by the hub, because no TLS reaches that laptop.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sync.protocol.codec import canonical
from sync.protocol.digests import sha256
from sync.protocol.messages import Time, Wire

PARCEL_CONTEXT = b"ysn/v1/parcel\0"
CARRIED_CONTEXT = b"ysn/v1/carried\0"
CARRY_PARCELS = 8
"""No request brings more of them."""
OLDEST_PARCEL, NEWEST_PARCEL = timedelta(days=30), timedelta(days=1)
"""How far a parcel's clock may be behind the hub's, and ahead of it. Clocks of laptops are wrong,
and a parcel that comes twice changes nothing: ids are kept for ever, and what was read only rises.
"""


class Refusal(StrEnum):
    """Why a parcel was not taken. Those beside it were, all the same."""

    UNKNOWN_DEVICE = "unknown-device"
    DEVICE_REVOKED = "device-revoked"
    BAD_SIGNATURE = "bad-signature"
    TOO_OLD = "too-old"
    NOT_YOURS = "not-your-organisation"
    MALFORMED = "malformed"


class Parcel(Wire, frozen=True):
    """One round of a laptop that has no line."""

    device: str
    at: Time
    """The laptop's clock."""
    exchange: bytes
    """`Exchange`, as it would travel. A `limit` of 0 asks for no events."""
    sig: bytes
    """Ed25519 by the device over `parcel_words`."""

    def digest(self) -> bytes:
        """Return what the hub's answer names."""
        return sha256(parcel_words(self.device, self.at, self.exchange) + self.sig)


class Carry(Wire, frozen=True):
    """Body of POST /v1/carry: what colleagues gave to the calling device, in their order."""

    parcels: tuple[Parcel, ...]


class Carried(Wire, frozen=True):
    """The hub's answer to one parcel."""

    answer: bytes = b""
    """`Exchanged`, as it would travel; empty for a parcel that is refused."""
    sig: bytes = b""
    """Ed25519 by the hub key over `carried_words`."""
    refused: Refusal | None = None


class CarriedAll(Wire, frozen=True):
    """The hub's answers, in the order of the parcels."""

    hub: str
    world: str
    carried: tuple[Carried, ...]


def parcel_words(device: str, at: datetime, exchange: bytes) -> bytes:
    """Return what the device signs."""
    return PARCEL_CONTEXT + canonical((device, at)) + sha256(exchange)


def carried_words(parcel: Parcel, answer: bytes) -> bytes:
    """Return what the hub signs: this answer, and what it answers."""
    return CARRIED_CONTEXT + parcel.digest() + sha256(answer)
