"""What may be told without a consent: two bases in law, each for one thing and nothing else.

A report by telephone is always first (112, 119): nothing here has to be waited for. What travels
is the written record that follows it, under the name of an article and two signatures.
"""

from dataclasses import dataclass
from datetime import timedelta

from sync.protocol.messages import Time, Wire

_PREFIX = "law:"
ABUSE = "law:child-abuse-10"
LIFE = "law:life-17"

COSIGN_CONTEXT = b"ysn/v1/cosign\0"
COSIGN_LIFE = timedelta(days=7)
"""What was urgent may leave for so long after it was signed; then somebody has to look again."""
COSIGNERS = frozenset({"supervisor", "admin"})
SALT_BYTES = 16
"""Of chance in every such packet, so that its digest tells nobody who tries guesses."""


@dataclass(frozen=True, slots=True)
class Basis:
    """One ground in law: who may be told, and what at most."""

    code: str
    article: str
    """As a lawyer cites it."""
    purpose: str
    """For the ledger (decree 15)."""
    receivers: frozenset[str]
    """Kinds of the thirteen linked bodies."""
    items: frozenset[str]


_WHO_AND_WHERE = frozenset({"alias", "age", "gender", "language", "reach"})

BASES = {
    ABUSE: Basis(
        ABUSE,
        "아동학대범죄의 처벌 등에 관한 특례법 제10조제2항",
        "child-protection",
        frozenset({"police", "local-government"}),
        _WHO_AND_WHERE | {"situation", "health"},
    ),
    LIFE: Basis(
        LIFE,
        "개인정보 보호법 제17조제1항제2호, 제15조제1항제5호",
        "rescue",
        frozenset({"police", "public-hospital", "local-government"}),
        _WHO_AND_WHERE | {"health"},
    ),
}
"""In one place for laptop, hub and receiver. There is no way to add one at run time."""


def is_by_law(basis: str) -> bool:
    """Say whether a header claims a basis other than consent, known or not."""
    return basis.startswith(_PREFIX)


class DisclosureClaim(Wire, frozen=True):
    """Exactly what a supervisor puts a name to: this packet, to this receiver, and no other."""

    ref: str
    from_org: str
    from_device: str
    """Who sends it: never the one who signs."""
    to_org: str
    basis: str
    item_codes: tuple[str, ...]
    """Sorted."""
    packet_digest: str
    """SHA-256 (hex) of the packet, which holds a salt."""
    at: Time
    until: Time


class CosignGiven(Wire, frozen=True):
    """A supervisor has put a name to it. For the device that asked, and for other supervisors."""

    device: str
    """Which device asked."""
    claim: bytes
    sig: bytes
    cert: bytes


class CosignRefused(Wire, frozen=True):
    """A supervisor has not. Words go by telephone: the hub reads this."""

    device: str
    reason: str
