"""What the hub answers: results with signed receipts, and mailbox events."""

from enum import StrEnum

import msgspec

from sync.protocol.directory import DeviceCert
from sync.protocol.messages import Kind, Message, Time, Wire
from sync.protocol.witness import Stand, Witnessed


class Outcome(StrEnum):
    """The hub's answer about one message."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    RETRY = "retry"


class ReceiptClaim(Wire, frozen=True):
    """What the hub signs."""

    id: str
    digest: str
    hub: str
    seq: int
    """Rises with every message the hub accepts."""
    time: Time
    recalled: tuple[str, ...] = ()
    """For a withdrawal: every referral under that consent the hub knows of. Sorted."""


class Branch(Wire, frozen=True):
    """Where a statement stands among those that were signed with it: see `sync.protocol.trees`."""

    position: int
    size: int
    path: tuple[bytes, ...]
    """Hashes beside the way to the tree's root, from below."""


class Receipt(Wire, frozen=True):
    """The hub's signed statement that a message is committed. It proves that alone, for ever."""

    claim: bytes
    """Canonical JSON of `ReceiptClaim`."""
    sig: bytes = b""
    """Ed25519 by the hub key over `RECEIPT_CONTEXT + claim`; with a branch, over `receipts_words`
    of the root it leads to. Empty on its way, where `Exchanged.receipts` holds it for all."""
    branch: Branch | msgspec.UnsetType = msgspec.UNSET
    """Unset where the claim was signed alone: the only one of an answer, or of an older hub."""


RECEIPT_CONTEXT = b"ysn/v1/receipt\0"


class Result(Wire, frozen=True):
    """What became of one message. `reason` is a rejection code."""

    id: str
    outcome: Outcome
    reason: str = ""
    retry_after: int = 0
    state: str = ""
    version: int = 0
    receipt: Receipt | None = None


class Event(Wire, frozen=True):
    """One entry of a mailbox. `seq` has no gaps. Hub-made events carry no message."""

    seq: int
    kind: Kind
    ref: str
    at: Time
    message: Message | None = None
    cert: DeviceCert | None = None
    """The sender's certificate, which the directory's organisation key signed."""
    state: str = ""
    """Task status after this event, where the hub tracks one."""
    version: int = 0
    reason: str = ""
    parties: tuple[str, ...] = ()
    """For a reminder: who asked, and who is asked. The coordinator knows nothing else of it."""


class Exchange(Wire, frozen=True):
    """One round, one request: what I have to say, and how far I have read."""

    items: tuple[Message, ...] = ()
    after: int = 0
    """Last mailbox seq applied here; the hub takes it as the acknowledgement."""
    limit: int = 100
    wait: int = 0
    """Seconds the hub may hold the answer while there is nothing new (long poll)."""
    stand: Stand | None = None
    """Where the asker's journal stands; an agency's desk keeps none."""
    epoch: str = ""
    """Which life of the hub `after` counts in; empty before the first round. A hub in another life
    takes nothing and only says so: what it has lost must come again first, and in order."""


class Exchanged(Wire, frozen=True):
    """The hub's side of the round. `results` are in the order of `items`."""

    hub: str
    world: str
    """`practice` or `real`."""
    epoch: str
    """Changes when the hub is restored from a backup."""
    head: int
    time: Time
    results: tuple[Result, ...] = ()
    events: tuple[Event, ...] = ()
    directory: int = 0
    """Version of the directory the hub serves, so that nobody asks for it in vain."""
    witnessed: Witnessed | None = None
    """What the hub remembers of the asker's journal, after this round."""
    receipts: bytes | msgspec.UnsetType = msgspec.UNSET
    """The signature of those receipts in `results` that have none of their own, in their order."""


class Problem(Wire, frozen=True, kw_only=True):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str = ""
    time: Time | None = None
