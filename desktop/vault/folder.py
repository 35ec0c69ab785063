"""The files of one vault folder, and how a file is replaced whole."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import DiskFull
from desktop.vault.failures import from_disk

_PROBE = 1 << 20


@dataclass(frozen=True, slots=True)
class Folder:
    """Names the files. It creates nothing."""

    path: Path

    @property
    def headers(self) -> tuple[Path, Path]:
        """The two copies of the key slots."""
        return self.path / "hdr.a", self.path / "hdr.b"

    @property
    def database(self) -> Path:
        """The encrypted notes."""
        return self.path / "notes.db"

    @property
    def wal(self) -> Path:
        """What was committed since the last checkpoint, encrypted too."""
        return self.path / "notes.db-wal"

    @property
    def shm(self) -> Path:
        """SQLite's index of the WAL, made anew whenever it is missing."""
        return self.path / "notes.db-shm"

    @property
    def anchor(self) -> Path:
        """The high-water mark."""
        return self.path / "anchor"

    @property
    def owner(self) -> Path:
        """Locked by the process that has the vault open."""
        return self.path / "owner.lock"

    @property
    def tries(self) -> Path:
        """How often a wrong passphrase was typed lately."""
        return self.path / "tries"

    @property
    def quarantine(self) -> Path:
        """Copies of damaged bytes. Nothing in it is ever deleted."""
        return self.path / "quarantine"

    @property
    def suspect(self) -> Path:
        """There since damage was met, until everything was found whole; it names the copy."""
        return self.path / "suspect"

    @property
    def backup(self) -> Path:
        """The generations of backups."""
        return self.path / "backup"

    @property
    def half(self) -> "Folder":
        """Where the files of a new epoch are made. Until they are proven they are nothing."""
        return Folder(self.path / "next.half")

    @property
    def next(self) -> "Folder":
        """The proven files of a new epoch, on their way to take the place of the old ones."""
        return Folder(self.path / "next")

    @property
    def kept(self) -> tuple[Path, ...]:
        """Every file whose loss or damage matters."""
        return (*self.headers, self.database, self.wal, self.anchor)

    def is_made(self) -> bool:
        """Whether any part of a vault is here: then nothing new may be made in its place."""
        return any(path.exists() for path in self.kept)

    def make_private(self) -> None:
        """Let nobody else look, whatever a restored copy says. Windows has its own rights."""
        if os.name != "nt":
            with suppress(OSError):
                self.path.chmod(0o700)

    def has_no_room(self) -> bool:
        """Whether the disk refuses to take more here.

        SQLite tells only ENOSPC apart: a quota or a size limit (EDQUOT, EFBIG) looks to it like
        a broken disk. So write a little, as far into a file as the WAL is long, and see.
        """
        probe = self.path / ".probe"
        try:
            with probe.open("wb") as file:
                file.seek(self.wal.stat().st_size if self.wal.exists() else 0)
                file.write(bytes(_PROBE))
        except OSError as error:
            return isinstance(from_disk(error), DiskFull)
        finally:
            with suppress(OSError):
                probe.unlink()
        return False


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file so that a crash leaves the old bytes or the new ones, never a mixture."""
    fresh = path.with_name(path.name + ".new")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        raise from_disk(error) from error


def flush_folder(path: Path) -> None:
    """Put the names in a folder on the disk. Windows does so by itself and cannot be asked."""
    if os.name == "nt":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
