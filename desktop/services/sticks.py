"""Bundles on a USB stick: written whole or not at all, read within bounds; no other file touched.

A name tells the minute and nothing else. What was handed over ends in `.out`; its answer lies
beside it under the same name and ends in `.back`. What a laptop hands over once more takes the
place of what it had put there before (D-193).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.carried_errors import (
    BundleDamaged,
    BundleNotOurs,
    BundleOfAnother,
    NothingBrought,
    StickFailed,
    StickFull,
)
from desktop.domain.moment import Moment
from desktop.domain.outreach import KOREA
from desktop.errors import AppError, DiskFailed, DiskFull
from desktop.paths import refuse_synced
from desktop.services import carrying
from desktop.services.carrying import Chance, Forwarded, Packed, Unpacked
from desktop.services.exchange import HubState
from desktop.vault.database import Vault
from desktop.vault.failures import from_disk
from desktop.vault.folder import flush_folder
from desktop.vault.shelf import forget, put
from sync.client.bundles import MOST_BYTES

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

__all__ = [
    "BACK", "OUT", "Back", "HandedOut", "Trip", "Vault", "carry_all", "hand_out",
    "take_back", "tidy",
]  # fmt: skip

OUT, BACK = ".out", ".back"
_HALF = ".half"
_NAME = re.compile(r"bammajung-\d{4}-\d{4}(-\d{1,2})?")
_OF_A_MINUTE = 99
_TRIED_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was written to a stick for a colleague."""

    name: str
    packed: Packed


@dataclass(frozen=True, slots=True)
class Trip:
    """What a colleague's laptop did with all that lay on a stick."""

    forwarded: tuple[Forwarded, ...]
    others: int = 0
    """Bundles of other organisations, which stay as they are."""
    failed: AppError | None = None
    """Why something was not brought; all else was."""


@dataclass(frozen=True, slots=True)
class Back:
    """What was taken in of all the answers on a stick."""

    taken: tuple[Unpacked, ...]
    failed: AppError | None = None
    """Why one of them was not; it stays on the stick."""


def hand_out(vault: Vault, place: Path, moment: Moment, chance: Chance) -> HandedOut:
    """Write what may leave to a stick. Raises as `carrying.pack`, `StickFull`, `StickFailed`."""
    _check(place)
    with _on_stick():
        path = _free(place, moment.now)
        _try(path)
    packed = carrying.pack(vault, moment, chance)
    with _on_stick():
        _write(path, packed.bundle)
    # An older one would be brought first; what of it still waits is in the new one.
    try:
        _end(place, [each for each in _all(place, OUT) if each != path and _is_ours(vault, each)])
    except AppError:
        _take_away(path)
        raise
    return HandedOut(path.name, packed)


def carry_all(
    vault: Vault, hub: "Callable[[], HttpHub]", place: Path, moment: Moment, chance: Chance
) -> Trip:
    """Bring all that was handed out on a stick to the hub, and put the answers beside it.

    Raises `NothingBrought`, `StickFailed`; what goes wrong with one does not hinder the others.
    """
    forwarded: list[Forwarded] = []
    others, failed = 0, None
    for path in _all(place, OUT):
        try:
            done = carrying.forward(vault, hub(), _read(path), moment, chance)
            with _on_stick():
                _write(path.with_suffix(BACK), done.bundle)
            forwarded.append(done)
        except BundleNotOurs:
            others += 1
        except AppError as error:
            failed = error
    return Trip(tuple(forwarded), others, failed)


def take_back(vault: Vault, place: Path, now: datetime) -> Back:
    """Take in every answer on the stick that is for this laptop, and take it off the stick.

    Raises `NothingBrought` when there is none, and what was wrong with one when none was right.
    """
    taken: list[Unpacked] = []
    failed: AppError | None = None
    for path in _all(place, BACK):
        try:
            done = carrying.unpack(vault, _read(path), now)
        except (BundleNotOurs, BundleOfAnother):
            continue
        except AppError as error:
            failed = error
            continue
        taken.append(done)
        if done.round.state is HubState.REACHED:
            _take_away(path, path.with_suffix(OUT))
    if not taken:
        raise failed or NothingBrought
    return Back(tuple(taken), failed)


def tidy(place: Path, bundles: tuple[bytes, ...]) -> None:
    """Take these answers off the stick, if it is still there: they were taken in since."""
    with suppress(AppError):
        for path in _all(place, BACK):
            if _read(path) in bundles:
                _take_away(path, path.with_suffix(OUT))


def _end(place: Path, older: list[Path]) -> None:
    # Nobody says that it is on the stick before these are off it, also if it is pulled out now.
    with _on_stick():
        for path in older:
            path.unlink(missing_ok=True)
        flush_folder(place)


def _take_away(*paths: Path) -> None:
    # It is in the vault now: nothing of it needs to lie about.
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _check(place: Path) -> None:
    if not place.is_dir():
        raise StickFailed
    refuse_synced(place)


def _all(place: Path, ending: str) -> tuple[Path, ...]:
    _check(place)
    with _on_stick():
        found = sorted(
            path
            for path in place.iterdir()
            if path.suffix == ending and _NAME.fullmatch(path.stem)
            and path.is_file() and not path.is_symlink()
        )  # fmt: skip
    if not found:
        raise NothingBrought
    return tuple(found)


def _free(place: Path, now: datetime) -> Path:
    stem = f"bammajung-{now.astimezone(KOREA):%m%d-%H%M}"
    names = (stem, *(f"{stem}-{n}" for n in range(2, _OF_A_MINUTE)))
    for name in names:
        if not any((place / f"{name}{ending}").exists() for ending in (OUT, BACK)):
            return place / f"{name}{OUT}"
    raise StickFailed


def _is_ours(vault: Vault, path: Path) -> bool:
    try:
        return carrying.is_from_here(vault, _read(path))
    except AppError:
        return False  # whoever is to bring it is told


def _read(path: Path) -> bytes:
    with _on_stick(), path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BundleDamaged
    return content


def _try(path: Path) -> None:
    """Fail now where nothing can be written: what is packed counts as offered."""
    with _half_made(path) as half:
        put(half, bytes(_TRIED_BYTES))


def _write(path: Path, content: bytes) -> None:
    with _half_made(path) as half:
        put(half, content)
        forget(half)
        if half.read_bytes() != content:
            raise StickFailed
        half.replace(path)
        flush_folder(path.parent)


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
def _on_stick() -> Iterator[None]:
    """A full stick is not a full disk: nothing on this computer waits for room."""
    try:
        yield
    except OSError as error:
        raise _stick_words(from_disk(error)) from error
    except (DiskFull, DiskFailed) as error:
        raise _stick_words(error) from error


def _stick_words(error: AppError) -> AppError:
    return StickFull() if isinstance(error, DiskFull) else StickFailed()
