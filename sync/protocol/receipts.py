"""Receipts of one answer, which share a signature: as they travel, and each alone again.

What all of them share travels once: the hub's signature. Each one's path follows from the claims.
"""

from collections.abc import Sequence

import msgspec

from sync.protocol.answers import Branch, Exchanged, Outcome, Receipt, Result
from sync.protocol.trees import Tree

RECEIPTS_CONTEXT = b"ysn/v1/receipts\0"
_SIZE_BYTES = 8


def receipts_words(size: int, root: bytes) -> bytes:
    """Return what the hub signs of many receipts."""
    return RECEIPTS_CONTEXT + size.to_bytes(_SIZE_BYTES, "big") + root


def among(claims: Sequence[bytes], tree: Tree, sig: bytes) -> tuple[Receipt, ...]:
    """Return a receipt for each claim that the tree was made of."""
    return tuple(
        Receipt(claim, sig, Branch(at, tree.size, tree.path(at)))
        for at, claim in enumerate(claims)
    )


def folded(answer: Exchanged) -> Exchanged:
    """Return the answer as it travels. Receipts of an earlier answer keep their own paths."""
    results = tuple(map(_folded, answer.results))
    sigs = [
        was.receipt.sig
        for was, now in zip(answer.results, results, strict=True)
        if was.receipt and was is not now
    ]
    return msgspec.structs.replace(answer, results=results, receipts=sigs[0]) if sigs else answer


def unfolded(answer: Exchanged) -> Exchanged:
    """Return the answer with every receipt alone. Nothing of it is proven by that."""
    sig = answer.receipts
    claims = [each.receipt.claim for each in answer.results if each.receipt and _is_folded(each)]
    if sig is msgspec.UNSET or not claims:
        return answer
    alone = iter(among(claims, Tree(claims), sig))
    results = tuple(
        msgspec.structs.replace(each, receipt=next(alone)) if _is_folded(each) else each
        for each in answer.results
    )
    return msgspec.structs.replace(answer, results=results, receipts=msgspec.UNSET)


def _folded(result: Result) -> Result:
    receipt = result.receipt
    if (
        receipt is None
        or receipt.branch is msgspec.UNSET
        or result.outcome is not Outcome.ACCEPTED
    ):
        return result
    return msgspec.structs.replace(result, receipt=Receipt(receipt.claim))


def _is_folded(result: Result) -> bool:
    return result.receipt is not None and not result.receipt.sig
