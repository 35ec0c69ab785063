"""What there is about each young person, without a word of it: what retention is reckoned from.

Nobody's is read of whom nothing can end yet: at 100,000 notes that is nearly everybody's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypedDict, TypeVar
from uuid import UUID

from desktop.domain.endings import Holding
from desktop.domain.ids import YouthId
from desktop.domain.kept_laws import KEPT_TOLD
from desktop.domain.referrals import Erasure
from desktop.domain.retention import Debt, Owed, Target, Thing
from desktop.vault import jottings, retention
from desktop.vault.columns import Row, listed, time, uuid
from desktop.vault.database import Db
from desktop.vault.purge import whose
from sync.protocol.states import TaskStatus, has_ended

_Said = TypeVar("_Said")
_OPEN = tuple(status.value for status in TaskStatus if not has_ended(status))
# A request that never left, or that the hub refused, has reached nobody: nothing is owed for it.
_NEVER_OUT = (
    "r.delivery = 'queued' AND EXISTS (SELECT 1 FROM outbox o WHERE o.ref = r.id"
    " AND o.kind = 'referral.request' AND (o.state IN ('refused', 'left')"
    " OR (o.attempts = 0 AND o.last_problem IN ('consent-lapsed', 'guardian-unsaid'))))"
    " AND NOT EXISTS (SELECT 1 FROM referral_step s WHERE s.referral = r.id"
    " AND s.step = 'hub-restored')"
)
# A report that may have left can outlive its signature: somebody has seen to it, and unless it may
# still go nothing of it is awaited.
_DONE_WITH = (
    "EXISTS (SELECT 1 FROM disclosure_step s WHERE s.disclosure = d.id AND s.step = 'seen-to')"
    " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.ref = d.id AND o.kind = 'referral.request'"
    " AND o.state = 'waiting' AND o.last_problem <> 'cosign-lapsed')"
)
_OWED = f"""
SELECT r.youth, 1 AS debt, r.agency_name FROM referral r
WHERE r.status IN ({",".join(f"'{status}'" for status in _OPEN)}) AND NOT ({_NEVER_OUT})
UNION ALL SELECT r.youth, 2, r.agency_name FROM referral r WHERE r.erasure = '{Erasure.OWED.value}'
UNION ALL SELECT c.youth, 2, c.agency_name FROM elsewhere e JOIN consent c ON c.id = e.consent
WHERE e.erasure = '{Erasure.OWED.value}'
UNION ALL SELECT c.youth, 3, c.agency_name FROM outbox o JOIN consent c ON c.id = o.consent
WHERE o.kind = 'consent.withdrawn' AND o.state = 'waiting'
UNION ALL SELECT d.youth, 1, d.agency_name FROM disclosure d
WHERE d.state IN ('asked', 'signed', 'queued') AND d.delivery = 'queued' AND d.problem = ''
 AND NOT ({_DONE_WITH})
UNION ALL SELECT p.youth, 4, a.from_name FROM received_packet p
 JOIN received a ON a.id = p.received
WHERE p.youth <> '' AND a.gone = '' AND a.status IN ({",".join(f"'{status}'" for status in _OPEN)})
"""  # noqa: S608  (codes of ours)
_OWED_BY = f"SELECT o.* FROM ({_OWED}) o WHERE o.youth IN (SELECT value FROM json_each(?))"  # noqa: S608  (codes of ours)
_DEBTS = {1: Debt.HELP, 2: Debt.ERASURE, 3: Debt.WORD, 4: Debt.ASKED}
_ALIASES = "SELECT id, alias FROM youth WHERE id IN (SELECT value FROM json_each(?))"
# Of notes indexes say it all; to read one takes a page of the file. To look for the few that are
# still typed by person would read every note: the plus keeps it from that.
_LAST = """
SELECT y.id, max(
 y.met_first,
 coalesce((SELECT max(m.met_at) FROM meeting m WHERE m.youth = y.id), ''),
 coalesce((SELECT max(n.saved_at) FROM note n WHERE n.youth = y.id AND n.is_indexed = 1), ''),
 coalesce((SELECT max(n.saved_at) FROM note n WHERE +n.youth = y.id AND n.is_indexed = 0), ''),
 coalesce((SELECT max(a.at) FROM note n JOIN addendum a ON a.note = n.id WHERE n.youth = y.id), '')
) FROM youth y WHERE y.id IN (SELECT value FROM json_each(?))
"""
_DATED = (
    "SELECT n.youth, n.id, max(n.saved_at, coalesce("
    "(SELECT max(a.at) FROM addendum a WHERE a.note = n.id), '')) FROM note n"
)
_NOTES = f"""
{_DATED} WHERE n.is_indexed = 1 AND n.youth IN (SELECT value FROM json_each(?1))
UNION ALL {_DATED} WHERE n.is_indexed = 0 AND +n.youth IN (SELECT value FROM json_each(?1))
UNION ALL {_DATED} WHERE n.id IN (SELECT value FROM json_each(?2))
 AND n.youth NOT IN (SELECT value FROM json_each(?1))
"""  # noqa: S608  (words of ours)
# That the young person was told what a law keeps elsewhere keeps nothing here any longer.
_ENDED = f"""
FROM referral r JOIN referral_step s ON s.referral = r.id
WHERE s.step <> '{KEPT_TOLD}'
 AND r.status NOT IN ({",".join(f"'{status}'" for status in _OPEN)}) AND r.youth
"""
# Grouped here and not by SQLite, whose sorter takes longer than all the rest (D-122).
_STEPS = f"SELECT r.youth, r.id, s.at {_ENDED} IN (SELECT value FROM json_each(?))"  # noqa: S608  (codes of ours)
NOT_REFERRED = f"""
NOT EXISTS (SELECT 1 FROM ({_OWED}) o WHERE o.debt = 1 AND o.youth = y.id)
 AND NOT EXISTS (SELECT 1 {_ENDED} = y.id)
"""  # noqa: S608  (codes of ours)
"""Of `y.id`: whoever was referred goes by what became of it, all others by contact and notes."""
_UNUSED = (
    "SELECT c.youth, c.id, coalesce(c.withdrawn_at, c.valid_until) FROM consent c"
    " WHERE NOT EXISTS (SELECT 1 FROM referral r WHERE r.consent = c.id)"
    " AND NOT EXISTS (SELECT 1 FROM amendment a WHERE a.consent = c.id)"
    " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.consent = c.id AND o.state = 'waiting')"
    " AND c.youth IN (SELECT value FROM json_each(?))"
)

# A promise that nobody kept holds nobody for ever; a request does until it is answered.
_AWAITED = """
SELECT youth, ends_at FROM promise
WHERE outcome = '' AND youth IN (SELECT value FROM json_each(?1))
UNION ALL SELECT youth, '9999-01-01T00:00:00.000000+00:00' FROM own_data_request
WHERE outcome = '' AND youth IN (SELECT value FROM json_each(?1))
"""


def of(db: Db, whose: Iterable[YouthId], kept: Iterable[Target] = ()) -> tuple[Holding, ...]:
    """Return what there is about these young people; of what is `kept` longer, all.

    Whoever was referred goes as one case, and so their other notes are not among it.
    """
    asked = (listed(map(str, whose)),)
    last = {key: time(at) for key, at in db.execute(_LAST, asked)}
    ended = _ended(db.execute(_STEPS, asked))
    opened = _gathered(db.execute(_OWED_BY, asked), _owed)
    unused = _gathered(db.execute(_UNUSED, asked), _dated)
    days = _days(db, asked)
    notes = _notes(db, (key for key in last if not (ended[key] or _helped(opened[key]))), kept)
    return tuple(
        Holding(
            youth=YouthId(uuid(key)),
            alias=alias,
            last_contact=last[key],
            notes=tuple(notes[key]),
            ended_referrals=tuple(ended[key]),
            open_referrals=_helped(opened[key]),
            unused_consents=tuple(unused[key]),
            owed=tuple(dict.fromkeys(opened[key])),
            **days(key),
        )
        for key, alias in db.execute(_ALIASES, asked).fetchall()
    )


def owed(db: Db, youth: YouthId) -> tuple[Owed, ...]:
    """Return what is still owed by or to an agency about one young person."""
    rows = db.execute(_OWED_BY, (listed([str(youth)]),))
    return tuple(dict.fromkeys(_owed(row) for row in rows))


def kept_until(
    db: Db, target: Target, now: datetime, *, is_wished: bool = False
) -> datetime | None:
    """Return until when this is kept longer: by itself, with its person, or for a part of them.

    `is_wished` reckons as if its person had asked to be forgotten already.
    """
    youth = whose(db, target)
    is_wished = is_wished or youth in retention.wishes(db)
    untils = [
        until
        for each, (until, reason) in retention.kept_longer(db).items()
        if (each == target or Thing.YOUTH in (each.thing, target.thing))
        and until > now
        and reason.counts(against_wish=is_wished)
        and whose(db, each) == youth
    ]
    return max(untils, default=None)


class _Days(TypedDict):
    drafted_at: datetime | None
    jotted_at: datetime | None
    awaited_until: datetime | None
    is_unseen: bool
    wished_at: datetime | None


def _days(db: Db, asked: tuple[str]) -> Callable[[str], _Days]:
    drafts = {key: time(at) for key, at in db.execute("SELECT youth, kept_at FROM draft")}
    awaited = _gathered(db.execute(_AWAITED, asked), lambda row: time(row[1]))
    wishes, jotted = retention.wishes(db), jottings.every(db)
    unseen = {key for (key,) in db.execute("SELECT youth FROM unseen")}
    return lambda key: _Days(
        drafted_at=drafts.get(key),
        jotted_at=jotted.get(key),
        awaited_until=max(awaited[key], default=None),
        is_unseen=key in unseen,
        wished_at=wishes.get(YouthId(uuid(key))),
    )


def _gathered(rows: Iterable[Row], said: Callable[[Row], _Said]) -> dict[str, list[_Said]]:
    found: dict[str, list[_Said]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(said(row))
    return found


def _notes(
    db: Db, alone: Iterable[str], kept: Iterable[Target]
) -> dict[str, list[tuple[UUID, datetime]]]:
    longer = (str(each.id) for each in kept if each.thing is Thing.NOTE)
    return _gathered(db.execute(_NOTES, (listed(alone), listed(longer))), _dated)


def _helped(owed: list[Owed]) -> int:
    return sum(each.debt is Debt.HELP for each in owed)


def _ended(rows: Iterable[Row]) -> dict[str, list[datetime]]:
    """Return when each referral of each came to its last step."""
    last: dict[tuple[str, str], str] = {}
    for youth, referral, at in rows:
        last[youth, referral] = max(at, last.get((youth, referral), ""))
    return _gathered(((youth, at) for (youth, _), at in last.items()), lambda row: time(row[1]))


def _owed(row: Row) -> Owed:
    return Owed(_DEBTS[row[1]], row[2])


def _dated(row: Row) -> tuple[UUID, datetime]:
    return uuid(row[1]), time(row[2])
