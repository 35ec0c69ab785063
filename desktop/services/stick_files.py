"""Files on a USB stick: written whole or not at all, read within bounds; no other file touched.

A name tells the minute and nothing else. What was handed over ends in `.out`; its answer lies
beside it under the same name and ends in `.back`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from desktop.carried_errors import BundleDamaged, NothingBrought, StickFailed, StickFull
from desktop.domain.outreach import KOREA
from desktop.errors import AppError, DiskFailed, DiskFull
from desktop.paths import refuse_synced
from desktop.vault.failures import from_disk
from desktop.vault.folder import flush_folder
from desktop.vault.shelf import forget, put
from sync.client.bundles import MOST_BYTES

OUT, BACK = ".out", ".back"
_HALF = ".half"
_NAME = re.compile(r"bammajung-\d{4}-\d{4}(-\d{1,2})?")
_OF_A_MINUTE = 99
_TRIED_BYTES = 64 << 10


def check(place: Path) -> None:
    """Raise `StickFailed` where there is no folder, `UnsafePlace` where it is copied elsewhere."""
    if not place.is_dir():
        raise StickFailed
    refuse_synced(place)


def every(place: Path, ending: str) -> tuple[Path, ...]:
    """Return the bundles of one ending by name. Raises `NothingBrought` where there is none."""
    check(place)
    with on_stick():
        found = sorted(
            path
            for path in place.iterdir()
            if path.suffix == ending and _NAME.fullmatch(path.stem)
            and path.is_file() and not path.is_symlink()
        )  # fmt: skip
    if not found:
        raise NothingBrought
    return tuple(found)


def free(place: Path, now: datetime) -> Path:
    """Return a name for what is handed out now that no other bundle there has."""
    stem = f"bammajung-{now.astimezone(KOREA):%m%d-%H%M}"
    names = (stem, *(f"{stem}-{n}" for n in range(2, _OF_A_MINUTE)))
    for name in names:
        if not any((place / f"{name}{ending}").exists() for ending in (OUT, BACK)):
            return place / f"{name}{OUT}"
    raise StickFailed


def read(path: Path) -> bytes:
    """Read one. Raises `BundleDamaged` where it is longer than any can be."""
    with on_stick(), path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BundleDamaged
    return content


def tried(path: Path) -> None:
    """Fail now where nothing can be written: what is packed counts as offered."""
    with _half_made(path) as half:
        put(half, bytes(_TRIED_BYTES))


def write(path: Path, content: bytes) -> None:
    """Write one, and read it back from the stick."""
    with _half_made(path) as half:
        put(half, content)
        forget(half)
        if half.read_bytes() != content:
            raise StickFailed
        half.replace(path)
        flush_folder(path.parent)


def end(place: Path, older: list[Path]) -> None:
    """Take these off the stick. Raises `StickFailed`."""
    # Nobody says that it is on the stick before these are off it, also if it is pulled out now.
    with on_stick():
        for path in older:
            path.unlink(missing_ok=True)
        flush_folder(place)


def take_away(*paths: Path) -> None:
    """Take these off the stick as far as that goes."""
    # It is in the vault now: nothing of it needs to lie about.
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def _half_made(path: Path) -> Iterator[Path]:
    """Give a name to write to; what stands there afterwards goes."""
    half = path.with_name(f"{path.name}{_HALF}")
    try:
        half.unlink(missing_ok=True)
        yield half
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


@contextmanager
def on_stick() -> Iterator[None]:
    """A full stick is not a full disk: nothing on this computer waits for room."""
    try:
        yield
    except OSError as error:
        raise _stick_words(from_disk(error)) from error
    except (DiskFull, DiskFailed) as error:
        raise _stick_words(error) from error


def _stick_words(error: AppError) -> AppError:
    return StickFull() if isinstance(error, DiskFull) else StickFailed()
