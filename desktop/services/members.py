"""Who may open a vault of their own: making it, unlocking it, and choosing what opens it."""

from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

import msgspec

from desktop.domain.passphrases import Strength, strength
from desktop.domain.text import line
from desktop.errors import DiskFull, TextTooLong
from desktop.keychain import Keychain
from desktop.paths import refuse_synced
from desktop.services import codes, passphrases
from desktop.services.codes import looks_like_a_code, new_code, prove_code
from desktop.services.passphrases import Making, prove
from desktop.services.people import Person, people
from desktop.services.unlocking import Unlocked, by_code, by_passphrase, opened
from desktop.vault import escrow, opening
from desktop.vault.checks import check_build
from desktop.vault.database import Vault
from desktop.vault.folder import Folder
from desktop.vault.header import Header, Policy
from desktop.vault.keys import FLOOR, KEY, USUAL, Chance, Cost
from desktop.vault.opening import Proven
from desktop.vault.slots import Lid

__all__ = [
    "FLOOR", "USUAL", "Cost", "Created", "Making", "Person", "Proven", "Strength", "Unlocked",
    "change_passphrase", "checked_label", "create", "exists", "label", "looks_like_a_code",
    "new_code", "people", "prove", "prove_code", "rename", "renew_keys", "set_passphrase",
    "strength", "unlock", "unlock_with_recovery",
]  # fmt: skip

KEYRING_FAILED = "keyring_failed"
LABEL_LIMIT = 40


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
    passphrases.check(passphrase)
    refuse_synced(folder)
    check_build()
    chance, label = making["chance"], making.get("label", "")
    policy = Policy(checked_label(label) if label else "")
    vmk = chance(KEY)
    lid = Lid(UUID(bytes=chance(16), version=4), 0, making["world"])
    slot, secret = passphrases.fresh_slot(lid, vmk, passphrase, making)
    recovery, code = codes.fresh_slot(lid, vmk, chance)
    header = Header(lid.vault_id, lid.epoch, lid.world, (slot, recovery), policy)
    opening.make(folder, header, vmk)
    unlocked, _ = opened(folder, lid.world, lambda _: vmk)
    return Created(unlocked.vault, code, keyring_failed=not secret)


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

    find = by_passphrase(folder, passphrase, knocking["keychain"], knocking["now"])
    unlocked, proven = opened(folder, knocking["world"], find)
    chance = knocking.get("chance")
    code = codes.renewed(unlocked.vault, proven, chance) if chance else ""
    return replace(unlocked, recovery_code=code)


def unlock_with_recovery(folder: Path, code: str, *, world: str, now: datetime) -> Unlocked:
    """Open the vault with the printed code: no keyring, and no waiting for 130 random bits."""
    return opened(folder, world, by_code(folder, code, now))[0]


def set_passphrase(
    folder: Path, code: str, passphrase: str, *, now: datetime, **making: Unpack[Making]
) -> Unlocked:
    """Open a closed vault with the printed code and put a new passphrase in force.

    The old passphrase opens it no more. Its notices may hold 'keyring_failed'.
    """
    passphrases.check(passphrase)
    unlocked, proven = opened(folder, making["world"], by_code(folder, code, now))
    with ExitStack() as undo:
        undo.callback(unlocked.vault.close)
        is_kept = passphrases.put_in_force(unlocked.vault, proven, passphrase, making)
        prove_code(unlocked.vault)
        undo.pop_all()
    return replace(unlocked, notices=unlocked.notices + _notices(is_kept))


def change_passphrase(
    vault: Vault, old: str, new: str, *, now: datetime, **making: Unpack[Making]
) -> tuple[str, ...]:
    """Put a new passphrase in force in an unlocked vault, once the old one was typed again.

    Killed at any moment, the old one opens or the new one. Where two people had opened it with the
    organisation's key, looks are its owner's own again. Returns notices: 'keyring_failed'.
    Raises `WeakPassphrase`, `WrongPassphrase`, `WaitBeforeTrying`, `KeyringSilent`, `DiskFull`.
    """
    passphrases.check(new)
    proven = prove(vault, old, making["keychain"], now)
    is_kept = passphrases.put_in_force(vault, proven, new, making)
    with suppress(DiskFull), vault.transaction() as db:  # the new one is in force already
        escrow.note_back(db, now)
    return _notices(is_kept)


def label(vault: Vault) -> str:
    """Return what the lock screen calls this member; empty where none was chosen."""
    return opening.current(vault).header.policy.label


def rename(vault: Vault, label: str) -> None:
    """Call this member something else on the lock screen; raises as `checked_label`."""
    copy = opening.current(vault)
    policy = msgspec.structs.replace(copy.header.policy, label=checked_label(label))
    header = msgspec.structs.replace(copy.header, policy=policy)
    opening.replace_header(vault, header, copy.seq + 1)


def checked_label(label: str) -> str:
    """Return one short line, readable by whoever holds the laptop: never a young person's name.

    Raises `NothingWritten`, `TextTooLong`, `ResidentNumberFound`.
    """
    cleaned = line(label, "label")
    if len(cleaned) > LABEL_LIMIT:
        raise TextTooLong(limit=LABEL_LIMIT)
    return cleaned


def renew_keys(
    vault: Vault, passphrase: str, *, now: datetime, **making: Unpack[Making]
) -> Unlocked:
    """Put everything under new keys, in a new and proven file; closes `vault`, returns it anew.

    The passphrase stays, the recovery code is a new one: write it down. Copies made before,
    backups among them, still open with the old keys. Raises `VaultInUse` while another connection
    is open; until it returns, a kill leaves the old keys in force or the new ones.
    """
    from desktop.services import renewal

    prove(vault, passphrase, making["keychain"], now)
    return renewal.of_own_vault(vault, passphrase, making)


def _notices(is_kept: bool) -> tuple[str, ...]:
    return () if is_kept else (KEYRING_FAILED,)
