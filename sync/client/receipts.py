"""The hub's signed word: that it holds a message, and how far it has seen our journal."""

from functools import lru_cache

import msgspec

from sync.client.errors import Tampered
from sync.client.signing import verify
from sync.protocol.answers import RECEIPT_CONTEXT, Receipt, ReceiptClaim
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.messages import Message, is_likely
from sync.protocol.receipts import receipts_words
from sync.protocol.trees import root_above
from sync.protocol.witness import WITNESS_CONTEXT, WitnessClaim, Witnessed


def verify_receipt(receipt: Receipt, hub_key: bytes, hub: str, digest: str) -> ReceiptClaim:
    """Return the claim, or raise `Tampered` unless this hub signed it for this digest."""
    _check_signed(hub_key, _signed_words(receipt), receipt.sig)
    try:
        claim = read_json(ReceiptClaim, receipt.claim)
    except Unreadable as error:
        raise Tampered("receipt") from error
    if (claim.hub, claim.digest) != (hub, digest) or not is_likely(claim.time):
        raise Tampered("receipt")
    return claim


def proves(receipt: Receipt | None, hub_key: bytes, hub: str, message: Message) -> bool:
    """Say whether the receipt proves that this hub holds exactly this message."""
    if receipt is None:
        return False
    try:
        verify_receipt(receipt, hub_key, hub, message.digest())
    except Tampered:
        return False
    return True


def verify_witness(told: Witnessed, hub_key: bytes, hub: str, device: str) -> WitnessClaim:
    """Return the claim, or raise `Tampered` unless this hub signed it of this device."""
    verify(hub_key, WITNESS_CONTEXT + told.claim, told.sig, "witness")
    try:
        claim = read_json(WitnessClaim, told.claim)
    except Unreadable as error:
        raise Tampered("witness") from error
    if (claim.hub, claim.device) != (hub, device) or not is_likely(claim.time):
        raise Tampered("witness")
    return claim


def _signed_words(receipt: Receipt) -> bytes:
    branch = receipt.branch
    if branch is msgspec.UNSET:
        return RECEIPT_CONTEXT + receipt.claim
    root = root_above(receipt.claim, branch.position, branch.size, branch.path)
    if root is None:
        raise Tampered("receipt")
    return receipts_words(branch.size, root)


# All receipts of an answer come down to the same words: they are verified once.
@lru_cache(maxsize=8)
def _check_signed(hub_key: bytes, words: bytes, sig: bytes) -> None:
    verify(hub_key, words, sig, "receipt")
