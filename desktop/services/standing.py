"""How it stands: a night under way, one that was forgotten, and who came along before."""

from contextlib import suppress
from dataclasses import dataclass

from desktop.domain.moment import Moment
from desktop.domain.outreach import Outreach
from desktop.errors import DiskFailed, DiskFull
from desktop.services.outreach import Tonight, tonight, under_way
from desktop.vault import nights, outreach
from desktop.vault.database import Vault

_REMEMBERED = 60
"""Joint nights looked back on for partner bodies: about half a year of them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The night under way; without one, what helps to begin the next."""

    tonight: Tonight | None
    forgotten: Outreach | None = None
    """The last night, where nobody ended it."""
    partners: tuple[str, ...] = ()
    """Bodies that came along before, the latest first."""


def standing(vault: Vault, moment: Moment) -> Standing:
    """Return how it stands now; a night that was forgotten past 06:00 is closed first.

    Where the disk takes nothing more it is closed later, and is no night of now all the same.
    """
    with suppress(DiskFull, DiskFailed):
        close_forgotten(vault, moment)
    now = tonight(vault)
    if now is not None and not now.outreach.is_over(moment.now):
        return Standing(now)
    return Standing(None, forgotten(vault), partners_known(vault))


def close_forgotten(vault: Vault, moment: Moment) -> bool:
    """Close a night that nobody ended before 06:00; say whether there was one."""
    with vault.reading() as db:
        night = outreach.current(db)
    if night is None or not night.is_over(moment.now):
        return False
    with vault.transaction() as db:
        under_way(db, moment)
    return True


def forgotten(vault: Vault) -> Outreach | None:
    """Return the last night where nobody ended it; None once another began, or it was ended."""
    with vault.reading() as db:
        night = nights.newest(db)
        return night if night and nights.was_forgotten(db, night.id) else None


def partners_known(vault: Vault, most: int = 6) -> tuple[str, ...]:
    """Return the bodies that came along on earlier nights, the latest first."""
    with vault.reading() as db:
        return tuple(dict.fromkeys(nights.bodies(db, _REMEMBERED)))[:most]
