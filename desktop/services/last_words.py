"""What is kept at a lock although the disk is full."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from desktop.errors import DiskFailed, DiskFull
from desktop.vault import reserve
from desktop.vault.database import Vault
from desktop.vault.keys import Chance

T = TypeVar("T")


def keep_room(vault: Vault, chance: Chance) -> None:
    """Keep room for the last words while there is some. A disk that has none says so elsewhere."""
    with suppress(DiskFull, DiskFailed):
        reserve.keep(vault.folder, chance)


def though_full(vault: Vault, work: Callable[[Vault], T]) -> T:
    """Do `work`; when the disk is full, give back the room that was kept and do it once more.

    Raises `DiskFull` when no room was kept, or not enough.
    """
    try:
        return work(vault)
    except DiskFull:
        if not reserve.give_back(vault.folder):
            raise
        return work(vault)
