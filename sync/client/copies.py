"""The copies of a content key, one for each organisation that may read, in three forms.

For another organisation, as `addressees` wraps it; for our own, as `owncopy` does; or sealed by
HPKE itself: so wherever only a listed key is known, and in every letter from before 2026-11-28.
"""

from collections.abc import Callable, Iterable, Mapping

from sync.client import addressees, owncopy
from sync.client.addressees import Addressee, Reader
from sync.client.errors import NotForUs, Tampered
from sync.client.hybrid import HYBRID, SealingPair, seal_to
from sync.client.owncopy import OwnKey
from sync.client.wrapping import KEY_BYTES
from sync.protocol.directory import SealingKey
from sync.protocol.messages import SealedKey

Recipient = Addressee | tuple[str, SealingKey | OwnKey]
"""Another organisation; or one with its listed key, and our own with the private key itself."""
Correspondents = tuple[str, str]
"""Who wrote, and which organisation reads."""


def named(recipient: Recipient) -> tuple[str, int]:
    """Return the organisation, and the epoch of its key."""
    if isinstance(recipient, Addressee):
        return recipient.org, recipient.epoch
    org, key = recipient
    return org, key.epoch


def is_usable(recipient: Recipient, writer: str) -> bool:
    """Say whether a letter by this organisation can be sealed to the recipient."""
    if isinstance(recipient, Addressee):
        return recipient.writer == writer
    _, key = recipient
    return isinstance(key, OwnKey) or key.suite == HYBRID


def sealed(
    recipient: Recipient, content_key: bytes, info: bytes, chance: Callable[[int], bytes]
) -> SealedKey:
    """Return the recipient's copy, of use together with this `info` only."""
    if isinstance(recipient, Addressee):
        enc = recipient.wrap(content_key, info, chance)
    elif isinstance(recipient[1], OwnKey):
        enc = recipient[1].wrap(content_key, info, chance)
    else:
        enc = seal_to(recipient[1].public, content_key, info)
    return SealedKey(*named(recipient), enc)


def opened(
    copies: Iterable[SealedKey],
    between: Correspondents,
    private_keys: Mapping[int, bytes],
    info: bytes,
) -> bytes:
    """Return the content key; raises `NotForUs` where no copy is ours, and `Tampered`."""
    writer, org = between
    for copy in copies:
        secret = private_keys.get(copy.epoch)
        if copy.org == org and secret is not None:
            content_key = _opened(copy, writer, secret, info)
            if len(content_key) != KEY_BYTES or not any(content_key):
                raise Tampered("content key")
            return content_key
    raise NotForUs


def _opened(copy: SealedKey, writer: str, secret: bytes, info: bytes) -> bytes:
    if len(copy.enc) == addressees.BYTES:
        return Reader(writer, copy.org, copy.epoch, secret).unwrap(copy.enc, info)
    if len(copy.enc) == owncopy.BYTES:
        return OwnKey(copy.epoch, secret).unwrap(copy.enc, info)
    return SealingPair(secret).open(copy.enc, info)
