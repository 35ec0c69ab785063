"""What laptops, hub and agencies say to each other. Every message is immutable and signed."""

import re
from datetime import MAXYEAR, MINYEAR, datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from sync.protocol.codec import packed
from sync.protocol.digests import sha256

PROTOCOL = 1
BATCH_ITEMS = 100
BATCH_BYTES = 1 << 20
MESSAGE_BYTES = 256 * 1024
"""Of a message as it travels, with everything that is in it."""
SUITE = 1
"""Of every seal: ML-KEM-768 + X25519 (D-006)."""

Time = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time on the wire has its zone: one without is unreadable."""
_UUID_FORM = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_UUID = re.compile(_UUID_FORM)
Id = Annotated[str, msgspec.Meta(pattern=rf"^{_UUID_FORM}(?!\n)$")]
"""A UUID in its one spelling, such as names a device."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2199


def is_likely(at: datetime) -> bool:
    """Say whether a clock can have said this; other times overflow when something is added."""
    return _FIRST_YEAR <= at.year <= _LAST_YEAR


def is_tellable(at: datetime) -> bool:
    """Say whether a time can be told in UTC, however wrong the clock is that said it.

    A clock whose battery is empty says 1970, and what was written by it has to pass all the same.
    """
    return MINYEAR < at.year < MAXYEAR


def is_uuid(text: str) -> bool:
    """Say whether this is a UUID in its one spelling."""
    return _UUID.fullmatch(text) is not None


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """A value that travels. Unknown fields are refused."""


class Kind(StrEnum):
    """Message kinds. The last two are made by the hub."""

    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    REFERRAL_REQUEST = "referral.request"
    REFERRAL_AMEND = "referral.amend"
    REFERRAL_CANCEL = "referral.cancel"
    DELIVERY_RECEIPT = "delivery.receipt"
    TASK_STATUS = "task.status"
    TASK_NOTE = "task.note"
    ERASURE_ATTEST = "erasure.attest"
    COSIGN_REQUEST = "cosign.request"
    COSIGN_GIVEN = "cosign.given"
    COSIGN_REFUSED = "cosign.refused"
    REMINDER = "reminder"
    EXPIRED = "expired"


SIGN_CONTEXT = b"ysn/v1\0"
PACKET_KINDS = frozenset({Kind.REFERRAL_REQUEST, Kind.REFERRAL_AMEND})
"""What tells about a young person and so needs a basis for each item."""
COSIGN_KINDS = frozenset({Kind.COSIGN_REQUEST, Kind.COSIGN_GIVEN, Kind.COSIGN_REFUSED})
"""What stays inside one organisation."""
SEALED_KINDS = PACKET_KINDS | {Kind.TASK_NOTE, Kind.COSIGN_REQUEST}


class Header(Wire, frozen=True):
    """What the hub sees of any message: who to whom, which case (a random id), codes. No words."""

    v: int
    id: str
    """UUID of the message, made once."""
    kind: Kind
    ref: str
    """UUID of the case: the referral id, or the consent id for consent messages."""
    from_org: str
    from_device: str
    created: Time
    """The sender's clock, UTC. Never used for order."""
    to_org: str = ""
    key_epoch: int = 0
    suite: int = 0
    consent_id: str = ""
    consent_digest: str = ""
    basis: str = ""
    """`consent:17` for a referral with consent; else see `sync.protocol.disclosures`."""
    item_codes: tuple[str, ...] = ()
    """Sorted."""
    expires: Time | None = None
    size_class: int = 0
    priority: str = "routine"


class SealedKey(Wire, frozen=True):
    """The content key for one organisation's key of one epoch, in one of three forms by length.

    1,168 bytes: sealed by HPKE. 1,228: HPKE seals a key, which wraps the content key. 60: our own.
    """

    org: str
    epoch: int
    enc: bytes


COPY_BYTES = frozenset({1168, 1228, 60})
"""Those three lengths of `SealedKey.enc`, and no other."""


class Cosign(Wire, frozen=True):
    """The second signature, without which nothing is told on a basis other than consent."""

    claim: bytes
    """Canonical JSON of `disclosures.DisclosureClaim`."""
    sig: bytes
    """Ed25519 by a supervisor's device over `COSIGN_CONTEXT + SHA-256(claim)`."""
    cert: bytes
    """That device's `DeviceCert`, packed: the receiver knows no device of ours."""


class Message(Wire, frozen=True):
    """One thing to deliver, kept byte for byte.

    Clear kinds have a `body` and an outer `sig`: Ed25519 by the device over
    `SIGN_CONTEXT + SHA-256(header) + SHA-256(body)`. Sealed kinds have `keys` and `ct`, with
    the same signature inside the seal, over the packet instead of the body.
    """

    header: bytes
    """Canonical JSON of `Header`."""
    body: bytes = b""
    """Canonical JSON of the kind's body; empty for sealed kinds."""
    keys: tuple[SealedKey, ...] = ()
    ct: bytes = b""
    sig: bytes = b""
    cosign: Cosign | msgspec.UnsetType = msgspec.UNSET
    """Unset, it is not written at all: every other message packs as it always has."""

    def digest(self) -> str:
        """Return the SHA-256 (hex) that receipts and the idempotency record name."""
        return sha256(packed(self)).hex()
