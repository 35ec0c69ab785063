"""What ends, the first first, reading no further than somebody asks.

Everybody has a time before which nothing about them can end. Whoever's comes next is read next;
what was found to end before that time is known to be the first.
"""

from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush, merge
from itertools import count

from desktop.domain.endings import dated
from desktop.domain.ids import YouthId
from desktop.domain.retention import Expiry, Policy
from desktop.vault import holdings, retention
from desktop.vault.columns import stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.holdings import NOT_REFERRED

_FEWEST, _MOST = 16, 512
"""People read at once: as many as were read for this page before."""
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_REFERRED = "SELECT met_first, id FROM youth WHERE met_first BETWEEN ? AND ? ORDER BY met_first"
_OTHERS = f"""
SELECT y.met_first, y.id FROM youth y WHERE y.met_first BETWEEN ? AND ? AND {NOT_REFERRED}
ORDER BY y.met_first
"""  # noqa: S608  (codes of ours)
_NOTES = f"""
SELECT y.saved_at, y.id FROM (SELECT saved_at, youth AS id FROM note
 WHERE is_indexed = 1 AND saved_at BETWEEN ? AND ?) y WHERE {NOT_REFERRED} ORDER BY y.saved_at
"""  # noqa: S608  (codes of ours)
_BEING_TYPED = (
    "SELECT saved_at, youth FROM note WHERE is_indexed = 0 AND saved_at BETWEEN ? AND ?"
    " ORDER BY saved_at"
)
# Apart: most run out, and their end has an index; sorting them would read all of them first.
_CONSENTS = (
    "SELECT valid_until, youth FROM consent WHERE valid_until BETWEEN ? AND ?"
    " AND withdrawn_at IS NULL ORDER BY valid_until"
)
_WITHDRAWN = (
    "SELECT withdrawn_at, youth FROM consent WHERE withdrawn_at BETWEEN ? AND ?"
    " ORDER BY withdrawn_at"
)
_JOTTINGS = "SELECT since, youth FROM jotting WHERE since BETWEEN ? AND ? ORDER BY since"
_DRAFTS = "SELECT kept_at, youth FROM draft WHERE kept_at BETWEEN ? AND ? ORDER BY kept_at"
_WISHES = (
    "SELECT asked_at, youth FROM erasure_wish WHERE asked_at BETWEEN ? AND ? ORDER BY asked_at"
)
_Soonest = tuple[datetime, YouthId]


@dataclass(frozen=True, slots=True)
class Rest:
    """What ends by `until` and was not shown yet: a later transaction goes on from here."""

    until: datetime
    found: tuple[Expiry, ...] = ()
    """Read already, the first first."""
    read: frozenset[YouthId] = frozenset()
    """About whom that was."""
    later: datetime | None = _EARLIEST
    """Before this nothing ends about anybody else; None: there is nobody else."""


class Ending:
    """What ends, the first first. Close what it yields before the transaction ends."""

    def __init__(self, db: Db, policy: Policy, rest: Rest) -> None:
        """Go on from there."""
        self._db, self._policy, self._until = db, policy, rest.until
        self._kept, self._turn = retention.kept_longer(db), count()
        self._found = [(each.due, next(self._turn), each) for each in rest.found]
        self._read, self._later = set(rest.read), rest.later

    def __iter__(self) -> Generator[Expiry, None, None]:
        """Read some people, and yield what ends before anything of the others; and so on."""
        yield from self._known()
        if self._later is None:
            return
        everybody = may_end(self._db, self._policy, self._until, self._later)
        some, read = list[YouthId](), 0
        with closing(everybody):
            for self._later, youth in everybody:
                if youth in self._read:
                    continue
                if len(some) == max(_FEWEST, min(read, _MOST)):
                    self._look_at(some)
                    read += len(some)
                    some = []
                    yield from self._known()
                self._read.add(youth)
                some.append(youth)
        self._look_at(some)
        self._later = None
        yield from self._known()

    def rest(self, *first: Expiry) -> Rest:
        """Return what was not yielded, after these that were."""
        found = (*first, *(each for _, _, each in sorted(self._found)))
        return Rest(self._until, found, frozenset(self._read), self._later)

    def _known(self) -> Generator[Expiry, None, None]:
        while self._found and (self._later is None or self._found[0][0] <= self._later):
            yield heappop(self._found)[2]

    def _look_at(self, some: list[YouthId]) -> None:
        for held in holdings.of(self._db, some, self._kept):
            for each in dated(held, self._policy, self._kept):
                if each.due <= self._until:
                    heappush(self._found, (each.due, next(self._turn), each))


def ending(db: Db, policy: Policy, until: datetime) -> Generator[Expiry, None, None]:
    """Yield what ends by then, the first first. Close it before the transaction ends."""
    return iter(Ending(db, policy, Rest(until)))


def may_end(
    db: Db, policy: Policy, until: datetime, since: datetime = _EARLIEST
) -> Generator[_Soonest, None, None]:
    """Yield about whom something may end between these, by the soonest it may, some twice.

    Nobody of whom something does end is missing. A decision to keep longer only moves an end
    back, so none is looked at here; whoever asked to be forgotten is due since they asked.
    """
    days = (
        (_REFERRED, policy.referral), (_OTHERS, policy.contact), (_NOTES, policy.contact),
        (_BEING_TYPED, policy.contact), (_CONSENTS, policy.contact),
        (_WITHDRAWN, policy.contact), (_JOTTINGS, policy.jotting),
        (_DRAFTS, policy.draft), (_WISHES, 0),
    )  # fmt: skip
    with ExitStack() as asked:
        each = (_by_time(db, sql, timedelta(days=span), (since, until)) for sql, span in days)
        yield from merge(*(asked.enter_context(closing(one)) for one in each))


def _by_time(
    db: Db, sql: str, span: timedelta, between: tuple[datetime, datetime]
) -> Generator[_Soonest, None, None]:
    rows = db.execute(sql, tuple(stamp(at - span) for at in between))
    try:
        for at, key in rows:
            yield time(at) + span, YouthId(uuid(key))
    finally:
        rows.close()
