"""Who said it: Ed25519 keys of devices, organisations, the hub and the network's root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.client.errors import KeyUnusable, Tampered
from sync.client.hybrid import SealingPair

SIGNATURE_BYTES = 64
_SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private signing key, which is its 32-byte seed."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be a key."""
        if len(self.seed) != _SEED_BYTES or not any(self.seed):
            raise KeyUnusable("signing seed")

    @classmethod
    def make(cls, chance: Callable[[int], bytes]) -> "SigningKey":
        """Return a new key."""
        return cls(chance(_SEED_BYTES))

    @property
    def private(self) -> Ed25519PrivateKey:
        """Return the key as `cryptography` takes it."""
        return _private(self.seed)

    @property
    def public(self) -> bytes:
        """Return the 32 bytes that anybody may know."""
        return self.private.public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        """Return the signature; `content` begins with its context."""
        return self.private.sign(content)


# Making a key of its bytes costs as much as signing with it.
@lru_cache(maxsize=16)
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=256)
def _public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


def verify(public: bytes, content: bytes, sig: bytes, what: str) -> None:
    """Raise `Tampered` unless the holder of `public` signed `content`."""
    try:
        _public(public).verify(sig, content)
    except (InvalidSignature, ValueError) as error:
        raise Tampered(what) from error


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """What makes this device this device: its id and its two private keys."""

    device: str
    sign: SigningKey
    seal: SealingPair

    @classmethod
    def make(cls, device: str, chance: Callable[[int], bytes]) -> "DeviceKeys":
        """Return new keys for the device."""
        return cls(device, SigningKey.make(chance), SealingPair.make(chance))

    @classmethod
    def load(cls, device: str, sign_key: bytes, seal_key: bytes) -> "DeviceKeys":
        """Return the keys that were kept."""
        return cls(device, SigningKey(sign_key), SealingPair(seal_key))
