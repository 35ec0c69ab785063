"""A key slot: one way to the vault key (VMK). Each kind of way is a kind of slot."""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec

from desktop.vault.keys import (
    KEY,
    NONCE,
    SALT,
    Chance,
    Cost,
    invitation_kek,
    passphrase_kek,
    recovery_kek,
    stretched,
    unwrapped,
    wrapped,
)
from sync.protocol.digests import sha256

_HYBRID = 1120 + 16  # what HPKE adds: an ML-KEM-768 ciphertext, an X25519 share, and a tag
_Salt = Annotated[bytes, msgspec.Meta(min_length=SALT, max_length=SALT)]
_Nonce = Annotated[bytes, msgspec.Meta(min_length=NONCE, max_length=NONCE)]
_Sealed = Annotated[bytes, msgspec.Meta(min_length=KEY + 16, max_length=KEY + 16)]
_KeyId = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
_Hybrid = Annotated[bytes, msgspec.Meta(min_length=KEY + _HYBRID, max_length=KEY + _HYBRID)]
_Seconds = Annotated[int, msgspec.Meta(ge=0, lt=1 << 40)]


class _Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all slots are: read strictly, and told apart by `kind`."""


class PassphraseSlot(_Way, frozen=True, tag="passphrase"):
    """`needs_device` says whether the OS keyring's secret is part of the key (D-017)."""

    needs_device: bool
    cost: Cost
    salt: _Salt
    nonce: _Nonce
    sealed: _Sealed


class RecoverySlot(_Way, frozen=True, tag="recovery"):
    """Opened by the printed code."""

    salt: _Salt
    nonce: _Nonce
    sealed: _Sealed


class InvitationSlot(_Way, frozen=True, tag="invitation"):
    """A one-time code to a team vault. The program keeps to `until`; mathematics does not."""

    until: _Seconds
    salt: _Salt
    nonce: _Nonce
    sealed: _Sealed

    @property
    def ends_at(self) -> datetime:
        """When it is over, in UTC."""
        return datetime.fromtimestamp(self.until, UTC)

    def is_over(self, now: datetime) -> bool:
        """Whether nobody may come in by it any more."""
        return now.timestamp() >= self.until


class MemberSlot(_Way, frozen=True, tag="member"):
    """Sealed to the public key that a member's own vault holds the private half of."""

    key: _KeyId
    sealed: _Hybrid


class EscrowSlot(_Way, frozen=True, tag="escrow"):
    """Sealed to the organisation's offline recovery key, which two people open together."""

    key: _KeyId
    sealed: _Hybrid


Slot = PassphraseSlot | RecoverySlot | InvitationSlot | MemberSlot | EscrowSlot
CodeSlot = RecoverySlot | InvitationSlot
KeySlot = MemberSlot | EscrowSlot
_S = TypeVar("_S", bound=PassphraseSlot | RecoverySlot | InvitationSlot)


class Lid(msgspec.Struct, frozen=True):
    """What a slot belongs to: bound into its seal, so it opens in no other vault or world."""

    vault_id: UUID
    epoch: int
    world: str


def passphrase_slot(
    lid: Lid, vmk: bytes, passphrase: str, device_secret: bytes, made: tuple[Cost, Chance]
) -> PassphraseSlot:
    """Make a slot. `device_secret` is empty when the keyring could not keep one."""
    cost, chance = made
    slot = PassphraseSlot(bool(device_secret), cost, chance(SALT), chance(NONCE), bytes(KEY + 16))
    kek = passphrase_kek(_slow(slot, passphrase), device_secret, _scope(lid, slot.salt))
    return _sealed(lid, slot, kek, vmk)


def recovery_slot(lid: Lid, vmk: bytes, code: bytes, chance: Chance) -> RecoverySlot:
    """Make the slot that the printed code opens, with or without the laptop's keyring."""
    slot = RecoverySlot(chance(SALT), chance(NONCE), bytes(KEY + 16))
    return _sealed(lid, slot, _code_kek(lid, slot, code), vmk)


def invitation_slot(
    lid: Lid, vmk: bytes, code: bytes, until: datetime, chance: Chance
) -> InvitationSlot:
    """Make the slot that a one-time code opens `until` then."""
    seconds = int(until.astimezone(UTC).timestamp())
    slot = InvitationSlot(seconds, chance(SALT), chance(NONCE), bytes(KEY + 16))
    return _sealed(lid, slot, _code_kek(lid, slot, code), vmk)


def member_slot(lid: Lid, vmk: bytes, public: bytes) -> MemberSlot:
    """Make the slot of a member of the team; `KeyUnusable` when `public` is no key."""
    key = key_id(public)
    return MemberSlot(
        key, _hybrid(public, vmk, _bound(lid, MemberSlot(key, bytes(KEY + _HYBRID))))
    )


def escrow_slot(lid: Lid, vmk: bytes, public: bytes) -> EscrowSlot:
    """Make the slot of the organisation; `KeyUnusable` when `public` is no key."""
    key = key_id(public)
    return EscrowSlot(
        key, _hybrid(public, vmk, _bound(lid, EscrowSlot(key, bytes(KEY + _HYBRID))))
    )


def key_id(public: bytes) -> bytes:
    """Return what names a public key in a header: 32 bytes."""
    return sha256(b"bammajung key " + public)


def opened_by_passphrase(
    lid: Lid, slot: PassphraseSlot, passphrase: str, secrets: tuple[bytes, ...]
) -> tuple[bytes, bytes] | None:
    """Return the VMK and which secret helped, or None when passphrase or secrets are others.

    The keyring may hold two secrets after a change was cut short; stretching is paid once.
    """
    slow = _slow(slot, passphrase)
    for secret in secrets:
        kek = passphrase_kek(slow, secret, _scope(lid, slot.salt))
        vmk = unwrapped(kek, slot.nonce, slot.sealed, _bound(lid, slot))
        if vmk:
            return vmk, secret
    return None


def opened_by_code(lid: Lid, slot: CodeSlot, code: bytes) -> bytes | None:
    """Return the VMK, or None when the code is another."""
    kek = _code_kek(lid, slot, code)
    return unwrapped(kek, slot.nonce, slot.sealed, _bound(lid, slot))


def opened_by_key(lid: Lid, slot: KeySlot, secret: bytes) -> bytes | None:
    """Return the VMK, or None when it is sealed to another key. `secret` is a private key."""
    # HPKE and what it loads are not needed to open a vault of one's own.
    from sync.client.errors import KeyUnusable, Tampered
    from sync.client.hybrid import SealingPair

    try:
        pair = SealingPair(secret)
        if key_id(pair.public) != slot.key:
            return None
        return pair.open(slot.sealed, _bound(lid, slot))
    except (KeyUnusable, Tampered):
        return None


def _hybrid(public: bytes, vmk: bytes, info: bytes) -> bytes:
    from sync.client.hybrid import seal_to

    return seal_to(public, vmk, info)


def _slow(slot: PassphraseSlot, passphrase: str) -> bytes:
    # One keyboard types 밤 as one code point and another as three: the same passphrase.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return stretched(typed, slot.salt, slot.cost)


def _code_kek(lid: Lid, slot: CodeSlot, code: bytes) -> bytes:
    kek = recovery_kek if isinstance(slot, RecoverySlot) else invitation_kek
    return kek(code, _scope(lid, slot.salt))


def _sealed(lid: Lid, slot: _S, kek: bytes, vmk: bytes) -> _S:
    sealed = wrapped(kek, slot.nonce, vmk, _bound(lid, slot))
    return msgspec.structs.replace(slot, sealed=sealed)


def _scope(lid: Lid, salt: bytes) -> bytes:
    return lid.vault_id.bytes + lid.epoch.to_bytes(4, "big") + salt


def _bound(lid: Lid, slot: Slot) -> bytes:
    bare = msgspec.structs.replace(slot, sealed=bytes(len(slot.sealed)))
    return msgspec.json.encode((lid, bare), order="sorted")
