"""Room kept free for the last words: at a lock nobody can be asked to tidy up a full disk."""

import os
from pathlib import Path

from desktop.vault.failures import from_disk
from desktop.vault.folder import flush_folder
from desktop.vault.keys import Chance

NAME = "reserve"
SIZE = 4 << 20
"""Bytes. A long note takes 50 KB of the log, and as much again when it is put in its place."""
_BLOCK = 1 << 16


def keep(folder: Path, chance: Chance) -> None:
    """Take the room in a vault's folder, unless it is taken; all of it, or none.

    Raises `DiskFull` or `DiskFailed`.
    """
    place = folder / NAME
    try:
        if place.exists() and place.stat().st_size >= SIZE:
            return
        _fill(place, chance)
    except OSError as error:
        place.unlink(missing_ok=True)
        raise from_disk(error) from error


def give_back(folder: Path) -> bool:
    """Let go of the room; tell whether there was any."""
    place = folder / NAME
    if not place.exists():
        return False
    try:
        place.unlink()
        flush_folder(folder)  # a journalling disk frees the blocks when the name is gone for good
    except OSError as error:
        raise from_disk(error) from error
    return True


def _fill(place: Path, chance: Chance) -> None:
    # Chance, not zeros: a disk that compresses would keep no room for zeros at all.
    with place.open("wb") as file:
        for _ in range(SIZE // _BLOCK):
            file.write(chance(_BLOCK))
        file.flush()
        os.fsync(file.fileno())
