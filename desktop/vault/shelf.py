"""Where backups stand: in a vault's `backup/`, or on a stick. Each is whole, or not there."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.backups import Generation, named, newest_first
from desktop.errors import BackupFailed, NoBackup, VaultDamaged, VaultTooNew
from desktop.vault import header as headers
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder, flush_folder
from desktop.vault.header import Copy
from desktop.vault.pages import BLOCK

_HALF, _GONE = ".half-", ".gone-"
GoesOn = Callable[[], bool]
"""Asked now and then: False stops what is being done, and nothing of it stays."""


class Shelf:
    """Folders of generations, named by `Generation.name`."""

    def __init__(self, path: Path) -> None:
        """Nothing is read or made yet."""
        self.path = path

    def listing(self) -> tuple[Generation, ...]:
        """Return the generations that stand here, newest first. Nothing is proven by that."""
        try:
            found = [named(entry.name) for entry in self.path.iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise from_disk(error) from error
        return newest_first(made for made in found if made and self._is_complete(made))

    def place(self, generation: Generation) -> Folder:
        """Return its files."""
        return Folder(self.path / generation.name)

    def newest(self) -> Generation:
        """Return the newest, or raise `NoBackup`."""
        found = self.listing()
        if not found:
            raise NoBackup
        return found[0]

    @contextmanager
    def making(self) -> Iterator[Folder]:
        """Give a folder to fill. Unless it is made to `stand` inside the block, nothing stays."""
        half = self.path / f"{_HALF}{os.getpid()}"
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            half.mkdir(mode=0o700)
            yield Folder(half)
        except OSError as error:
            raise from_disk(error) from error
        finally:
            shutil.rmtree(half, ignore_errors=True)

    def stand(self, half: Folder, generation: Generation) -> None:
        """Put a filled and flushed folder in its place, by one rename."""
        flush_folder(half.path)
        half.path.rename(self.path / generation.name)
        flush_folder(self.path)

    def tidy(self) -> None:
        """Take away what a kill or a full disk left half made, or half gone."""
        if self.path.is_dir():
            for leftover in self.path.iterdir():
                if leftover.name.startswith((_HALF, _GONE)):
                    shutil.rmtree(leftover, ignore_errors=True)

    def destroy(self, generation: Generation) -> None:
        """Take one away for good. Killed half way it is no generation any more."""
        gone = self.path / f"{_GONE}{generation.name}"
        try:
            self.place(generation).path.rename(gone)
            flush_folder(self.path)
            shutil.rmtree(gone)
            flush_folder(self.path)
        except OSError as error:
            raise from_disk(error) from error

    def give_header(self, content: bytes) -> None:
        """Put the key slots now in force into every generation of the same vault and epoch.

        Otherwise a passphrase that was taken away would go on opening backups, and a new
        recovery code would not open them.
        """
        fresh = headers.decode(content)
        for generation in self.listing():
            told = self.header_of(generation)
            if fresh and told and told.header.lid == fresh.header.lid and told.seq < fresh.seq:
                headers.write(self.place(generation), content)

    def header_of(self, generation: Generation) -> Copy | None:
        """Return who may open a generation, unproven; None when that cannot be read."""
        try:
            return headers.read(self.place(generation)).newest
        except (VaultDamaged, VaultTooNew):
            return None

    def _is_complete(self, generation: Generation) -> bool:
        place = self.place(generation)
        return all(file.is_file() for file in (*place.headers, place.database, place.anchor))


def put(path: Path, content: bytes) -> None:
    """Write a new file, and have it on the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def copied(source: Path, target: Path, size: int, goes_on: GoesOn) -> Iterator[tuple[int, int]]:
    """Copy the first `size` bytes into a new file, and yield where each part has been written.

    It is not flushed yet. Raises `BackupFailed` when it is to stop, or `source` is shorter.
    """
    with source.open("rb", buffering=0) as old, target.open("xb", buffering=0) as new:
        for at in range(0, size, BLOCK):
            block = old.read(min(BLOCK, size - at))
            if len(block) != min(BLOCK, size - at) or not goes_on():
                raise BackupFailed
            if new.write(block) != len(block):
                raise OSError(errno.ENOSPC, "short write")
            yield at, len(block)


def flush(path: Path) -> None:
    """Have a file's bytes on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def forget(path: Path) -> None:
    """Let the next reading of a flushed file come from the disk itself, where the system can."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
