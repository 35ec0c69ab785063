"""Real encrypted vaults, made once and copied, so that a test gets one in milliseconds."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fakes import FakeKeychain, FixedChance

from desktop.services import members
from desktop.vault import header, opening
from desktop.vault.folder import Folder
from desktop.vault.owner import OwnerLock

PASSPHRASE = "가로등 아래 라면 냄새 나는 골목"
WORLD = "practice"
_FILES = ("hdr.a", "hdr.b", "notes.db", "anchor")


def a_vault(folder):
    """Open a fresh, empty practice vault in `folder`, by its key: no passphrase is stretched."""
    a_closed_vault(folder)
    return by_key(folder)


def a_closed_vault(folder):
    """Put a vault into `folder` that `PASSPHRASE` and `code()` open, with `a_keychain()`."""
    folder = Path(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in _template()[0].items():
        (folder / name).write_bytes(content)
    return folder


def by_key(folder):
    """Open a vault made by `a_closed_vault` by its raw key."""
    files = Folder(Path(folder))
    owner = OwnerLock(files.owner)
    vault, _ = opening.open_vault(files, header.read(files), vmk(), owner)
    return vault


def vmk():
    """Return the vault key of every vault made here: the first thing chance gave."""
    return FixedChance()(32)


def code():
    """Return the recovery code."""
    return _template()[1]


def a_keychain():
    """Return a keyring that holds the device secret."""
    keychain = FakeKeychain()
    keychain.kept.update(_template()[2])
    return keychain


@cache
def _template():
    keychain = FakeKeychain()
    with TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        made = members.create(
            folder, PASSPHRASE,
            world=WORLD, chance=FixedChance(), keychain=keychain, cost=members.FLOOR,
        )  # fmt: skip
        members.prove_code(made.vault)
        made.vault.close()
        files = {name: (folder / name).read_bytes() for name in _FILES}
    return files, made.recovery_code, dict(keychain.kept)
