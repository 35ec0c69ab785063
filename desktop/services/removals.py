"""A round that would take much away at once stops and asks: a hub gone wrong looks like that."""

from desktop.vault import inbox
from desktop.vault.database import Db
from sync.protocol.answers import Event
from sync.protocol.messages import Kind

MOST = 20
SHARE = 0.1
FEW = 3
"""So many may always go: with a handful of cases each withdrawal would be a tenth."""
_DESTROYING = frozenset({Kind.CONSENT_WITHDRAWN, Kind.REFERRAL_CANCEL})


def count(db: Db, events: tuple[Event, ...]) -> int:
    """Return how many cases that are here these events would destroy the words of."""
    refs = {event.ref for event in events if event.kind in _DESTROYING}
    known = [inbox.case(db, ref) for ref in refs]
    return sum(case is not None and case.version > 0 for case in known)


def is_many(db: Db, removed: int) -> bool:
    """Say whether that is so much that a person has to agree."""
    return removed > MOST or (removed > FEW and removed > inbox.held(db) * SHARE)
