"""Ed25519 (RFC 8032) by libsodium: half the time of OpenSSL, and pickier about keys.

Loaded at the first signature: it is most of a megabyte, and the first window has none to make.
"""

from functools import cache, lru_cache
from types import ModuleType

SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64


def public_of(seed: bytes) -> bytes:
    """Return the public half of the key that this seed is; ValueError where it is none."""
    return _pair(seed)[0]


def signed(seed: bytes, content: bytes) -> bytes:
    """Return the signature of `content` by the key that this seed is."""
    signature: bytes = _sodium().crypto_sign(content, _pair(seed)[1])[:SIGNATURE_BYTES]
    return signature


def is_signed(public: bytes, content: bytes, sig: bytes) -> bool:
    """Say whether the holder of `public` signed `content`; what is no key has signed nothing.

    A public key of small order, and a key or signature in another than its one spelling, is none.
    """
    # Lengths first: the library reads as many bytes as a key has, and takes signature and
    # content as one string, whose border would be anybody's to move.
    if len(public) != PUBLIC_BYTES or len(sig) != SIGNATURE_BYTES:
        return False
    try:
        _sodium().crypto_sign_open(sig + content, public)
    except _forged():
        return False
    return True


@cache
def _sodium() -> ModuleType:
    from nacl import bindings

    return bindings


@cache
def _forged() -> type[Exception]:
    from nacl.exceptions import BadSignatureError

    return BadSignatureError


# Making a key of its seed costs as much as signing with it.
@lru_cache(maxsize=16)
def _pair(seed: bytes) -> tuple[bytes, bytes]:
    if len(seed) != SEED_BYTES:
        raise ValueError("seed")
    public, secret = _sodium().crypto_sign_seed_keypair(seed)
    return public, secret
