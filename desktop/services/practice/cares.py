"""What follows from the meetings of the practice week: judgements, promises, plans, drafts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.domain.consents import Item
from desktop.domain.days import ONE_DAY, day_of
from desktop.domain.ids import JudgementId, PlanId
from desktop.domain.promises import Due, Outcome, Part, Promise, PromiseId, Promiser, When
from desktop.domain.referrals import Draft
from desktop.domain.safety import Plan, Step
from desktop.domain.screening import Judgement, NextStep, Risk
from desktop.domain.supervision import Seen
from desktop.services.practice.cast import Names, Visit, Week
from desktop.services.practice.nights import person_of
from desktop.services.practice.words import words
from desktop.vault import drafts, promises, safety, screening, supervision
from desktop.vault.database import Db

HIGH, MEDIUM, LOW, PLANS, DRAFTS = 7, 28, 45, 4, 2
_SEEN = 4
"""So many of those judged high a supervisor has looked at."""
_LATER = timedelta(minutes=20)
_EVERY = {When.OVERDUE: 5, When.TODAY: 6, When.COMING: 9}
_KEPT = 12
_STEPS = (NextStep.ACCOMPANY, NextStep.SUICIDE_LINE, NextStep.URGENT_REFERRAL)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody, at their last meeting, and what is made up about them."""

    number: int
    visit: Visit
    names: Names

    @property
    def at(self) -> datetime:
        """When it is written: after they were met."""
        return self.visit.at + _LATER


def write(db: Db, week: Week, names: Names, who: str) -> None:
    """Write all of it; `who` keeps the plans."""
    last = [visit for visit in week.last_visits() if not visit.person.is_nameless]
    told = [Told(number, visit, names) for number, visit in enumerate(last[2:])]
    for each in told[: HIGH + MEDIUM + LOW]:
        _judge(db, each)
    for each in told[:PLANS]:
        _plan(db, each, who)
    for each, due, outcome in _due(told[3:], week):
        _promise(db, each, due, outcome)
    for each in told[-DRAFTS:]:
        needs = {Item.NEED: words().needs["leisure"], Item.REACH: words().reach[0]}
        drafts.keep(db, Draft(person_of(each.visit, names), words=needs), each.at)


def _judge(db: Db, told: Told) -> None:
    is_high, is_medium = told.number < HIGH, told.number < HIGH + MEDIUM
    risk = Risk.HIGH if is_high else Risk.MEDIUM if is_medium else Risk.LOW
    said = words().high if is_high else words().medium if is_medium else words().low
    key = JudgementId(told.names.of(f"judgement {told.number}"))
    youth, grounds = person_of(told.visit, told.names), said[told.number % len(said)]
    step = _STEPS[told.number % len(_STEPS)] if is_high else None
    screening.add(db, Judgement(key, youth, risk, grounds, told.at, step))
    if told.number < _SEEN:
        seen_at = told.at + timedelta(hours=12)
        supervision.add(db, Seen(key, youth, told.at, seen_at, words().team[0]))


def _plan(db: Db, told: Told, who: str) -> None:
    said = {Step(step): text for step, text in words().plan.items()}
    key, youth = told.names.of(f"plan {told.number}"), person_of(told.visit, told.names)
    safety.keep(db, Plan(PlanId(key), youth, who, told.at, said), told.at)


def _promise(db: Db, told: Told, due: Due, outcome: Outcome) -> None:
    said, by = words().promises, (Promiser.ME, Promiser.ME, Promiser.YOUTH, Promiser.COLLEAGUE)
    promiser = by[told.number % len(by)]
    promise = Promise(
        PromiseId(told.names.of(f"promise {told.number}")), person_of(told.visit, told.names),
        said[told.number % len(said)], due, told.at, promiser,
        words().team[1] if promiser is Promiser.COLLEAGUE else "", 0, outcome,
        due.opens() if outcome is not Outcome.OPEN else None,
    )  # fmt: skip
    promises.add(db, promise)


def _due(told: list[Told], week: Week) -> Iterator[tuple[Told, Due, Outcome]]:
    """Part people who were met before yesterday among the lists, and the promises kept."""
    today = day_of(week.began)
    early = [each for each in told if each.visit.night < 5]
    rest = iter(early)
    for when, count in _EVERY.items():
        for turn in range(count):
            yield next(rest), Due(*_day(when, turn, today)), Outcome.OPEN
    for turn in range(_KEPT):
        each = next(rest)
        day = day_of(each.visit.at) + ONE_DAY
        yield each, Due(day, Part.NOON), Outcome.OFF if turn % 6 == 5 else Outcome.KEPT


def _day(when: When, turn: int, today: date) -> tuple[date, Part, time | None]:
    if when is When.OVERDUE:
        return today - ONE_DAY, (Part.NOON, Part.EVENING, Part.AFTERNOON)[turn % 3], None
    if when is When.TODAY:
        # The last of it: whenever practice begins, it is not overdue yet.
        return today, Part.SMALL_HOURS if turn % 2 else Part.ALL, None
    at = time(15 + turn % 4, 30) if turn % 3 == 0 else None
    part = Part.ALL if at else (Part.NOON, Part.EVENING)[turn % 2]
    return today + (1 + turn % 5) * ONE_DAY, part, at
