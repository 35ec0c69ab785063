"""Every key of a vault, each derived under a label of its own. The door to `cryptography`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.errors import MemoryShort

Chance = Callable[[int], bytes]
"""Gives this many random bytes: `os.urandom`, or a fixed source in a test."""

SALT, NONCE, KEY = 16, 12, 32
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id memory in KiB, passes and lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def is_allowed(self) -> bool:
        """Whether a header may ask for this: no cheap guess, no laptop brought to its knees."""
        return (
            64 * _MIB <= self.memory_kib <= 1024 * _MIB
            and 1 <= self.passes <= 10
            and 1 <= self.lanes <= 8
        )

    @property
    def work(self) -> int:
        """Memory times passes: what the time grows with."""
        return self.memory_kib * self.passes


USUAL = Cost(256 * _MIB, 3, 4)
FLOOR = Cost(64 * _MIB, 1, 1)


@dataclass(frozen=True, slots=True, repr=False)
class VaultKeys:
    """What the one vault key (VMK) opens. Never printed."""

    database: bytes
    chain: bytes
    digest: bytes
    anchor: bytes
    header: bytes
    attachments: bytes
    backup: bytes
    audit: bytes


def vault_keys(vmk: bytes, vault_id: UUID, epoch: int) -> VaultKeys:
    """Derive the keys of a vault from its VMK. 48 bytes for SQLCipher: key and salt."""
    if len(vmk) != KEY or not any(vmk):
        # A wiped buffer must never encrypt anything (AgePonyAndroid #9).
        raise ValueError("not a vault key")
    scope = scope_of(vault_id, epoch)

    def part(label: str, length: int = KEY) -> bytes:
        return derived(label, vmk, scope, length)

    return VaultKeys(
        database=part("database", KEY + SALT),
        chain=part("chain"),
        digest=part("digest"),
        anchor=part("anchor"),
        header=part("header"),
        attachments=part("attachments"),
        backup=part("backup"),
        audit=part("audit"),
    )


def scope_of(vault_id: UUID, epoch: int) -> bytes:
    """Return what a key of this vault in this epoch is derived for."""
    return vault_id.bytes + epoch.to_bytes(4, "big")


def derived(label: str, secret: bytes, scope: bytes, length: int = KEY) -> bytes:
    """HKDF-SHA512 without salt; `label` and `scope` make the info, so no two uses share a key."""
    info = b"bammajung/1 " + label.encode() + b"\0" + scope
    return HKDF(algorithm=SHA512(), length=length, salt=None, info=info).derive(secret)


def carried(keys: VaultKeys, vmk: bytes, scope: bytes, nonce: bytes) -> bytes:
    """Seal the journal's two keys for the next epoch, so that the one chain goes on (D-038).

    What has to be new after someone left is what opens and what counts: the keys of the database,
    the anchor and the header. The chain is only ever read inside the database.
    """
    return nonce + wrapped(
        derived("carried-kek", vmk, scope), nonce, keys.chain + keys.digest, b""
    )


def with_carried(keys: VaultKeys, vmk: bytes, scope: bytes, sealed: bytes) -> VaultKeys | None:
    """Return `keys` with the journal's keys of the first epoch; None when they were changed."""
    kek = derived("carried-kek", vmk, scope)
    both = unwrapped(kek, sealed[:NONCE], sealed[NONCE:], b"")
    return replace(keys, chain=both[:KEY], digest=both[KEY:]) if both else None


def passphrase_kek(stretched: bytes, device_secret: bytes, scope: bytes) -> bytes:
    """Return what wraps the VMK in a passphrase slot. `device_secret` may be empty."""
    return derived("slot-kek", stretched + device_secret, scope)


def recovery_kek(code: bytes, scope: bytes) -> bytes:
    """Return what wraps the VMK in the recovery slot. The code is random: no stretching."""
    return derived("recovery-kek", code, scope)


def invitation_kek(code: bytes, scope: bytes) -> bytes:
    """Return what wraps the VMK in an invitation's slot: never the key of a recovery slot."""
    return derived("invitation-kek", code, scope)


def escrow_secret(halves: bytes) -> bytes:
    """Return the organisation's private key, made of both halves of its printed code."""
    return derived("escrow-pair", halves, b"", 96)


def stretched(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    """Make a passphrase slow to guess: Argon2id v1.3, 32 bytes. Raises `MemoryShort`."""
    slow = Argon2id(
        salt=salt,
        length=KEY,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    try:
        return slow.derive(passphrase)
    except MemoryError as error:
        raise MemoryShort from error


def wrapped(kek: bytes, nonce: bytes, vmk: bytes, slot: bytes) -> bytes:
    """Seal keys under `kek`, bound to the slot's canonical header."""
    return AESGCM(kek).encrypt(nonce, vmk, slot)


def unwrapped(kek: bytes, nonce: bytes, sealed: bytes, slot: bytes) -> bytes | None:
    """Open a slot; None when the key is another or a byte was changed."""
    try:
        return AESGCM(kek).decrypt(nonce, sealed, slot)
    except InvalidTag:
        return None


def mac(key: bytes, content: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    made = HMAC(key, SHA256())
    made.update(content)
    return made.finalize()


def is_mac(key: bytes, content: bytes, told: bytes) -> bool:
    """Whether somebody who knew `key` wrote `content`. Compared in constant time."""
    made = HMAC(key, SHA256())
    made.update(content)
    try:
        made.verify(told)
    except InvalidSignature:
        return False
    return True
