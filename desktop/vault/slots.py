"""A key slot: one way to the vault key (VMK), by a passphrase or by the recovery code."""

import unicodedata
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from desktop.vault.keys import (
    KEY,
    NONCE,
    SALT,
    Chance,
    Cost,
    passphrase_kek,
    recovery_kek,
    stretched,
    unwrapped,
    wrapped,
)

_Salt = Annotated[bytes, msgspec.Meta(min_length=SALT, max_length=SALT)]
_Nonce = Annotated[bytes, msgspec.Meta(min_length=NONCE, max_length=NONCE)]
_Sealed = Annotated[bytes, msgspec.Meta(min_length=KEY + 16, max_length=KEY + 16)]


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`needs_device` says whether the OS keyring's secret is part of the key (D-017)."""

    kind: Literal["passphrase", "recovery"]
    needs_device: bool
    cost: Cost | None
    salt: _Salt
    nonce: _Nonce
    sealed: _Sealed

    def is_sound(self) -> bool:
        """Whether opening it is safe to try: checked before any memory is spent on it."""
        if self.kind == "recovery":
            return self.cost is None and not self.needs_device
        return self.cost is not None and self.cost.is_allowed()


class Lid(msgspec.Struct, frozen=True):
    """What a slot belongs to: bound into its seal, so it opens in no other vault or world."""

    vault_id: UUID
    epoch: int
    world: str


def passphrase_slot(
    lid: Lid, vmk: bytes, passphrase: str, device_secret: bytes, made: tuple[Cost, Chance]
) -> Slot:
    """Make a slot. `device_secret` is empty when the keyring could not keep one."""
    cost, chance = made
    slot = Slot("passphrase", bool(device_secret), cost, chance(SALT), chance(NONCE), bytes(48))
    kek = _passphrase_kek(lid, slot, passphrase, device_secret)
    return _sealed(lid, slot, kek, vmk)


def recovery_slot(lid: Lid, vmk: bytes, code: bytes, chance: Chance) -> Slot:
    """Make the slot that the printed code opens, with or without the laptop's keyring."""
    slot = Slot("recovery", False, None, chance(SALT), chance(NONCE), bytes(48))
    return _sealed(lid, slot, recovery_kek(code, _scope(lid, slot)), vmk)


def opened_by_passphrase(lid: Lid, slot: Slot, passphrase: str, secret: bytes) -> bytes | None:
    """Return the VMK, or None when the passphrase or the device secret is another."""
    kek = _passphrase_kek(lid, slot, passphrase, secret)
    return unwrapped(kek, slot.nonce, slot.sealed, _bound(lid, slot))


def opened_by_code(lid: Lid, slot: Slot, code: bytes) -> bytes | None:
    """Return the VMK, or None when the code is another."""
    kek = recovery_kek(code, _scope(lid, slot))
    return unwrapped(kek, slot.nonce, slot.sealed, _bound(lid, slot))


def _passphrase_kek(lid: Lid, slot: Slot, passphrase: str, device_secret: bytes) -> bytes:
    if slot.cost is None:
        raise ValueError("a passphrase slot has a cost")
    # One keyboard types 밤 as one code point and another as three: the same passphrase.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return passphrase_kek(stretched(typed, slot.salt, slot.cost), device_secret, _scope(lid, slot))


def _sealed(lid: Lid, slot: Slot, kek: bytes, vmk: bytes) -> Slot:
    sealed = wrapped(kek, slot.nonce, vmk, _bound(lid, slot))
    return msgspec.structs.replace(slot, sealed=sealed)


def _scope(lid: Lid, slot: Slot) -> bytes:
    return lid.vault_id.bytes + lid.epoch.to_bytes(4, "big") + slot.salt


def _bound(lid: Lid, slot: Slot) -> bytes:
    bare = msgspec.structs.replace(slot, sealed=bytes(KEY + 16))
    return msgspec.json.encode((lid, bare), order="sorted")
