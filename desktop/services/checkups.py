"""Reading the whole vault once a week, beside whoever writes (R-12)."""

from contextlib import closing
from datetime import datetime

from desktop.domain import checkups
from desktop.vault import meta
from desktop.vault.columns import stamp, time_or_none
from desktop.vault.database import Vault
from desktop.vault.folder import Folder

_CHECKED = "checked"


def last(vault: Vault) -> datetime | None:
    """Return when everything was read last and found in order, or None."""
    with vault.reading() as db:
        return time_or_none(meta.kept(db, _CHECKED))


def is_suspect(vault: Vault) -> bool:
    """Whether damage was met in this vault: the next opening reads all of it first."""
    return Folder(vault.folder).suspect.exists()


def check(vault: Vault, now: datetime) -> None:
    """Read every page, entry, row and the index, on a connection of its own, and remember it.

    Works from any thread. Raises `VaultDamaged`, which names the records that show it.
    """
    with closing(vault.sibling()) as own:
        own.verify()
        with own.transaction() as db:
            meta.keep(db, _CHECKED, stamp(now), now)


def check_if_due(vault: Vault, now: datetime) -> bool:
    """Check when a week has gone by; tell whether it was done."""
    with closing(vault.sibling()) as own:
        is_due = checkups.is_due(last(own), now)
    if is_due:
        check(vault, now)
    return is_due
