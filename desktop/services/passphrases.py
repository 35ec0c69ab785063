"""A passphrase put in force: its slot in the header, and its secret in the keyring."""

from datetime import datetime
from typing import NotRequired, TypedDict

from desktop.domain.ids import VaultId
from desktop.domain.passphrases import strength
from desktop.errors import KeyringSilent, WeakPassphrase, WrongPassphrase
from desktop.keychain import Keychain, keep_proven
from desktop.services import codes
from desktop.services.unlocking import by_passphrase, only_secret
from desktop.vault import opening, tries
from desktop.vault.database import Vault
from desktop.vault.folder import Folder
from desktop.vault.keys import KEY, USUAL, Chance, Cost
from desktop.vault.opening import Proven
from desktop.vault.slots import Lid, PassphraseSlot, passphrase_slot

_MOST_KEPT = 7 * KEY  # as text this stays below what Windows takes, however often one is killed


class Making(TypedDict):
    """What a new passphrase slot needs from outside: the world, chance, keyring and cost.

    `label` is what the lock screen calls this member: see `members.checked_label`.
    """

    world: str
    chance: Chance
    keychain: Keychain
    cost: NotRequired[Cost]
    label: NotRequired[str]


def check(passphrase: str) -> None:
    """Raise `WeakPassphrase` when it could be guessed."""
    if not strength(passphrase).is_enough:
        raise WeakPassphrase


def prove(vault: Vault, passphrase: str, keychain: Keychain, now: datetime) -> Proven:
    """Let the person at an unlocked vault type the passphrase once more.

    Raises `WrongPassphrase`, `WaitBeforeTrying`, `KeyringSilent`.
    """
    header = opening.current(vault).header
    vmk = by_passphrase(vault.folder, passphrase, keychain, now)(header)
    if vmk is None:
        raise WrongPassphrase
    return Proven(vmk)


def fresh_slot(
    lid: Lid, vmk: bytes, passphrase: str, making: Making
) -> tuple[PassphraseSlot, bytes]:
    """Make a slot, and return it with its new secret; empty when the keyring keeps none.

    Until `only_secret` is called the keyring holds the secrets before it too, so that a kill
    before the header is written leaves the old passphrase in force, and after it the new one.
    """
    keychain, vault_id = making["keychain"], VaultId(lid.vault_id)
    secret = making["chance"](KEY)
    before = keychain.read(vault_id) or b""
    try:
        keep_proven(keychain, vault_id, before[-_MOST_KEPT:] + secret)
    except KeyringSilent:
        secret = b""
    cost = making.get("cost", USUAL)
    if not cost.is_allowed():
        raise ValueError("this cost would be refused when opening")
    return passphrase_slot(lid, vmk, passphrase, secret, (cost, making["chance"])), secret


def put_in_force(vault: Vault, proven: Proven, passphrase: str, making: Making) -> bool:
    """Let `passphrase` open this vault, and none before it; tell whether the keyring helps."""
    lid = opening.current(vault).header.lid
    slot, secret = fresh_slot(lid, proven.vmk, passphrase, making)
    codes.replace_slot(vault, slot)
    if secret:
        only_secret(making["keychain"], VaultId(lid.vault_id), secret)
    tries.forget(Folder(vault.folder))
    return bool(secret)
