"""A sync that would take much away stops and asks: a hub gone wrong looks like that.

One sync is all that comes, in however many pages and rounds, until nothing has gone for hours by
our clock and by the hub's: either may be years off. A question stays open until somebody agrees;
from then on it is counted anew (D-141).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.vault import inbox, removed
from desktop.vault.database import Db
from desktop.vault.removed import Removed
from sync.client.errors import Tampered
from sync.client.sealing import header_of
from sync.protocol.answers import Event, Exchanged
from sync.protocol.bodies import TaskMoved
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.messages import Kind
from sync.protocol.states import TaskStatus

MOST = 20
SHARE = 0.1
FEW = 3
"""So many of one sync may always go: with a handful of cases each withdrawal would be a tenth."""
PAUSE = timedelta(hours=8)
"""An evening's catching up is one sync, the next evening's another."""

_CALLED_OFF = frozenset({TaskStatus.CANCELLED, TaskStatus.ENTERED_IN_ERROR})
"""By whoever asked."""
_SENT_BACK = frozenset({TaskStatus.REJECTED})
"""By a colleague."""
_DESTROYING = frozenset({Kind.CONSENT_WITHDRAWN, Kind.REFERRAL_CANCEL, Kind.TASK_STATUS})


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a sync stopped."""

    going: int
    """Of how many cases the words would go with what came."""
    before: int
    """How many have gone since this sync began, or since somebody last agreed."""


def stopped(db: Db, answer: Exchanged, now: datetime, may_remove: int) -> Stop | None:
    """Say whether a person has to agree first; `may_remove`: so many they have agreed to."""
    going = count(db, answer.events)
    if going <= may_remove:
        return None
    before = _before(db, answer, now)
    if not is_many(db, before, going):
        return None
    known = removed.kept(db)
    if known is None or not known.is_asked:
        removed.keep(db, Removed(before, now, answer.time, is_asked=True))
    return Stop(going, before)


@contextmanager
def counted(db: Db, answer: Exchanged, now: datetime, may_remove: int) -> Iterator[None]:
    """Count what really goes while these events are taken in."""
    before, words = _before(db, answer, now), _here(db, {event.ref for event in answer.events})
    yield
    total = 0 if may_remove else before + len(words - _here(db, words))
    known = removed.kept(db)
    is_known = known is not None and known.count == total and not known.is_asked
    if answer.events and not (is_known or (known is None and not total)):
        removed.keep(db, Removed(total, now, answer.time))


def count(db: Db, events: tuple[Event, ...]) -> int:
    """Return how many cases that are here these events would destroy the words of."""
    return len({event.ref for event in events if _destroys(db, event)})


def is_many(db: Db, before: int, going: int) -> bool:
    """Say whether that is so much, with what has gone before it, that a person has to agree."""
    total = before + going
    return total > MOST or (total > FEW and total > (inbox.held(db) + before) * SHARE)


def _before(db: Db, answer: Exchanged, now: datetime) -> int:
    known = removed.kept(db)
    return 0 if known is None or _is_over(known, answer, now) else known.count


def _is_over(known: Removed, answer: Exchanged, now: datetime) -> bool:
    # What one clock says alone would let a wrong one end it, and with it the question.
    rested = min(now - known.here_at, answer.time - known.hub_at)
    return rested >= PAUSE and not known.is_asked


def _here(db: Db, refs: Iterable[str]) -> frozenset[str]:
    known = (inbox.case(db, ref) for ref in refs)
    return frozenset(case.ref for case in known if case is not None and case.version)


def _destroys(db: Db, event: Event) -> bool:
    if event.message is None or event.kind not in _DESTROYING:
        return False
    known = inbox.case(db, event.ref)
    if known is None or not known.version:
        return False
    try:
        is_asker = header_of(event.message).from_org == known.from_org
        if event.kind is not Kind.TASK_STATUS:
            return is_asker
        to = read_json(TaskMoved, event.message.body).to
    except (Tampered, Unreadable):
        return False
    return to in (_CALLED_OFF if is_asker else _SENT_BACK)
