"""Who said it: Ed25519 keys of devices, organisations, the hub and the network's root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.errors import KeyUnusable, Tampered
from sync.client.hybrid import SealingPair
from sync.protocol import ed25519
from sync.protocol.ed25519 import SEED_BYTES


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private signing key, which is its 32-byte seed."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be a key."""
        if len(self.seed) != SEED_BYTES or not any(self.seed):
            raise KeyUnusable("signing seed")

    @classmethod
    def make(cls, chance: Callable[[int], bytes]) -> "SigningKey":
        """Return a new key."""
        return cls(chance(SEED_BYTES))

    @property
    def private(self) -> Ed25519PrivateKey:
        """Return the key as the library that signs requests takes it."""
        return _private(self.seed)

    @property
    def public(self) -> bytes:
        """Return the 32 bytes that anybody may know."""
        return ed25519.public_of(self.seed)

    def sign(self, content: bytes) -> bytes:
        """Return the signature; `content` begins with its context."""
        return ed25519.signed(self.seed, content)


# Making a key of its bytes costs as much as signing with it.
@lru_cache(maxsize=16)
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def verify(public: bytes, content: bytes, sig: bytes, what: str) -> None:
    """Raise `Tampered` unless the holder of `public` signed `content`."""
    if not ed25519.is_signed(public, content, sig):
        raise Tampered(what)


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
