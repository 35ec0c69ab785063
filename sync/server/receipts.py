"""The hub's own signature, which proves that a message is committed."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.answers import RECEIPT_CONTEXT, Receipt, ReceiptClaim
from sync.protocol.carrying import Carried, Parcel, carried_words
from sync.protocol.codec import canonical
from sync.protocol.receipts import among, receipts_words
from sync.protocol.trees import Tree
from sync.protocol.witness import WITNESS_CONTEXT, WitnessClaim, Witnessed

_MANY = 2
"""A single statement is signed as it is: no tree makes that shorter."""
_SECRET_BYTES = 32
_TIMESTAMP_CONTEXT = b"ysn/v1/timestamp\0"


class NotAKey(Exception):
    """The file of the hub's key holds something else."""


class HubKey:
    """Signs what the hub says. It opens nothing."""

    def __init__(self, secret: bytes) -> None:
        """Use this Ed25519 secret."""
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = self._key.public_key().public_bytes_raw()

    def receipts(self, claims: Sequence[ReceiptClaim]) -> tuple[Receipt, ...]:
        """Sign these statements at once; each receipt proves its own alone."""
        words = [canonical(claim) for claim in claims]
        if len(words) < _MANY:
            return tuple(Receipt(one, self._key.sign(RECEIPT_CONTEXT + one)) for one in words)
        tree = Tree(words)
        return among(words, tree, self._key.sign(receipts_words(tree.size, tree.root)))

    @property
    def timestamp_seed(self) -> bytes:
        """Return the key of TUF's timestamp role: the one that is online, and it is this hub's.

        It follows from the hub's own key: nothing more to keep, to copy or to lose.
        """
        return hashlib.sha256(self._key.sign(_TIMESTAMP_CONTEXT)).digest()

    def carried(self, parcel: Parcel, answer: bytes) -> Carried:
        """Sign an answer that somebody else will carry."""
        return Carried(answer, self._key.sign(carried_words(parcel, answer)))

    def witness(self, claim: WitnessClaim) -> Witnessed:
        """Sign what is remembered of a laptop."""
        words = canonical(claim)
        return Witnessed(words, self._key.sign(WITNESS_CONTEXT + words))


def hub_key(file: Path, chance: Callable[[int], bytes] | None = None) -> HubKey:
    """Read the hub's key, or make it on the first start."""
    if chance and not file.exists():
        _keep(file, chance(32))
    secret = file.read_bytes()
    if len(secret) != _SECRET_BYTES:
        raise NotAKey
    return HubKey(secret)


def _keep(file: Path, secret: bytes) -> None:
    """Put the key there whole, unless another process was quicker: then theirs is the hub's."""
    handle, name = tempfile.mkstemp(".new", f"{file.name}.", file.parent)
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(secret)
            new.flush()
            os.fsync(handle)
        with suppress(FileExistsError):
            os.link(half, file)
    finally:
        half.unlink()
