"""Backups: made, kept in order, copied to a stick, looked through, and put at a new place."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from uuid import UUID

from desktop.domain import backups
from desktop.domain.backups import Generation
from desktop.errors import (
    BackupDamaged,
    CopyFailed,
    DiskFailed,
    DiskFull,
    KeyringSilent,
    NoBackup,
    NoRoomThere,
    WrongPassphrase,
)
from desktop.keychain import Keychain
from desktop.paths import refuse_synced
from desktop.services import unlocking
from desktop.services.codes import looks_like_a_code
from desktop.services.unlocking import Finder
from desktop.vault import backup, carrying, meta
from desktop.vault.backup import always
from desktop.vault.carrying import Restored
from desktop.vault.checks import check_build
from desktop.vault.database import Vault
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder
from desktop.vault.header import Header
from desktop.vault.keys import VaultKeys
from desktop.vault.pages import BLOCK
from desktop.vault.proving import prove
from desktop.vault.shelf import GoesOn, Shelf
from desktop.vault.slots import PassphraseSlot

__all__ = [
    "Found", "Generation", "GoesOn", "Restored", "Vault", "after_purge", "copy_to",
    "destroy_before", "finder", "found_at", "is_due", "listing", "make", "of_vault", "opened_by",
    "opens_by_code_only", "parts", "restore", "restored", "size", "verify",
]  # fmt: skip

ON_A_STICK = "bammajung-backup"
Keys = VaultKeys
"""What opens the backups of one vault, in one epoch."""


@dataclass(frozen=True, slots=True)
class Found:
    """A backup, wherever it stands. What its header says is not proven yet."""

    path: Path
    generation: Generation
    header: Header


def listing(folder: Path) -> tuple[Generation, ...]:
    """Return the backups of the vault in `folder`, newest first. Needs no key."""
    return Shelf(Folder(folder).backup).listing()


def is_due(vault: Vault, now: datetime) -> bool:
    """Whether something happened since the last backup, and that was an hour ago or more.

    At once where another passphrase or code opens the vault than what lies here.
    """
    made = listing(vault.folder)
    return _is_outdated(vault, made) or backups.is_due(made, vault.session.head.seq, now)


def make(
    vault: Vault, now: datetime, *, reads_all: bool = False, goes_on: GoesOn = always
) -> Generation:
    """Make a backup; the first of a night, and with `reads_all` any, is looked through whole.

    Works from any thread and beside whoever writes. Raises `BackupFailed`, `DiskFull`,
    `DiskFailed`, and `VaultDamaged` when the vault itself is.
    """
    is_first = backups.needs_reading(listing(vault.folder), now)
    return backup.make(vault, now, reads_all=reads_all or is_first, goes_on=goes_on)


def after_purge(vault: Vault, now: datetime) -> Generation:
    """Make a backup, and destroy every one that still holds what was purged (P8)."""
    made = make(vault, now)
    backup.destroy_older(Folder(vault.folder), made)
    return made


def destroy_before(folder: Path, moment: datetime) -> int:
    """Destroy the backups made before `moment`; return how many they were."""
    return backup.destroy_before(Folder(folder), moment)


def found_at(path: Path) -> tuple[Found, ...]:
    """Return the backups at `path`, newest first: one itself, a vault's folder, or a stick."""
    if backups.named(path.name) and path.is_dir():
        shelves = [Shelf(path.parent)]
        standing = [(shelves[0], made) for made in shelves[0].listing() if made.name == path.name]
    else:
        stick = path if path.name == ON_A_STICK else path / ON_A_STICK
        below = [path, path / "backup", *_folders(stick)]
        shelves = [Shelf(place) for place in below]
        standing = [(shelf, made) for shelf in shelves for made in shelf.listing()]
    found = [
        Found(shelf.place(made).path, made, told.header)
        for shelf, made in standing
        if (told := shelf.header_of(made))
    ]
    return _newest_first(found)


def _newest_first(found: list[Found]) -> tuple[Found, ...]:
    """Sort each vault's by what had happened, which no wrong clock can change; vaults by time."""
    vaults: dict[UUID, list[Found]] = {}
    for each in sorted(
        found, key=lambda f: (f.generation.seq, f.generation.made_at), reverse=True
    ):
        vaults.setdefault(each.header.vault_id, []).append(each)
    ordered = sorted(vaults.values(), key=lambda v: v[0].generation.made_at, reverse=True)
    return tuple(chain.from_iterable(ordered))


def of_vault(vault: Vault) -> Keys:
    """Return what opens the backups of an open vault."""
    return vault.session.keys


def finder(folder: Path, typed: str, keychain: Keychain, now: datetime) -> Finder:
    """Return what opens by a recovery code, or by a passphrase, whichever was typed.

    Wrong tries are counted beside the vault in `folder`.
    """
    if looks_like_a_code(typed):
        return unlocking.by_code(folder, typed, now)
    return unlocking.by_passphrase(folder, typed, keychain, now)


def opened_by(find: Finder, found: tuple[Found, ...]) -> tuple[Found, Keys]:
    """Return the newest backup that opens, one of each vault tried.

    Raises `NoBackup` when there is none, and `WrongPassphrase` when none opens; `KeyringSilent`
    when one may be opened by it, and this keyring does not have its part.
    """
    check_build()
    if not found:
        raise NoBackup
    newest = {(each.header.lid): each for each in reversed(found)}
    failure: KeyringSilent | WrongPassphrase = WrongPassphrase()
    for each in sorted(newest.values(), key=lambda f: f.generation.made_at, reverse=True):
        try:
            vmk = find(each.header)
        except KeyringSilent as silent:
            failure, vmk = silent, None
        if vmk is not None:
            return each, each.header.keys(vmk)
    raise failure


def verify(path: Path, keys: Keys) -> None:
    """Read every byte, row and journal entry of one backup; raise `BackupDamaged`."""
    prove(Folder(path), keys)


def copy_to(source: Path, place: Path, keys: Keys, goes_on: GoesOn = always) -> Found:
    """Copy the newest backup of the vault in `source` to a stick, and prove it there.

    Whole or not at all; older copies of this vault there are destroyed afterwards. Raises
    `NoBackup`, `UnsafePlace`, `NoRoomThere`, `CopyFailed`, `BackupDamaged`.
    """
    shelf = Shelf(Folder(source).backup)
    newest = shelf.newest()
    told = shelf.header_of(newest)
    if told is None:
        raise BackupDamaged(name=newest.name)
    if not place.is_dir():
        raise CopyFailed
    refuse_synced(place)
    there = Shelf(place / ON_A_STICK / told.header.vault_id.hex[:8])
    with elsewhere():
        made = carrying.carry(shelf.place(newest), there, keys, goes_on)
    return Found(there.place(made).path, made, told.header)


def restore(
    found: Found, place: Path, keys: Keys, now: datetime, goes_on: GoesOn = always
) -> None:
    """Put a vault out of a backup at an empty place; then `members.set_passphrase` opens it.

    `goes_on` is asked at each of its `parts`, and before and after all is proven. Raises
    `PlaceTaken`, `UnsafePlace`, `BackupDamaged`, `BackupFailed`, `DiskFull`, `DiskFailed`.
    """
    refuse_synced(place)
    carrying.restore(Folder(found.path), Folder(place), keys, now, goes_on)


def size(found: Found) -> int:
    """Return how many bytes a backup takes; raises `DiskFailed` when it is gone meanwhile."""
    files = Folder(found.path)
    try:
        return sum(file.stat().st_size for file in (*files.headers, files.database, files.anchor))
    except OSError as error:
        raise from_disk(error) from error


def parts(size: int) -> int:
    """Return of how many parts a backup of so many bytes is copied."""
    return max(1, -(-size // BLOCK))


def opens_by_code_only(found: Found) -> bool:
    """Whether no passphrase opens a backup: what comes from a hub opens with the code alone."""
    return not any(isinstance(slot, PassphraseSlot) for slot in found.header.slots)


def restored(vault: Vault) -> Restored | None:
    """Return out of which backup this vault came, or None."""
    with vault.reading() as db:
        return carrying.restored(db)


def _is_outdated(vault: Vault, made: tuple[Generation, ...]) -> bool:
    told = Shelf(Folder(vault.folder).backup).header_of(made[0]) if made else None
    with vault.reading() as db:
        return told is not None and told.seq < meta.header_seq(db)


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(path.iterdir()) if path.is_dir() else []
    except OSError as error:
        raise from_disk(error) from error


@contextmanager
def elsewhere() -> Iterator[None]:
    """A full stick is not a full disk: nothing on this computer waits for room."""
    try:
        yield
    except DiskFull as error:
        raise NoRoomThere from error
    except DiskFailed as error:
        raise CopyFailed from error
