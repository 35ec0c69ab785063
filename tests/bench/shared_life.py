"""What else the years leave in a vault beside notes: promises, judgements, referrals, looks.

Out of a hundred meetings: twenty promises, twelve judgements (one of them high), three referrals,
one consent that nothing came of, one safety plan. Nearly all of it ended long ago.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
from builders import a_consent, a_referral
from invented import sentence
from network_of_one import enrolment_of

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.days import day_of
from desktop.domain.ids import AgencyId, ConsentId, JudgementId, PlanId, ReferralId
from desktop.domain.looks import Kind, at_record, at_youth
from desktop.domain.moment import CHANCE, fresh_id
from desktop.domain.promises import Due, Outcome, Promise, PromiseId
from desktop.domain.safety import Plan, Step
from desktop.domain.screening import Judgement, NextStep, Risk
from desktop.domain.silences import Silence
from desktop.domain.supervision import Seen
from desktop.services import letters, looks
from desktop.vault import (
    consents,
    directory,
    enrolment,
    mailbox,
    promises,
    referrals,
    safety,
    screening,
    silences,
    steps,
    supervision,
)
from desktop.vault import looks as look_rows
from sync.client.directory import renewed
from sync.protocol.digests import sha256
from sync.protocol.states import ERASURE_OVERDUE, STILL_SILENT, Delivery, TaskStatus

DAY = timedelta(days=1)
SILENT = 60
"""Silences between others that a coordinator has not seen to."""
_UNDER_WAY, _LOOKED = 60 * DAY, 90 * DAY
"""Before the end: referrals may still be under way; looks are written down."""
_NOWHERE = "http://127.0.0.1:9"
_ENDS = (TaskStatus.COMPLETED,) * 17 + (TaskStatus.REJECTED,) * 2 + (TaskStatus.FAILED,)


class Life:
    """Fills a vault night by night, in the transaction of each; `last` is when it ends."""

    def __init__(self, vault, chance, last: datetime):
        self._vault, self._chance, self._last = vault, chance, last
        self._agency, self._reader = AgencyId("nobody"), None

    def enrol(self, house):
        """Let it belong to a network whose hub is never reached, and coordinate there."""
        kept = msgspec.structs.replace(
            enrolment_of(house, house.centre), url=_NOWHERE, world="real"
        )
        house.publish(2, house.centre, house.shelter, house.clinic)
        found = renewed(
            {}, house.keepers.fingerprint, _Published(house), house.clock.now, "practice"
        )
        self._agency = AgencyId(house.shelter.org)
        pair = (AgencyId(house.clinic.org), AgencyId(house.shelter.org))
        with self._vault.transaction() as db:
            enrolment.keep(db, msgspec.json.encode(kept).decode())
            mailbox.start_over(db, house.hub.epoch)
            directory.keep(db, found.book, found.files)
            for number in range(SILENT):
                why = ERASURE_OVERDUE if number % 5 == 0 else STILL_SILENT
                at = self._last - number * DAY / 2
                silences.told(db, Silence(str(self._id(at)), why, *pair, at))
            self._reader = looks.reader(db, self._vault)

    def meeting(self, db, youth, note, at: datetime):
        """Let something come of a meeting, as often as something does."""
        chance = self._chance.random
        if chance() < 0.2:
            self._promise(db, youth, at)
        if chance() < 0.12:
            self._judgement(db, youth, at)
        if chance() < 0.03:
            self._referral(db, youth, at)
        if chance() < 0.01:
            consents.add(db, self._consent(youth, at))
        if chance() < 0.01:
            plan = Plan(PlanId(self._id(at)), youth, "bench", at, {Step.SIGNS: self._words()})
            safety.keep(db, plan, at)
        if self._last - at < _LOOKED:
            for sight in (at_youth(youth), at_record(Kind.NOTE, note, youth)):
                look_rows.looked(db, self._reader, sight, at)

    def _promise(self, db, youth, at):
        due = Due(day_of(at) + self._chance.randint(1, 10) * DAY)
        made = Promise(PromiseId(self._id(at)), youth, self._words(), due, at)
        promises.add(db, made)
        is_left = self._last - due.ends() < 10 * DAY and self._chance.random() < 0.3
        if due.ends() < self._last and not is_left:
            outcome = self._chance.choice((Outcome.KEPT,) * 4 + (Outcome.OFF,))
            ended_at = due.ends() - DAY / 6
            promises.change(db, replace(made, outcome=outcome, ended_at=ended_at), ended_at)

    def _judgement(self, db, youth, at):
        risk = self._chance.choices((Risk.LOW, Risk.MEDIUM, Risk.HIGH), (60, 32, 8))[0]
        step = NextStep.ACCOMPANY if risk is Risk.HIGH else None
        judged = Judgement(JudgementId(self._id(at)), youth, risk, self._words(), at, step)
        screening.add(db, judged)
        if risk is Risk.HIGH and self._last - at > 30 * DAY:
            seen_at = at + DAY * self._chance.randint(1, 5)
            seen = Seen(judged.id, youth, at, seen_at, "한소장", self._words())
            supervision.add(db, seen)

    def _referral(self, db, youth, at):
        consent = self._consent(youth, at)
        consents.add(db, consent)
        words = {Item.ALIAS: "하늘", Item.NEED: self._words(), Item.SITUATION: self._words()}
        asked = a_referral(
            id=ReferralId(self._id(at)), youth=youth, agency=self._agency, words=words,
            written_at=at, categories=frozenset({self._chance.choice(tuple(Category))}),
        )  # fmt: skip
        packet = letters.packet_of(asked)
        sealing = referrals.Sealing(packet, consent.agency_name, sha256(packet).hex())
        referrals.add(db, asked.release(consent, at), sealing)
        self._go_on(db, asked.id, at)

    def _go_on(self, db, key, at):
        far = (Delivery.SENT, Delivery.DELIVERED, Delivery.OPENED)
        for number, to in enumerate(far, 1):
            steps.delivered(db, key, to, at + number * DAY / 12, str(self._id(at)))
        is_open = self._last - at < _UNDER_WAY
        if is_open and self._chance.random() < 0.3:
            return  # silent
        went = [TaskStatus.ACCEPTED, TaskStatus.IN_PROGRESS]
        if not is_open:
            went.append(self._chance.choice(_ENDS))
        if went[-1] is TaskStatus.REJECTED:
            went = [TaskStatus.REJECTED]
        for number, status in enumerate(went, 1):
            step = steps.Step(status.value, at + number * DAY, str(self._id(at)))
            steps.moved(db, key, status, "", step)
        steps.replied(db, key, str(self._id(at)), self._words(), at + DAY)

    def _consent(self, youth, at):
        return a_consent(
            id=ConsentId(self._id(at)), youth=youth, agency=self._agency, asked_at=at,
            valid_until=at + 90 * DAY,
        )  # fmt: skip

    def _words(self):
        return sentence(self._chance)[:80]

    def _id(self, at):
        return fresh_id(at, self._chance.randbytes(CHANCE))


class _Published:
    """What a hub publishes, read without a line."""

    def __init__(self, house):
        self._house = house

    def published(self, path, _):
        """Return one file."""
        return self._house.published(path)
