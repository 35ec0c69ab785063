"""Whose vaults are on this laptop, as their files say before anybody has unlocked one."""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.ids import VaultId
from desktop.errors import AppError
from desktop.paths import Places
from desktop.vault import header as headers
from desktop.vault.folder import Folder


@dataclass(frozen=True, slots=True)
class Person:
    """One member's vault. `label` is empty when none was chosen or the file cannot be read.

    What is told here proves nothing: until the vault is unlocked anybody who could write to the
    folder may have changed it. `vault_id` is None when the header is damaged or too new: the
    person is still listed, and unlocking says what is wrong.
    """

    folder: Path
    label: str
    vault_id: VaultId | None


def people(places: Places, world: str) -> tuple[Person, ...]:
    """Return everybody who has a vault of their own here. Reads headers only; asks no key."""
    return tuple(_person(folder) for folder in places.vaults(world))


def _person(folder: Path) -> Person:
    try:
        header = headers.read(Folder(folder)).newest.header
    except AppError:
        return Person(folder, "", None)
    return Person(folder, header.policy.label, VaultId(header.vault_id))
