"""Writing a destruction down: by whom, under which rule, how many. Nobody is named in it."""

from desktop.domain.moment import Moment
from desktop.domain.retention import Ground
from desktop.services import looks
from desktop.vault import destruction
from desktop.vault import sweep as remains
from desktop.vault.database import Db, Vault
from desktop.vault.destruction import Entry
from desktop.vault.purge import Purging


def logged(db: Db, vault: Vault, purging: Purging, done: tuple[Ground, Moment]) -> dict[str, int]:
    """Write a destruction down in its own transaction, and owe its `sweep`."""
    return logged_as(db, looks.reader(db, vault).who, purging, done)


def logged_as(db: Db, who: str, purging: Purging, done: tuple[Ground, Moment]) -> dict[str, int]:
    """Do the same where somebody is known to destroy it, or this device by itself."""
    (ground, moment), counts = done, dict(purging.counts)
    if counts:
        destruction.add(db, Entry(moment.fresh, moment.now, who, ground, counts))
        remains.owe(db, moment.now)
    return counts
