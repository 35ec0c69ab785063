"""Bundles on a USB stick: handed out, brought to the hub, and their answers taken in.

What a laptop hands over once more takes the place of what it had put there before (D-193).
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.carried_errors import BundleNotOurs, BundleOfAnother, NothingBrought
from desktop.domain.moment import Moment
from desktop.errors import AppError
from desktop.services import carrying, stick_files
from desktop.services.carrying import Chance, Forwarded, Packed, Unpacked
from desktop.services.exchange import HubState
from desktop.services.stick_files import BACK, OUT
from desktop.vault.database import Vault

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

__all__ = [
    "BACK", "OUT", "Back", "HandedOut", "Trip", "Vault", "carry_all", "hand_out",
    "take_back", "tidy",
]  # fmt: skip


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
    stick_files.check(place)
    with stick_files.on_stick():
        path = stick_files.free(place, moment.now)
        stick_files.tried(path)
    packed = carrying.pack(vault, moment, chance)
    with stick_files.on_stick():
        stick_files.write(path, packed.bundle)
    # An older one would be brought first; what of it still waits is in the new one.
    try:
        stick_files.end(
            place,
            [
                each
                for each in stick_files.every(place, OUT)
                if each != path and _is_ours(vault, each)
            ],
        )
    except AppError:
        stick_files.take_away(path)
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
    for path in stick_files.every(place, OUT):
        try:
            done = carrying.forward(vault, hub(), stick_files.read(path), moment, chance)
            _put_beside(path, done)
            forwarded.append(done)
        except BundleNotOurs:
            others += 1
        except AppError as error:
            failed = error
    return Trip(tuple(forwarded), others, failed)


def _put_beside(path: Path, done: Forwarded) -> None:
    answer = path.with_suffix(BACK)
    # Brought once more over a worse line, it knows less than the answer that lies there.
    if not (answer.exists() and (done.unanswered or done.refused)):
        with stick_files.on_stick():
            stick_files.write(answer, done.bundle)


def take_back(vault: Vault, place: Path, now: datetime) -> Back:
    """Take in every answer on the stick that is for this laptop, and take it off the stick.

    Raises `NothingBrought` when there is none, and what was wrong with one when none was right.
    """
    taken: list[Unpacked] = []
    failed: AppError | None = None
    for path in stick_files.every(place, BACK):
        try:
            done = carrying.unpack(vault, stick_files.read(path), now)
        except (BundleNotOurs, BundleOfAnother):
            continue
        except AppError as error:
            failed = error
            continue
        taken.append(done)
        if done.round.state is HubState.REACHED:
            stick_files.take_away(path, path.with_suffix(OUT))
    if not taken:
        raise failed or NothingBrought
    return Back(tuple(taken), failed)


def tidy(place: Path, bundles: tuple[bytes, ...]) -> None:
    """Take these answers off the stick, if it is still there: they were taken in since."""
    with suppress(AppError):
        for path in stick_files.every(place, BACK):
            if stick_files.read(path) in bundles:
                stick_files.take_away(path, path.with_suffix(OUT))


def _is_ours(vault: Vault, path: Path) -> bool:
    try:
        return carrying.is_from_here(vault, stick_files.read(path))
    except AppError:
        return False  # whoever is to bring it is told
