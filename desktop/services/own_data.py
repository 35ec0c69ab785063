"""Somebody asks to see, correct or stop what is kept: a task with ten days (PIPA 35 to 37).

What is reported to an authority by law is not in what they are shown: who reported must not be
recognisable from it (아동학대처벌법 10(3)).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop.days_off import is_off
from desktop.domain.ids import YouthId
from desktop.domain.looks import Act, Kind, Sight, at_record, at_youth
from desktop.domain.moment import Moment
from desktop.domain.own_data import Outcome, Request, Wish, due_on
from desktop.domain.own_page import OwnPage
from desktop.domain.youths import Youth
from desktop.paths import refuse_synced
from desktop.services import looks, whole_files
from desktop.vault import own_data, own_page, youths
from desktop.vault.database import Vault

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open request, whose it is, and how many days are left; below 0: overdue."""

    request: Request
    youth: Youth
    days_left: int


@dataclass(frozen=True, slots=True)
class Due:
    """How many requests wait, no more than are listed."""

    open: int = 0
    now: int = 0
    """Those whose last day it is, or was."""


def ask(vault: Vault, youth: YouthId, wish: Wish, words: str, moment: Moment) -> Request:
    """Write down what they ask for; `NothingWritten` for a correction without its words."""
    due = due_on(moment.now, is_off)
    request = Request(moment.id("request"), youth, wish, words, moment.now, due)
    with vault.transaction() as db:
        own_data.add(db, request)
    return request


def answer(vault: Vault, request: UUID, outcome: Outcome, words: str, moment: Moment) -> Request:
    """Write down how it was answered; only a yes to all of it needs no words.

    Raises `RequestNotOpen`, `NothingWritten`.
    """
    with vault.transaction() as db:
        answered = own_data.one(db, request).answered(outcome, words, moment.now)
        own_data.answer(db, answered)
    return answered


def waiting(vault: Vault, moment: Moment) -> tuple[Waiting, ...]:
    """Return what waits, the most urgent first, at most `SHOWN`; names in a list are no look."""
    with vault.reading() as db:
        found = own_data.open_ones(db, SHOWN)
        whose = {each.id: each for each in youths.some(db, (one.youth for one in found))}
    return tuple(Waiting(each, whose[each.youth], each.days_left(moment.now)) for each in found)


def due(vault: Vault, moment: Moment) -> Due:
    """Count what waits: cheap, and no look at anybody."""
    with vault.reading() as db:
        found = own_data.open_ones(db, SHOWN)
    return Due(len(found), sum(each.days_left(moment.now) <= 0 for each in found))


def of_youth(vault: Vault, youth: YouthId) -> tuple[Request, ...]:
    """Return every request of one person, newest first."""
    with vault.reading() as db:
        return own_data.of_youth(db, youth)


def gathered(vault: Vault, youth: YouthId, moment: Moment) -> OwnPage:
    """Show everything that is kept about them: a look at all of it.

    What stays out, and why, is named in `vault.own_tables`.
    """
    return looks.shown(vault, lambda db: own_page.gathered(db, youth), _sights, moment)


def save(
    vault: Vault, youth: YouthId, file: Path, written: Callable[[OwnPage], str], moment: Moment
) -> None:
    """Write their own data to a file, in the words of `written`, and that it was taken out.

    Raises `UnsafePlace`, `FileNotWritten`, `DiskFull`.
    """
    refuse_synced(file.parent)
    data = gathered(vault, youth, moment)
    looks.taken_out(vault, (at_youth(youth, Act.EXPORTED),), moment)
    whole_files.write(file, written(data).encode("utf-8"))


def _sights(data: OwnPage) -> Iterator[Sight]:
    whose = data.youth.id
    records = (
        (Kind.NOTE, (each.note.id for each in data.notes)),
        (Kind.JUDGEMENT, (each.id for each in data.judgements)),
        (Kind.PLAN, (each.id for each in data.plans)),
        (Kind.ANSWERS, (each.id for each in data.answered)),
        (Kind.PROMISE, (each.id for each in data.promises)),
        (Kind.REFERRAL, (each.tracking.referral.id for each in data.referrals)),
        (Kind.RECEIVED, (each.id for each in data.received)),
    )
    yield at_youth(whose)
    for kind, ids in records:
        yield from (at_record(kind, key, whose) for key in ids)
