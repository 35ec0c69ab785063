"""Opening a closed vault, by whatever opens it."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.ids import VaultId
from desktop.errors import KeyringSilent, VaultDamaged, WrongPassphrase, WrongWorld
from desktop.keychain import Keychain
from desktop.vault import opening, tries
from desktop.vault.checks import check_build
from desktop.vault.database import Vault
from desktop.vault.folder import Folder
from desktop.vault.header import Header
from desktop.vault.keys import KEY
from desktop.vault.opening import Proven
from desktop.vault.recovery import code_secret
from desktop.vault.slots import (
    PassphraseSlot,
    RecoverySlot,
    opened_by_code,
    opened_by_passphrase,
)

Finder = Callable[[Header], bytes | None]
"""Looks for the VMK among the slots of a header."""


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """An open vault, and what was odd while opening it, as codes.

    'header_copy_damaged', 'anchor_torn': mended, a copy is in quarantine. 'not_closed': the
    program ended without closing; everything was checked. 'keyring_failed': the keyring could
    not keep its secret, so the passphrase alone opens the vault (D-017).
    """

    vault: Vault
    notices: tuple[str, ...]
    recovery_code: str = ""
    """A new code to write down: the one before was shown, and never proven to be on paper."""


def opened(folder: Path, world: str, find: Finder) -> tuple[Unlocked, Proven]:
    """Open the vault whose key `find` finds; raises `WrongPassphrase` when it finds none."""
    check_build()
    files = Folder(folder)
    if not files.is_made():
        raise VaultDamaged(quarantined="")
    with ExitStack() as undo:
        owner, copies = opening.approach(files)
        undo.callback(owner.release)
        header = copies.newest.header
        if header.world != world:
            raise WrongWorld
        vmk = find(header)
        if vmk is None:
            raise WrongPassphrase
        vault, notices = opening.open_vault(files, copies, vmk, owner)
        undo.pop_all()
    return Unlocked(vault, notices), Proven(vmk)


def by_passphrase(folder: Path, passphrase: str, keychain: Keychain, now: datetime) -> Finder:
    """Return what looks among the passphrase slots, and makes wrong tries wait (R-26).

    Typed once it is one try, in however many vaults of a stick it is looked for.
    """
    files, is_counted = Folder(folder), False

    def find(header: Header) -> bytes | None:
        nonlocal is_counted
        if not is_counted:
            tries.check(files, now)
        slots = _with_secrets(header, keychain)
        if not is_counted:
            tries.count(files, now)
            is_counted = True
        for slot, held in slots:
            found = opened_by_passphrase(header.lid, slot, passphrase, held)
            if found:
                vmk, secret = found
                tries.forget(files)
                if len(held) > 1:
                    only_secret(keychain, VaultId(header.vault_id), secret)
                return vmk
        return None

    return find


def by_code(folder: Path, code: str, now: datetime) -> Finder:
    """Return what looks among the recovery slots: no keyring, no waiting for 130 random bits."""
    files, is_counted = Folder(folder), False

    def find(header: Header) -> bytes | None:
        nonlocal is_counted
        secret = code_secret(code)
        for slot in header.slots:
            if secret and isinstance(slot, RecoverySlot):
                vmk = opened_by_code(header.lid, slot, secret)
                if vmk:
                    if is_counted:  # in another vault of the same stick
                        tries.forget(files)
                    return vmk
        if not is_counted:
            tries.count(files, now)
            is_counted = True
        return None

    return find


def split_secrets(kept: bytes) -> tuple[bytes, ...]:
    """Return the secrets in the keyring: two or more when a change was cut short."""
    return tuple(kept[at : at + KEY] for at in range(0, len(kept), KEY))


def only_secret(keychain: Keychain, vault_id: VaultId, secret: bytes) -> None:
    """Keep the secret in force alone; what a silent keyring refuses now, it is asked again."""
    with suppress(KeyringSilent):
        keychain.keep(vault_id, secret)


def _with_secrets(
    header: Header, keychain: Keychain
) -> tuple[tuple[PassphraseSlot, tuple[bytes, ...]], ...]:
    """Pair each passphrase slot with the keyring's secrets where it needs one."""
    slots = [slot for slot in header.slots if isinstance(slot, PassphraseSlot)]
    held: tuple[bytes, ...] = ()
    if any(slot.needs_device for slot in slots):
        held = split_secrets(keychain.read(VaultId(header.vault_id)) or b"")
        if not held:
            raise KeyringSilent
    return tuple((slot, held if slot.needs_device else (b"",)) for slot in slots)
