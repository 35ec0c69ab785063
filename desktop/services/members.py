"""Who may open a vault: making one, unlocking it, and choosing a new passphrase."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from desktop.domain.ids import VaultId
from desktop.domain.passphrases import Strength, strength
from desktop.errors import (
    KeyringSilent,
    VaultDamaged,
    WeakPassphrase,
    WrongPassphrase,
    WrongWorld,
)
from desktop.keychain import Keychain, keep_proven
from desktop.paths import refuse_synced
from desktop.services import codes
from desktop.services.codes import looks_like_a_code, prove_code
from desktop.vault import header as headers
from desktop.vault import opening, tries
from desktop.vault.checks import check_build
from desktop.vault.database import Vault
from desktop.vault.folder import Folder
from desktop.vault.header import Copies, Header
from desktop.vault.keys import FLOOR, KEY, USUAL, Chance, Cost
from desktop.vault.owner import OwnerLock
from desktop.vault.quarantine import watched
from desktop.vault.recovery import code_secret, fresh_code
from desktop.vault.slots import (
    Lid,
    Slot,
    opened_by_code,
    opened_by_passphrase,
    passphrase_slot,
    recovery_slot,
)

__all__ = [
    "FLOOR", "USUAL", "Cost", "Created", "Making", "Strength", "Unlocked", "create", "exists",
    "looks_like_a_code", "prove_code", "set_passphrase", "strength", "unlock",
    "unlock_with_recovery",
]  # fmt: skip

KEYRING_FAILED = "keyring_failed"


class Making(TypedDict):
    """What a new passphrase slot needs from outside: the world, chance, keyring and cost."""

    world: str
    chance: Chance
    keychain: Keychain
    cost: NotRequired[Cost]


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """An open vault, and what was odd while opening it, as codes.

    'header_copy_damaged', 'anchor_torn': mended, a copy is in quarantine. 'not_closed': the
    program ended without closing; everything was checked. 'keyring_failed': see `Created`.
    """

    vault: Vault
    notices: tuple[str, ...]
    recovery_code: str = ""
    """A new code to write down: the one before was shown, and never proven to be on paper."""


@dataclass(frozen=True, slots=True, repr=False)
class Created:
    """A new, open vault, and the code that must be written down now: it is kept nowhere.

    When the keyring could not keep its secret, the passphrase alone opens the vault (D-017).
    """

    vault: Vault
    recovery_code: str
    keyring_failed: bool


def exists(folder: Path) -> bool:
    """Whether a vault, or any part of one, is here. Then nothing new is made in its place."""
    return Folder(folder).is_made()


def create(folder: Path, passphrase: str, **making: Unpack[Making]) -> Created:
    """Make a vault and open it.

    Raises `WeakPassphrase`, `UnsafePlace`, `UnsafeBuild`, `DiskFull`, and `VaultInUse` when
    something is there already.
    """
    _check_passphrase(passphrase)
    refuse_synced(folder)
    check_build()
    chance = making["chance"]
    vmk, code = chance(KEY), fresh_code(chance)
    lid = Lid(UUID(bytes=chance(16), version=4), 0, making["world"])
    slot = _passphrase_slot(lid, vmk, passphrase, making)
    slots = (slot, recovery_slot(lid, vmk, code_secret(code) or b"", chance))
    opening.make(folder, Header(lid.vault_id, lid.epoch, lid.world, slots), vmk)
    unlocked = _unlocked(folder, lid.world, lambda _: vmk)
    return Created(unlocked.vault, code, keyring_failed=not slot.needs_device)


class Knocking(TypedDict):
    """What unlocking needs from outside. With `chance`, a code nobody proved is made anew."""

    world: str
    keychain: Keychain
    now: datetime
    chance: NotRequired[Chance]


def unlock(folder: Path, passphrase: str, **knocking: Unpack[Knocking]) -> Unlocked:
    """Open the vault.

    Raises `WrongPassphrase`, `WaitBeforeTrying`, `KeyringSilent`, `VaultDamaged`, `VaultTooNew`,
    `WrongWorld`, `VaultInUse`, `UnsafeBuild`.
    """

    def by_passphrase(copies: Copies) -> bytes | None:
        files, header = Folder(folder), copies.newest.header
        tries.check(files, knocking["now"])
        secrets = _device_secrets(header, knocking["keychain"])
        tries.count(files, knocking["now"])
        for slot, secret in secrets:
            vmk = opened_by_passphrase(header.lid, slot, passphrase, secret)
            if vmk:
                tries.forget(files)
                found.append((copies, vmk))
                return vmk
        return None

    found: list[tuple[Copies, bytes]] = []
    unlocked = _unlocked(folder, knocking["world"], by_passphrase)
    chance = knocking.get("chance")
    code = codes.renewed(unlocked.vault, found[0], chance) if chance else ""
    return replace(unlocked, recovery_code=code)


def unlock_with_recovery(folder: Path, code: str, *, world: str, now: datetime) -> Unlocked:
    """Open the vault with the printed code: no keyring, and no waiting for 130 random bits."""
    return _unlocked(folder, world, lambda copies: _by_code(folder, copies, code, now))


def set_passphrase(
    folder: Path, code: str, passphrase: str, *, now: datetime, **making: Unpack[Making]
) -> Unlocked:
    """Open a closed vault with the printed code and put a new passphrase in force.

    The old passphrase opens it no more. Its notices may hold 'keyring_failed'.
    """
    _check_passphrase(passphrase)
    found: list[tuple[Copies, bytes]] = []

    def by_code(copies: Copies) -> bytes | None:
        vmk = _by_code(folder, copies, code, now)
        if vmk:
            found.append((copies, vmk))
        return vmk

    unlocked = _unlocked(folder, making["world"], by_code)
    with ExitStack() as undo:
        undo.callback(unlocked.vault.close)
        [(copies, vmk)] = found
        header = copies.newest.header
        slot = _passphrase_slot(header.lid, vmk, passphrase, making)
        codes.replace_slot(unlocked.vault, found[0], slot)
        prove_code(unlocked.vault)
        tries.forget(Folder(folder))
        undo.pop_all()
    notices = unlocked.notices if slot.needs_device else (*unlocked.notices, KEYRING_FAILED)
    return Unlocked(unlocked.vault, notices)


def _unlocked(folder: Path, world: str, find_vmk: Callable[[Copies], bytes | None]) -> Unlocked:
    check_build()
    files = Folder(folder)
    if not files.is_made():
        raise VaultDamaged(quarantined="")
    with ExitStack() as undo:
        files.make_private()
        owner = OwnerLock(files.owner)
        undo.callback(owner.release)
        with watched(files):
            copies = headers.read(files)
        if copies.newest.header.world != world:
            raise WrongWorld
        vmk = find_vmk(copies)
        if vmk is None:
            raise WrongPassphrase
        vault, notices = opening.open_vault(files, copies, vmk, owner)
        undo.pop_all()
    return Unlocked(vault, notices)


def _by_code(folder: Path, copies: Copies, code: str, now: datetime) -> bytes | None:
    secret, header = code_secret(code), copies.newest.header
    for slot in header.slots:
        vmk = (
            opened_by_code(header.lid, slot, secret)
            if secret and slot.kind == "recovery"
            else None
        )
        if vmk:
            return vmk
    tries.count(Folder(folder), now)
    return None


def _device_secrets(header: Header, keychain: Keychain) -> tuple[tuple[Slot, bytes], ...]:
    """Pair each passphrase slot with the keyring's secret where it needs one."""
    slots = [slot for slot in header.slots if slot.kind == "passphrase"]
    secret = b""
    if any(slot.needs_device for slot in slots):
        secret = keychain.read(VaultId(header.vault_id)) or b""
        if not secret:
            raise KeyringSilent
    return tuple((slot, secret if slot.needs_device else b"") for slot in slots)


def _passphrase_slot(lid: Lid, vmk: bytes, passphrase: str, making: Making) -> Slot:
    secret = making["chance"](KEY)
    try:
        keep_proven(making["keychain"], VaultId(lid.vault_id), secret)
    except KeyringSilent:
        secret = b""
    cost = making.get("cost", USUAL)
    if not cost.is_allowed():
        raise ValueError("this cost would be refused when opening")
    return passphrase_slot(lid, vmk, passphrase, secret, (cost, making["chance"]))


def _check_passphrase(passphrase: str) -> None:
    if not strength(passphrase).is_enough:
        raise WeakPassphrase
