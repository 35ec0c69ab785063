"""Sealing to a public key: HPKE with ML-KEM-768 + X25519 (D-006)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from sync.client.errors import KeyUnusable, Tampered
from sync.protocol.directory import SEAL_BYTES
from sync.protocol.messages import SUITE

HYBRID = SUITE
"""The suite byte: MLKEM768-X25519, HKDF-SHA256, ChaCha20-Poly1305."""
PUBLIC_BYTES = SEAL_BYTES
SECRET_BYTES = 64 + 32
SEALED_MORE = 1088 + 32 + 16
"""How much longer what was sealed is: both encapsulations, and the tag."""


@cache
def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True)
class SealingPair:
    """A private sealing key: the ML-KEM seed, then the X25519 scalar."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be a key."""
        if len(self.secret) != SECRET_BYTES or not any(self.secret[:64]):
            raise KeyUnusable("sealing secret")
        if not any(self.secret[64:]):
            raise KeyUnusable("sealing secret")

    @classmethod
    def make(cls, chance: Callable[[int], bytes]) -> "SealingPair":
        """Return a new pair."""
        return cls(chance(SECRET_BYTES))

    @property
    def public(self) -> bytes:
        """Return the 1,216 bytes that others seal to."""
        kem, curve = _halves(self.secret)
        return kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def open(self, enc: bytes, info: bytes) -> bytes:
        """Return what was sealed to this pair with this `info`."""
        try:
            return _suite().decrypt(enc, _private(self.secret), info=info)
        except (InvalidTag, ValueError) as error:
            raise Tampered("seal") from error


# Making a key of its bytes costs as much as sealing or opening with it.
@lru_cache(maxsize=16)
def _private(secret: bytes) -> hpke.MLKEM768X25519PrivateKey:
    return hpke.MLKEM768X25519PrivateKey(*_halves(secret))


@lru_cache(maxsize=64)
def _public(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:1184]),
        X25519PublicKey.from_public_bytes(raw[1184:]),
    )


def _halves(secret: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return (
        MLKEM768PrivateKey.from_seed_bytes(secret[:64]),
        X25519PrivateKey.from_private_bytes(secret[64:]),
    )


def seal_to(public: bytes, content: bytes, info: bytes) -> bytes:
    """Seal `content` so that only the holder of the private half opens it."""
    if len(public) != PUBLIC_BYTES:
        raise KeyUnusable("sealing public key")
    try:
        return _suite().encrypt(content, _public(public), info=info)
    except ValueError as error:
        raise KeyUnusable("sealing public key") from error
