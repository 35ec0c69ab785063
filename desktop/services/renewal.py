"""New keys for a member's own vault."""

from dataclasses import replace

from desktop.domain.ids import VaultId
from desktop.services import codes, passphrases
from desktop.services.passphrases import Making
from desktop.services.unlocking import Unlocked, only_secret, opened
from desktop.vault import epoch, escrow, meta
from desktop.vault.database import Vault


def of_own_vault(vault: Vault, passphrase: str, making: Making) -> Unlocked:
    """See `members.renew_keys`, which has proven the passphrase."""
    fresh, chance = epoch.next_epoch(vault, making["chance"]), making["chance"]
    slot, secret = passphrases.fresh_slot(fresh.lid, fresh.vmk, passphrase, making)
    recovery, code = codes.fresh_slot(fresh.lid, fresh.vmk, chance)
    sealed = escrow.slots_for(vault, fresh.lid, fresh.vmk)
    folder, world = vault.folder, vault.world
    epoch.renew(vault, fresh.opened_by(slot, recovery, *sealed), meta.code_shown)
    if secret:
        only_secret(making["keychain"], VaultId(fresh.lid.vault_id), secret)
    unlocked, _ = opened(folder, world, lambda _: fresh.vmk)
    return replace(unlocked, recovery_code=code)
