"""Promises: read from plain words, kept, listed, put off and ended; and who has gone quiet.

All of it without a line. Everything asks with the moment it is asked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop import days_off
from desktop.domain.days import ONE_DAY, begins, day_of
from desktop.domain.ids import YouthId
from desktop.domain.looks import Kind, Sight, at_record, at_youth
from desktop.domain.moment import Moment
from desktop.domain.promises import (
    Due,
    Outcome,
    Promise,
    PromiseId,
    Promiser,
    Snooze,
    accepted,
    snoozed,
)
from desktop.domain.youths import Youth
from desktop.promise_errors import PromiseOver, TimeNotUnderstood
from desktop.services import living, looks
from desktop.services.living import Ending
from desktop.vault import meta, promises, youths
from desktop.vault.database import Db, Vault

SHOWN = 30
"""At most so many of each list: a screen and a half. The counts are of all."""
USUAL_QUIET, QUIET_CHOICES = 14, (3, 7, 14, 21, 30, 60, 90)
"""Days without a contact until somebody stands in the list, unless an organisation decides."""
_QUIET = "quiet_days"
_Known = Mapping[YouthId, Youth]


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What is typed about a promise."""

    youth: YouthId
    what: str
    due: Due
    by: Promiser = Promiser.ME
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of typed words, and whether offices are closed then."""

    due: Due
    rest: str
    """What is left of the words without the time."""
    holiday: str = ""
    """The holiday's name, empty on any other day."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One promise in a list."""

    promise: Promise
    youth: Youth
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody with an open promise, or judged middle or high, who has not been heard of."""

    youth: Youth
    since: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many, of all that is open."""

    overdue: int = 0
    today: int = 0
    coming: int = 0
    quiet: int = 0
    come_due: int = 0
    """Those whose time has begun, overdue ones included."""
    ending: int = 0
    """Consents that run out within two weeks, no more than are listed."""

    @property
    def open(self) -> int:
        """How many promises are open."""
        return self.overdue + self.today + self.coming


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists as they stand at a moment, at most `SHOWN` of each."""

    counts: Counts
    overdue: tuple[Listed, ...]
    today: tuple[Listed, ...]
    coming: tuple[Listed, ...]
    quiet: tuple[Quiet, ...]
    quiet_days: int
    ending: tuple[Ending, ...] = ()
    """Whose consent runs out within two weeks."""


@dataclass(frozen=True, slots=True)
class OfYouth:
    """What is open about one young person."""

    promises: tuple[Listed, ...]
    quiet_since: datetime | None
    """The last contact, where it is longer ago than the organisation wants."""


def read(_: Vault, text: str, language: str, moment: Moment) -> Reading:
    """Read a day or time out of plain words; raises `TimeNotUnderstood`.

    The first time loads the holidays, so it is asked on the vault's thread like everything else.
    """
    from desktop.domain.time_words import understood  # its patterns take a while to compile

    found = understood(text, moment.now)
    if found is None:
        raise TimeNotUnderstood
    return Reading(found.due, found.rest, _holiday(found.due, language))


def make(vault: Vault, new: NewPromise, moment: Moment) -> Promise:
    """Keep a promise; raises `PromiseOver`, `PromiseFar`, `NothingWritten`, `TextTooLong`."""
    made = Promise(
        PromiseId(moment.id("promise")), new.youth, new.what, accepted(new.due, moment.now),
        moment.now, new.by, new.name,
    )  # fmt: skip
    with vault.transaction() as db:
        promises.add(db, made)
    return made


def put_off(vault: Vault, promise: PromiseId, until: Snooze, moment: Moment) -> Promise:
    """Put a promise off; return it as it was, for `put_back`. `PromiseOver` at a night's end."""
    with vault.transaction() as db:
        before = promises.one(db, promise)
        due = snoozed(before.due, until, moment.now, days_off.is_off)
        if due is None:
            raise PromiseOver
        promises.change(db, before.put_off(due), moment.now)
    return before


def end(vault: Vault, promise: PromiseId, outcome: Outcome, moment: Moment) -> Promise:
    """It was kept, or called off; return it as it was, for `put_back`."""
    with vault.transaction() as db:
        before = promises.one(db, promise)
        promises.change(db, replace(before, outcome=outcome, ended_at=moment.now), moment.now)
    return before


def put_back(vault: Vault, before: Promise, moment: Moment) -> None:
    """Undo: make a promise what it was; nothing, where it was destroyed meanwhile."""
    with vault.transaction() as db:
        promises.change(db, before, moment.now)


def counts(vault: Vault, now: datetime) -> Counts:
    """Count what is open: cheap, and no look at anybody."""
    with vault.reading() as db:
        return _counts(db, now, living.ending_count(db, now))


def lists(vault: Vault, language: str, moment: Moment) -> Lists:
    """Return overdue, today's and coming promises and who has gone quiet: a look at each."""
    return looks.shown(vault, lambda db: _lists(db, language, moment.now), _sights, moment)


def of_youth(vault: Vault, youth: YouthId, language: str, now: datetime) -> OfYouth:
    """Return what is open about somebody whose page is open: that was the look."""
    with vault.reading() as db:
        since = promises.last_contact(db, youth)
        is_quiet = since is not None and since <= _quiet_before(db, now)
        found, known = promises.of_youth(db, youth), youths.named(db, (youth,))
        return OfYouth(tuple(_listed(known, found, language)), since if is_quiet else None)


def quiet_days(vault: Vault) -> int:
    """Return after how many days without a contact somebody stands in the list."""
    with vault.reading() as db:
        return _quiet_days(db)


def choose_quiet_days(vault: Vault, days: int, moment: Moment) -> None:
    """Let the organisation decide it, from one day to a year."""
    if not 1 <= days <= 365:
        raise ValueError("not a number of days")
    with vault.transaction() as db:
        meta.keep(db, _QUIET, str(days), moment.now)


def _lists(db: Db, language: str, now: datetime) -> Lists:
    end, days = begins(day_of(now) + ONE_DAY), _quiet_days(db)
    overdue = promises.overdue(db, now, SHOWN)
    today, coming = promises.due_between(db, now, end, SHOWN), promises.later(db, end, SHOWN)
    quiet = promises.quiet(db, now - timedelta(days=days), SHOWN)
    about = [*(each.youth for each in (*overdue, *today, *coming)), *(youth for youth, _ in quiet)]
    known, ending = youths.named(db, about), living.ending_in(db, now)
    return Lists(
        _counts(db, now, len(ending)),
        tuple(_listed(known, overdue, language)),
        tuple(_listed(known, today, language)),
        tuple(_listed(known, coming, language)),
        tuple(Quiet(known[youth], since) for youth, since in quiet),
        days,
        ending,
    )


def _listed(known: _Known, found: tuple[Promise, ...], language: str) -> Iterator[Listed]:
    for each in found:
        yield Listed(each, known[each.youth], _holiday(each.due, language))


def _sights(found: Lists) -> Iterator[Sight]:
    for listed in (*found.overdue, *found.today, *found.coming):
        yield at_record(Kind.PROMISE, listed.promise.id, listed.youth.id)
    for youth in (*(q.youth for q in found.quiet), *(e.youth for e in found.ending)):
        yield at_youth(youth.id)


def _counts(db: Db, now: datetime, ending: int) -> Counts:
    end = begins(day_of(now) + ONE_DAY)
    overdue, today, coming, come_due = promises.counted(db, now, end)
    quiet = promises.quiet_count(db, _quiet_before(db, now))
    return Counts(overdue, today, coming, quiet, come_due, ending)


def _quiet_days(db: Db) -> int:
    return int(meta.kept(db, _QUIET) or USUAL_QUIET)


def _quiet_before(db: Db, now: datetime) -> datetime:
    return now - timedelta(days=_quiet_days(db))


def _holiday(due: Due, language: str) -> str:
    return days_off.name_of(due.written_day(), language)
