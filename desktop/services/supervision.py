"""Cases judged high stand in a list until somebody says which supervisor has seen them, and when.

Notes and judgements never leave this laptop, so no supervisor can be shown one from afar: the
list is shown to them here, at the office's review of the day or at any other time.
"""

from dataclasses import dataclass

from desktop.domain.ids import YouthId
from desktop.domain.looks import Kind, Sight, at_record
from desktop.domain.moment import Moment
from desktop.domain.screening import Judgement
from desktop.domain.supervision import Seen
from desktop.domain.youths import Youth
from desktop.services import cosigning, looks, members
from desktop.vault import screening, supervision, youths
from desktop.vault.database import Db, Vault

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Case:
    """One young person judged high whom no supervisor has seen yet."""

    youth: Youth
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Waiting:
    """The cases, the oldest first, at most `SHOWN`; and who may be the supervisor."""

    cases: tuple[Case, ...]
    count: int
    supervisor: str = ""
    """Whose laptop this is, where its device has that role; else nobody is proposed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one young person's case stands before the supervisor."""

    is_waiting: bool
    seen: Seen | None


def count(vault: Vault) -> int:
    """Return how many cases wait: no look at anybody."""
    with vault.reading() as db:
        return supervision.count(db)


def waiting(vault: Vault, moment: Moment) -> Waiting:
    """Show the cases with their grounds: a look at each."""
    found, total = looks.shown(vault, _read, lambda read: _sights(read[0]), moment)
    name = members.label(vault) if found and cosigning.may_sign(vault) else ""
    return Waiting(found, total, name)


def seen(vault: Vault, case: Case, seen_by: str, words: str, moment: Moment) -> Seen:
    """Write down that a supervisor has seen a case; raises `SupervisorNameMissing`.

    What was judged before it is seen with it. It cannot be taken back: judging high again puts
    the case before the supervisor again.
    """
    judged = case.judgement
    kept = Seen(judged.id, case.youth.id, judged.judged_at, moment.now, seen_by, words)
    with vault.transaction() as db:
        supervision.add(db, kept)
    return kept


def standing(vault: Vault, youth: YouthId) -> Standing:
    """Return how a case stands, for a page that is open: that was the look."""
    with vault.reading() as db:
        return Standing(supervision.is_waiting(db, youth), supervision.latest(db, youth))


def _read(db: Db) -> tuple[tuple[Case, ...], int]:
    waiting = supervision.waiting(db, SHOWN)
    known = youths.named(db, (youth for youth, _ in waiting))
    judged = screening.some(db, (key for _, key in waiting))
    cases = tuple(Case(known[youth], judged[key]) for youth, key in waiting)
    return cases, supervision.count(db)


def _sights(cases: tuple[Case, ...]) -> tuple[Sight, ...]:
    return tuple(at_record(Kind.JUDGEMENT, case.judgement.id, case.youth.id) for case in cases)
