"""A folder that is whole or not there, and files that are on the disk before it is."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Lend a folder that becomes `target` once all of it is on the disk, or is not there."""
    target = target.absolute()  # `.` has no name of its own
    half = target.with_name(f"{target.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700, parents=True)
    try:
        yield half
        flush(half)
        if target.exists():
            target.rmdir()
        half.rename(target)
        flush(target.parent)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def copy(file: Path, to: Path) -> None:
    """Copy a file for nobody else to read."""
    write(to, b"")
    shutil.copyfile(file, to)
    flush(to)


def write(file: Path, content: bytes) -> None:
    """Make a file that nobody else may read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def flush(place: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and place.is_dir():
        return  # Windows keeps the order of names by itself
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
