"""The organisation's way in, where a vault was given one: two halves, and a reason."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.looks import Why
from desktop.domain.moment import CHANCE, Moment, fresh_id
from desktop.services import escrow, looks

if TYPE_CHECKING:
    from desktop.services.members import Making, Unlocked


@dataclass(frozen=True, slots=True, repr=False)
class Halves:
    """Both halves of the organisation's key, and why they are used."""

    a: str
    b: str
    why: Why


def opened(
    folder: Path, halves: Halves, passphrase: str, now: datetime, making: "Making"
) -> "Unlocked":
    """Open the vault, and write down why before anything in it is shown."""
    codes, fresh = (halves.a, halves.b), fresh_id(now, making["chance"](CHANCE))
    unlocked = escrow.open_with_two(folder, codes, passphrase, now=now, **making)
    with ExitStack() as undo:
        undo.callback(unlocked.vault.close)
        looks.opened_because(unlocked.vault, halves.why, Moment(now, fresh))
        undo.pop_all()
    return unlocked
