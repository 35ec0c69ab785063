"""Referrals of the practice week that were answered long since, and the consents of it.

They tell what a hub and its agencies said on those days. The practice hub was not there then: it
learns of one when its consent is withdrawn, as any hub that was put back does (D-061).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle

from desktop.domain.agencies import Agency, Category
from desktop.domain.consents import Answer, Article, Consent, Guardian, Item, Notice, Verification
from desktop.domain.days import ONE_DAY
from desktop.domain.ids import ConsentId, ReferralId
from desktop.domain.referrals import Appointment, Erasure, Referral, Urgency
from desktop.services import letters
from desktop.services.practice.cast import Names, Visit, Week
from desktop.services.practice.nights import person_of
from desktop.services.practice.words import words
from desktop.vault import answers, consents, referrals, steps
from desktop.vault.database import Db
from desktop.vault.referrals import Sealing
from desktop.vault.steps import Step
from sync.protocol.bodies import Meeting
from sync.protocol.digests import sha256
from sync.protocol.states import CONSENT_WITHDRAWN, Delivery, TaskStatus

PARTS = 4
_S, _M = TaskStatus, Meeting
# What became of each, how many, and what was said of an appointment.
_ENDS: tuple[tuple[str, int, TaskStatus, Meeting | None], ...] = (
    ("accepted", 4, _S.ACCEPTED, None), ("booked", 5, _S.ACCEPTED, _M.BOOKED),
    ("kept", 3, _S.IN_PROGRESS, _M.KEPT), ("missed", 3, _S.ACCEPTED, _M.MISSED),
    ("accepted", 4, _S.IN_PROGRESS, None), ("on-hold", 3, _S.ON_HOLD, None),
    ("completed", 6, _S.COMPLETED, None), ("rejected", 4, _S.REJECTED, None),
    ("failed", 2, _S.FAILED, None), ("withdrawn", 3, _S.CANCELLED, None),
    ("silent", 4, _S.REQUESTED, None), ("refused", 1, _S.REQUESTED, None),
)  # fmt: skip
_ITEMS = (Item.ALIAS, Item.AGE, Item.NEED, Item.REACH)
_HOUR = timedelta(hours=1)
_LATE = 24 * _HOUR + timedelta(minutes=1)
"""So long before a day begins: all through it an agency is late, but not twice as late."""
_REASON = {_S.REJECTED: "no-room", _S.FAILED: "contact-lost"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One referral of the past."""

    number: int
    visit: Visit
    agency: Agency
    end: str
    status: TaskStatus
    meeting: Meeting | None
    at: datetime

    @property
    def category(self) -> Category:
        """What was asked for."""
        offered = sorted(self.agency.categories() & {Category(each) for each in words().needs})
        return offered[self.number % len(offered)] if offered else Category.COUNSEL


def write(db: Db, week: Week, names: Names, agencies: tuple[Agency, ...], part: int) -> None:
    """Write one part of what was asked for."""
    for asked in _asked(week, agencies):
        if asked.number % PARTS == part:
            _write(db, asked, names, week)
    if part == 0:
        for number, visit in enumerate(_adults(week)[-6:]):
            _write_alone(db, (number, visit), names, agencies[number % len(agencies)])


def consent_of(key: ConsentId, visit: Visit, agency: Agency, names: Names) -> Consent:
    """Return a yes to everything that the week tells an agency."""
    notice = Notice("referral-v1", "ko", sha256(words().purpose.encode()).hex())
    guardian = Guardian(*words().guardian, Verification.PHONE_CALL)
    at = visit.at + timedelta(minutes=12)
    return Consent(
        key, person_of(visit, names), agency.id, agency.name, frozenset(_ITEMS),
        words().purpose, words().retention, notice,
        {Article.COLLECT: Answer.GIVEN, Article.PROVIDE: Answer.GIVEN}, at, at + 90 * ONE_DAY,
        guardian if visit.person.age.may_be_under_14() else None,
    )  # fmt: skip


def told(visit: Visit, category: Category) -> dict[Item, str]:
    """Return what an agency is told."""
    reach = words().reach
    need = words().needs.get(category.value, words().needs["counsel"])
    return {
        Item.ALIAS: visit.person.alias, Item.AGE: f"{visit.person.age.lowest}세쯤",
        Item.NEED: need, Item.REACH: reach[visit.number % len(reach)],
    }  # fmt: skip


def _adults(week: Week) -> list[Visit]:
    """Return the last visits of those who have an alias and an age."""
    last = week.last_visits()[2:]
    return [each for each in last if not each.person.is_nameless and each.person.age.lowest]


def _asked(week: Week, agencies: tuple[Agency, ...]) -> Iterator[Asked]:
    ends = (each for each in _ENDS for _ in range(each[1]))
    early = [visit for visit in _adults(week) if 1 < visit.night < 6]
    turn = cycle(agencies)
    for number, (end, visit) in enumerate(zip(ends, early, strict=False)):
        word, _, status, meeting = end
        at = visit.at + timedelta(minutes=25)
        if word == "silent":  # half for so long that it is the coordinator's
            at = min(at, week.began - 60 * _HOUR) if number % 2 else week.began - _LATE
        yield Asked(number, visit, next(turn), word, status, meeting, at)


def _write(db: Db, asked: Asked, names: Names, week: Week) -> None:
    referral = ReferralId(names.of(f"referral {asked.number}"))
    given = consent_of(
        ConsentId(names.of(f"consent {asked.number}")), asked.visit, asked.agency, names
    )
    consents.add(db, replace(given, asked_at=asked.at - timedelta(minutes=8)))
    what = Referral(
        referral, given.youth, asked.agency.id, frozenset({asked.category}),
        told(asked.visit, asked.category), asked.at,
        Urgency.URGENT if asked.number % 9 == 0 and asked.end != "silent" else Urgency.ROUTINE,
        asked.visit.person.keep_from_guardian,
    )  # fmt: skip
    packet = letters.packet_of(what)
    released = what.release(consents.one(db, given.id), asked.at)
    referrals.add(db, released, Sealing(packet, asked.agency.name, sha256(packet).hex()))
    _deliver(db, referral, asked)
    _answer(db, referral, asked, week)
    if asked.end == "withdrawn":
        _withdraw(db, referral, given, asked.at + ONE_DAY)


def _deliver(db: Db, referral: ReferralId, asked: Asked) -> None:
    proof = f"practice week {asked.number}"
    steps.taken(db, referral, Step(Delivery.QUEUED.value, asked.at, proof))
    if asked.end == "refused":
        steps.has_problem(db, referral, "org-inactive")
        return
    far = (Delivery.SENT, Delivery.DELIVERED, Delivery.OPENED)
    waits = (timedelta(minutes=1), timedelta(minutes=2), timedelta(hours=10))
    for to, wait in zip(far[: 2 if asked.end == "silent" else 3], waits, strict=False):
        steps.delivered(db, referral, to, asked.at + wait, proof)


def _answer(db: Db, referral: ReferralId, asked: Asked, week: Week) -> None:
    at, proof = asked.at + timedelta(hours=11), f"practice week {asked.number}"
    if asked.status not in (_S.REJECTED, _S.REQUESTED, _S.CANCELLED):
        steps.moved(db, referral, _S.ACCEPTED, "", Step(_S.ACCEPTED.value, at, proof))
    if asked.status not in (_S.ACCEPTED, _S.REQUESTED, _S.CANCELLED):
        later, reason = at + timedelta(hours=3), _REASON.get(asked.status, "")
        step = Step(asked.status.value, later, proof)
        steps.moved(db, referral, asked.status, reason, step)
    said = words().answers.get(asked.end)
    if said is None:
        return
    reply = str(referral)
    steps.replied(db, referral, reply, said, at)
    if asked.meeting is not None:
        ahead = asked.meeting is Meeting.BOOKED
        met = week.began + (1 + asked.number % 3) * ONE_DAY if ahead else at
        met = met.replace(minute=0, second=0) + timedelta(hours=5)
        place = asked.agency.address or asked.agency.name
        answers.appointed(db, referral, reply, Appointment(met, place, asked.meeting))


def _withdraw(db: Db, referral: ReferralId, given: Consent, at: datetime) -> None:
    consents.end(db, given.id, at)
    proof = "practice week"
    step = Step(_S.CANCELLED.value, at, proof)
    steps.moved(db, referral, _S.CANCELLED, CONSENT_WITHDRAWN, step)
    steps.owed(db, referral, Erasure.OWED, Step("erasure-owed", at, proof))
    done = Step(Erasure.DESTROYED.value, at + timedelta(hours=12), proof)
    steps.owed(db, referral, Erasure.DESTROYED, done)


def _write_alone(db: Db, who: tuple[int, Visit], names: Names, agency: Agency) -> None:
    """Write an asking that no referral stands on: run out, taken back, a no, or not yet."""
    number, visit = who
    key = ConsentId(names.of(f"asking {number}"))
    given = consent_of(key, visit, agency, names)
    match number % 3:
        case 0:
            given = replace(given, valid_until=given.asked_at + timedelta(hours=6))
        case 1:
            said = (Answer.REFUSED, Answer.LATER)[number // 3 % 2]
            given = replace(given, answers={Article.COLLECT: said})
    consents.add(db, given)
    if number % 3 == 2:
        consents.end(db, key, given.asked_at + timedelta(hours=5))
