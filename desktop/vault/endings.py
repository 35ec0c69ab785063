"""What ends, the first first, reading no further than somebody asks.

Everybody has a time before which nothing about them can end. Whoever's comes next is read next;
what was found to end before that time is known to be the first.
"""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from heapq import heappop, heappush, merge
from itertools import count

from desktop.domain.ids import YouthId
from desktop.domain.retention import Expiry, Policy, dated
from desktop.vault import holdings, retention
from desktop.vault.columns import stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.holdings import NOT_REFERRED

_FEWEST, _MOST = 16, 512
"""People read at once: twice as many each time."""
_REFERRED = "SELECT met_first, id FROM youth WHERE met_first <= ? ORDER BY met_first"
_OTHERS = f"""
SELECT y.met_first, y.id FROM youth y WHERE y.met_first <= ? AND {NOT_REFERRED}
ORDER BY y.met_first
"""  # noqa: S608  (codes of ours)
_NOTES = f"""
SELECT y.saved_at, y.id FROM (SELECT saved_at, youth AS id FROM note
 WHERE is_indexed = 1 AND saved_at <= ?) y WHERE {NOT_REFERRED} ORDER BY y.saved_at
"""  # noqa: S608  (codes of ours)
_BEING_TYPED = (
    "SELECT saved_at, youth FROM note WHERE is_indexed = 0 AND saved_at <= ? ORDER BY saved_at"
)
# Apart: most run out, and their end has an index; sorting them would read all of them first.
_CONSENTS = (
    "SELECT valid_until, youth FROM consent WHERE valid_until <= ? AND withdrawn_at IS NULL"
    " ORDER BY valid_until"
)
_WITHDRAWN = (
    "SELECT withdrawn_at, youth FROM consent WHERE withdrawn_at <= ? ORDER BY withdrawn_at"
)
_JOTTINGS = "SELECT since, youth FROM jotting WHERE since <= ? ORDER BY since"
_DRAFTS = "SELECT kept_at, youth FROM draft WHERE kept_at <= ? ORDER BY kept_at"
_WISHES = "SELECT asked_at, youth FROM erasure_wish WHERE asked_at <= ? ORDER BY asked_at"
_Soonest = tuple[datetime, YouthId]


def ending(db: Db, policy: Policy, until: datetime) -> Generator[Expiry, None, None]:
    """Yield what ends by then, the first first. Close it before the transaction ends."""
    kept, turn = retention.kept_longer(db), count()
    found: list[tuple[datetime, int, Expiry]] = []
    for some, later in _in_turn(db, policy, until):
        for held in holdings.of(db, some):
            for each in dated(held, policy, kept):
                if each.due <= until:
                    heappush(found, (each.due, next(turn), each))
        while found and (later is None or found[0][0] <= later):
            yield heappop(found)[2]


def may_end(db: Db, policy: Policy, until: datetime) -> Generator[_Soonest, None, None]:
    """Yield about whom something may end by then, by the soonest it may, some more than once.

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
        each = (_by_time(db, sql, timedelta(days=span), until) for sql, span in days)
        yield from merge(*(asked.enter_context(closing(one)) for one in each))


def _in_turn(
    db: Db, policy: Policy, until: datetime
) -> Iterator[tuple[list[YouthId], datetime | None]]:
    """Yield some people, and before when nothing ends of those after them; None: nobody is."""
    seen, some, most = set[YouthId](), list[YouthId](), _FEWEST
    with closing(may_end(db, policy, until)) as everybody:
        for soonest, youth in everybody:
            if youth in seen:
                continue
            if len(some) == most:
                yield some, soonest
                some, most = [], min(2 * most, _MOST)
            seen.add(youth)
            some.append(youth)
    yield some, None


def _by_time(
    db: Db, sql: str, span: timedelta, until: datetime
) -> Generator[_Soonest, None, None]:
    rows = db.execute(sql, (stamp(until - span),))
    try:
        for at, key in rows:
            yield time(at) + span, YouthId(uuid(key))
    finally:
        rows.close()
