"""How much has gone by the line in one sync: a number that outlives a lock, and names nobody."""

from dataclasses import dataclass
from datetime import datetime

from desktop.vault import meta
from desktop.vault.columns import stamp, time
from desktop.vault.database import Db

_KEY = "removed"
_ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Removed:
    """What went, and when that was last written down, by both clocks."""

    count: int
    here_at: datetime
    hub_at: datetime
    is_asked: bool = False
    """Somebody has been asked about more, and nobody has agreed yet."""


def keep(db: Db, what: Removed) -> None:
    """Remember it in place of what was known."""
    words = (str(what.count), stamp(what.here_at), stamp(what.hub_at))
    value = " ".join((*words, _ASKED) if what.is_asked else words)
    meta.keep(db, _KEY, value, what.here_at)


def kept(db: Db) -> Removed | None:
    """Return what is known; None where nothing ever went."""
    value = meta.kept(db, _KEY)
    if value is None:
        return None
    count, here_at, hub_at, *asked = value.split()
    return Removed(int(count), time(here_at), time(hub_at), bool(asked))
