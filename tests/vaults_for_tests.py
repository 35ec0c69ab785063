"""Real encrypted vaults, made once and copied, so that a test gets one in milliseconds."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fakes import FakeKeychain, FixedChance

from desktop.services import members
from desktop.vault import opening
from desktop.vault.folder import Folder

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


def by_key(folder, key=None):
    """Open a vault by its raw key: that of one made by `a_closed_vault`, or another."""
    files = Folder(Path(folder))
    owner, copies = opening.approach(files)
    try:
        return opening.open_vault(files, copies, key or vmk(), owner)[0]
    except BaseException:
        owner.release()
        raise


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
