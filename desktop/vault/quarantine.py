"""Damaged bytes are copied aside and kept: never repaired silently, never deleted (P7)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import DiskFailed, DiskFull, MemoryShort, VaultDamaged
from desktop.vault.failures import from_sqlite
from desktop.vault.folder import Folder, flush_folder
from sync.protocol.digests import Digest


@contextmanager
def watched(folder: Folder) -> Iterator[None]:
    """Turn what SQLite complains about into ours; before damage is told, keep a copy of it.

    And leave a mark: damage met while the vault is open is looked for at the next opening, which
    otherwise reads only what it needs.
    """
    try:
        yield
    except sqlcipher.Error as error:
        failure = from_sqlite(error)
        if failure is None:
            raise
        if isinstance(failure, VaultDamaged):
            failure = VaultDamaged(quarantined=_suspected(folder))
        if isinstance(failure, DiskFailed) and folder.has_no_room():
            failure = DiskFull()
        raise failure from error
    except MemoryError as error:
        raise MemoryShort from error
    except VaultDamaged as damage:
        if damage.quarantined:
            raise
        raise VaultDamaged(_suspected(folder), damage.records) from damage


def copy_anew(folder: Folder) -> None:
    """Let damage that is met from now on be copied, whatever was copied at an opening before."""
    if folder.suspect.exists():
        _mark(folder, "")


def _suspected(folder: Folder) -> str:
    """Copy once for each opening, and return the copy's name.

    Saving goes on beside a damaged page, and each copy is as large as the vault: one for every
    time the page is met would fill the disk that the next words need.
    """
    with suppress(OSError, ValueError):
        copied = folder.suspect.read_text("ascii")
        if copied and (folder.quarantine / copied).is_dir():
            return copied
    _mark(folder, "")  # first: whoever is killed while copying has met it all the same
    name = keep(folder)
    _mark(folder, name)
    return name


def _mark(folder: Folder, copied: str) -> None:
    with suppress(OSError):  # a disk that takes no mark: the damage must still be told
        folder.suspect.write_text(copied, "ascii")


def keep(folder: Folder) -> str:
    """Copy every file of the vault as it is now; return the copy's name in `quarantine/`.

    The name is a hash of the content, so the same damage met twice is kept once. Returns an
    empty string when the disk does not take the copy: the damage must still be told.
    """
    files = [path for path in folder.kept if path.is_file()]  # a pipe, or a device, never ends
    try:
        name = _fingerprint(files)
        place = folder.quarantine / name
        if not place.exists():
            _copy(files, place)
    except OSError:
        return ""
    return name


def _copy(files: list[Path], place: Path) -> None:
    half = place.with_suffix(".half")
    half.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file, half / file.name)
    flush_folder(half)
    half.rename(place)
    flush_folder(place.parent)


def _fingerprint(files: list[Path]) -> str:
    digest = Digest()
    for path in files:
        digest.update(path.name.encode() + b"\0" + str(path.stat().st_size).encode() + b"\0")
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.value().hex()[:16]
