"""What ends soon, a page at a time, for whoever decides about it. Aliases only: no look."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from desktop.domain.retention import Expiry, Policy, Since
from desktop.services import told
from desktop.services.retention import Entry, log, policy
from desktop.vault import endings
from desktop.vault.database import Vault
from desktop.vault.endings import Ending, Rest

SHOWN = 20
"""Things a page: what comes first is decided first."""
COUNTED = 100
"""Counting ends here: it is said that there are more."""


@dataclass(frozen=True, slots=True)
class Page:
    """What has to go soon, or had to, the first first; and whether there is more."""

    shown: tuple[Expiry, ...]
    rest: Rest | None = None
    """From where the next page goes on."""


def known(vault: Vault, now: datetime) -> tuple[Policy, Page, tuple[Entry, ...]]:
    """Return how long what is kept, the first page, and what was destroyed."""
    return policy(vault), page(vault, now, SHOWN), log(vault)


def page(vault: Vault, now: datetime, most: int, after: Page | None = None) -> Page:
    """Return so many of what ends within the policy's notice, reading no more than it takes.

    Those `after` another page are found where that one ended, and not from the beginning.
    """
    with vault.reading() as db:
        chosen = told.policy(db)
        rest = after.rest if after else None
        ending = Ending(db, chosen, rest or Rest(now + timedelta(days=chosen.notice)))
        with closing(iter(ending)) as found:
            some = tuple(islice(found, most + 1))
    return Page(some[:most], ending.rest(some[most]) if len(some) > most else None)


def count(vault: Vault, now: datetime, within: timedelta) -> int:
    """Count what ends within this time and the policy's notice, `COUNTED` at most.

    Words about somebody without an alias go by themselves, and are not counted.
    """
    with vault.reading() as db:
        chosen = told.policy(db)
        until = now + min(within, timedelta(days=chosen.notice))
        with closing(endings.ending(db, chosen, until)) as found:
            decided = (each for each in found if each.since is not Since.JOTTING)
            return sum(1 for _ in islice(decided, COUNTED))
