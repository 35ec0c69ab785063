"""Sealing to a public key: HPKE with ML-KEM-768 + X25519 (D-006)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from sync.client.errors import KeyUnusable, Tampered

HYBRID = 1
"""The suite byte: MLKEM768-X25519, HKDF-SHA256, ChaCha20-Poly1305."""
PUBLIC_BYTES = 1184 + 32
SECRET_BYTES = 64 + 32


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
        kem, curve = self._halves()
        return kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def open(self, enc: bytes, info: bytes) -> bytes:
        """Return what was sealed to this pair with this `info`."""
        try:
            return _suite().decrypt(enc, hpke.MLKEM768X25519PrivateKey(*self._halves()), info=info)
        except (InvalidTag, ValueError) as error:
            raise Tampered("seal") from error

    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        return (
            MLKEM768PrivateKey.from_seed_bytes(self.secret[:64]),
            X25519PrivateKey.from_private_bytes(self.secret[64:]),
        )


def seal_to(public: bytes, content: bytes, info: bytes) -> bytes:
    """Seal `content` so that only the holder of the private half opens it."""
    if len(public) != PUBLIC_BYTES:
        raise KeyUnusable("sealing public key")
    try:
        key = hpke.MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:1184]),
            X25519PublicKey.from_public_bytes(public[1184:]),
        )
        return _suite().encrypt(content, key, info=info)
    except ValueError as error:
        raise KeyUnusable("sealing public key") from error
