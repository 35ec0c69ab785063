"""What five years leave beside the notes: judgements, promises, consents, referrals, looks."""

from datetime import timedelta
from uuid import UUID

from builders import a_consent, a_judgement, a_referral
from invented import sentence

from desktop.domain.days import day_of
from desktop.domain.ids import ConsentId, JudgementId, ReferralId
from desktop.domain.looks import Reader, at_youth
from desktop.domain.promises import Due, Outcome, Promise, PromiseId
from desktop.domain.screening import NextStep, Risk
from desktop.domain.supervision import Seen
from desktop.services.letters import packet_of
from desktop.vault import consents, looks, promises, referrals, screening, steps, supervision
from desktop.vault.referrals import Sealing
from desktop.vault.steps import Step
from sync.protocol.states import Delivery, TaskStatus

_SHARES = {"judge": 0.25, "promise": 0.2, "ask": 0.05, "refer": 0.03, "look": 1.0}
_STILL_OPEN = 0.02  # of promises and referrals; and of high cases, nobody has seen so many
_READER = Reader("bench", "here")


def leave(db, chance, meeting):
    """Leave what a meeting may lead to; most of it is over long since."""
    youth, at = meeting.youth, meeting.met_at
    looks.looked(db, _READER, at_youth(youth), at)
    if chance.random() < _SHARES["judge"]:
        _judge(db, chance, youth, at)
    if chance.random() < _SHARES["promise"]:
        _promise(db, chance, youth, at)
    if chance.random() < _SHARES["ask"]:
        _ask(db, chance, youth, at)


def _id(chance):
    return UUID(int=chance.getrandbits(128), version=4)


def _is_over(chance):
    return chance.random() > _STILL_OPEN


def _judge(db, chance, youth, at):
    risk = chance.choices((Risk.LOW, Risk.MEDIUM, Risk.HIGH), (6, 3, 1))[0]
    step = NextStep.ACCOMPANY if risk is Risk.HIGH else None
    made = a_judgement(
        id=JudgementId(_id(chance)), youth=youth, risk=risk, grounds=sentence(chance),
        next_step=step, judged_at=at,
    )  # fmt: skip
    screening.add(db, made)
    if risk is Risk.HIGH and _is_over(chance):
        supervision.add(db, Seen(made.id, youth, at, at + timedelta(hours=9), "김팀장"))


def _promise(db, chance, youth, at):
    is_over = _is_over(chance)
    outcome, ended = (Outcome.KEPT, at + timedelta(days=1)) if is_over else (Outcome.OPEN, None)
    due = Due(day_of(at) + timedelta(days=chance.randint(0, 9)))
    promises.add(
        db,
        Promise(
            PromiseId(_id(chance)), youth, sentence(chance), due, at,
            outcome=outcome, ended_at=ended,
        ),
    )  # fmt: skip


def _ask(db, chance, youth, at):
    consent = a_consent(
        id=ConsentId(_id(chance)), youth=youth, asked_at=at, valid_until=at + timedelta(days=90)
    )
    consents.add(db, consent)
    if chance.random() > _SHARES["refer"] / _SHARES["ask"]:
        return
    referral = a_referral(id=ReferralId(_id(chance)), youth=youth, written_at=at)
    sealing = Sealing(packet_of(referral), "밤하늘 쉼터", "0" * 64)
    referrals.add(db, referral.release(consent, at), sealing)
    steps.delivered(db, referral.id, Delivery.DELIVERED, at, str(_id(chance)))
    if _is_over(chance):
        step = Step(TaskStatus.COMPLETED.value, at + timedelta(days=2), str(_id(chance)))
        steps.moved(db, referral.id, TaskStatus.COMPLETED, "", step)
