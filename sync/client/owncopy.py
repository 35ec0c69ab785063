"""Our own organisation's copy of a content key. Who writes holds the private half as well.

So nothing has to be sealed to the public half: a key that is derived from the private one wraps
the content key. A letter is 1,120 bytes shorter, and as safe: whoever can open the one can open
the other (D-075).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.client import wrapping
from sync.client.errors import KeyUnusable
from sync.client.hybrid import SECRET_BYTES

BYTES = wrapping.BYTES
"""How long such a copy is; one that was sealed to a public key is much longer."""
_CONTEXT = b"ysn/v1/own-copy\0"


@dataclass(frozen=True, slots=True)
class OwnKey:
    """Our organisation's private sealing key of one epoch."""

    epoch: int
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be a key."""
        if len(self.secret) != SECRET_BYTES or not any(self.secret):
            raise KeyUnusable("sealing secret")

    def wrap(self, content_key: bytes, info: bytes, chance: Callable[[int], bytes]) -> bytes:
        """Return the content key, readable by who holds this key, together with this `info`."""
        return wrapping.wrapped(_cipher(self.secret), content_key, info, chance)

    def unwrap(self, enc: bytes, info: bytes) -> bytes:
        """Return what was wrapped with this key and this `info`, or raise `Tampered`."""
        return wrapping.unwrapped(_cipher(self.secret), enc, info)


@lru_cache(maxsize=16)
def _cipher(secret: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, _CONTEXT).derive(secret))
