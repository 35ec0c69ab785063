"""A content key inside another key: ChaCha20-Poly1305, a fresh nonce, bound to one header."""

from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.client.errors import KeyUnusable, Tampered

KEY_BYTES = 32
NONCE_BYTES = 12
BYTES = NONCE_BYTES + KEY_BYTES + 16
"""How long a wrapped key is."""


def fresh(chance: Callable[[int], bytes], length: int) -> bytes:
    """Return so many bytes of chance, or raise `KeyUnusable` where it gave nothing."""
    found = chance(length)
    if len(found) != length or not any(found):
        raise KeyUnusable("chance gave nothing")
    return found


def wrapped(
    cipher: ChaCha20Poly1305, content_key: bytes, info: bytes, chance: Callable[[int], bytes]
) -> bytes:
    """Return the content key, readable by who holds the cipher's key, together with `info`."""
    nonce = fresh(chance, NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, content_key, info)


def unwrapped(cipher: ChaCha20Poly1305, enc: bytes, info: bytes) -> bytes:
    """Return what was wrapped by this cipher with this `info`, or raise `Tampered`."""
    try:
        return cipher.decrypt(enc[:NONCE_BYTES], enc[NONCE_BYTES:], info)
    except (InvalidTag, ValueError) as error:
        raise Tampered("seal") from error
