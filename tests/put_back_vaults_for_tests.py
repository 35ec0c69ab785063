"""A vault of the tests that comes back from a backup of an earlier day."""

import shutil

from vaults_for_tests import by_key

from desktop.services import backups, witness
from desktop.services.exchange import HubState


def keep(of, place):
    """Leave a backup where no later one replaces it."""
    backups.make(of.vault, of.moment().now)
    shutil.copytree(of.vault.folder / "backup", place / "backup")
    return place


def put_back(of, kept, folder):
    """Put that backup in the vault's place, and go on, as a person does."""
    keys, now = backups.of_vault(of.vault), of.moment().now
    of.vault.close()
    backups.restore(backups.found_at(kept)[0], folder, keys, now)
    of.vault = by_key(folder)
    assert of.round().state is HubState.ROLLED_BACK
    witness.go_on(of.vault, of.moment())
    of.round()
