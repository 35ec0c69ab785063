"""Ways of doing it wrong, which the harnesses must notice: tried as `workflows` are."""

import shutil

from fakes import FixedChance
from prove.keyflows import (
    ANOTHER,
    KeptKeychain,
    an_own_vault,
    found_migrated,
    found_opening,
    making,
    migrating_with,
)
from prove.workflows import HASTY, LATER, Ready, Workflow, an_evening
from vaults_for_tests import PASSPHRASE, by_key, vmk

from desktop.services import codes, members
from desktop.vault import header as headers
from desktop.vault import opening
from desktop.vault.folder import Folder
from desktop.vault.slots import passphrase_slot


def _header_in_place(place):
    """Both copies are written where they are, none aside."""
    vault = by_key(place / "home" / "vault")
    folder, copy = Folder(vault.folder), opening.current(vault)

    def act():
        content = headers.encode(copy.seq + 1, copy.header, vault.session.keys.header)
        files = [path.open("wb") for path in folder.headers]
        for file in files:
            file.write(content)
            file.close()

    return Ready(act)


def _secret_first(place):
    """The keyring forgets the secret of the passphrase that is still in force."""
    vault = by_key(place / "home" / "vault")
    keychain, chance = KeptKeychain(place), FixedChance("later")

    def act():
        lid = opening.current(vault).header.lid
        secret = chance(32)
        keychain.keep(lid.vault_id, secret)
        made = passphrase_slot(lid, vmk(), ANOTHER, secret, (members.FLOOR, chance))
        codes.replace_slot(vault, made)

    return Ready(act)


def _files_one_by_one(place):
    """New keys, moved in file by file, and nothing that says so."""
    old, new = place / "home" / "vault", place / "home" / "new"
    shutil.copytree(old, new)
    renewed = members.renew_keys(by_key(new), PASSPHRASE, now=LATER, **making(place))
    renewed.vault.close()

    def act():
        for name in ("anchor", "notes.db", "hdr.a", "hdr.b"):
            (new / name).replace(old / name)

    return Ready(act)


IN_PLACE = Workflow("a header in place", _header_in_place, an_own_vault, found_opening)
SECRET_FIRST = Workflow("the secret first", _secret_first, an_own_vault, found_opening)
ONE_BY_ONE = Workflow(
    "files one by one", _files_one_by_one, an_own_vault, found_opening, reach="home"
)
HALF = Workflow("a script in halves", migrating_with(halves=True), an_evening, found_migrated)
ALL = (HASTY, IN_PLACE, SECRET_FIRST, ONE_BY_ONE, HALF)
