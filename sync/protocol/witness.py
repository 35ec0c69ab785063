"""What the hub remembers of a laptop's journal, so that a laptop put back to an earlier day shows.

A mark is the number of the journal's last entry and its hash, which is keyed inside the vault: the
hub learns how often something was written, and nothing of what.
"""

from sync.protocol.messages import Time, Wire

WITNESS_CONTEXT = b"ysn/v1/witness\0"
RENEWAL_CONTEXT = b"ysn/v1/witness-renewal\0"
HASH_BYTES = 32


class Mark(Wire, frozen=True):
    """Where a journal stands."""

    seq: int
    h: bytes


class RenewalClaim(Wire, frozen=True):
    """A person knows that this journal does not go on from `was`, and says why."""

    device: str
    was: Mark
    """The hub's mark that this journal does not hold."""
    now: Mark
    reason: str
    at: Time


class Renewal(Wire, frozen=True):
    """Begins a new line of marks."""

    claim: bytes
    """Canonical JSON of `RenewalClaim`."""
    sig: bytes
    """Ed25519 by the device over `RENEWAL_CONTEXT + claim`."""


class Stand(Wire, frozen=True):
    """What a laptop shows of its journal with each round."""

    now: Mark
    known: Mark | None = None
    """The hub's last mark that was found in this journal. The hub goes on only from there."""
    renewal: Renewal | None = None


class WitnessClaim(Wire, frozen=True):
    """The highest mark of a device's newest line, and when the hub was shown it."""

    hub: str
    device: str
    line: int
    mark: Mark
    time: Time


class Witnessed(Wire, frozen=True):
    """The hub's signed memory."""

    claim: bytes
    """Canonical JSON of `WitnessClaim`."""
    sig: bytes
    """Ed25519 by the hub key over `WITNESS_CONTEXT + claim`."""
