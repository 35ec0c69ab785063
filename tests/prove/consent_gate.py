"""Nothing leaves without a consent that says so: the whole way, and each of three gates alone.

Each trial is one random asking (items, answers, lapse, agency, withdrawal) and one random
referral. What arrives is opened with the agency's own key and compared with what the answers
allowed, worked out here anew. Then something forbidden is pushed past the other gates: the
database's trigger, the sender and the hub must each refuse it alone (I4, R-34). Control: a vault
whose trigger is gone.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from builders import on_a_night
from invented import alias, sentence
from prove import gates
from prove.evening import Clock
from prove.gates import allowed_by
from prove.lines import GoodLine
from prove.network import World, template
from prove.proof import Proof, scratch, spread
from prove.released import answered

from desktop.domain.agencies import Category
from desktop.domain.consents import ASKED, Answer, Consent, Item
from desktop.domain.referrals import Draft
from desktop.domain.youths import Age
from desktop.errors import ConsentMissing, GuardianNeeded
from desktop.services import consents, exchange, referrals, withdrawals, youths
from sync.client.addressees import Addressees
from sync.practice.letters import Letters

NAME = "consent-gate"
FULL = 100_000
TRIALS_A_WORLD = 100


def run(count: int) -> Proof:
    """Ask and refer that often."""
    with scratch("gate") as place:
        kept = template(Path(place) / "kept")
        broken = spread(partial(trials, kept), count, TRIALS_A_WORLD, NAME)
        found = trials(kept, "control", 20, is_trigger_gone=True)
        caught = any("trigger" in problem for problem in found)
    return Proof(count, len(broken), caught)


def trials(kept: Path, seed: str, count: int, is_trigger_gone: bool = False) -> Iterator[str]:
    """Do trials in one world; tell what got through that should not, or did not that should."""
    with scratch("gate") as place:
        world = World(kept, Path(place) / "world", GoodLine, agencies=2)
        if is_trigger_gone:
            gates.without_trigger(world.vault)
        try:
            for number in range(count):
                problems = Trial(world, random.Random(f"{seed}/{number}")).broken()
                yield from (f"trial {number}: {problem}" for problem in problems)
        finally:
            world.destroy()


@dataclass
class Trial:
    """One asking and one referral."""

    world: World
    chance: random.Random

    def broken(self) -> Iterator[str]:
        """Name what did not hold."""
        self.moments = Clock(self.chance)
        self._pass_time(1, 60)
        asked = self._asked()
        if asked is None:
            return
        others = [a.org for a in self.world.agencies]
        agency = self.chance.choice([asked.agency] * 4 + others)
        written = frozenset(self.chance.sample(sorted(Item), self.chance.randint(1, 4)))
        words = {item: sentence(self.chance) for item in written}
        # Longer than the asking took: a consent asked later than now is a clock fault, which
        # the hub cannot see and the vault refuses (`test_nobody_is_asked_in_the_future`).
        self._pass_time(10, 400)
        released = self._released(asked, agency, words)
        allowed = written & allowed_by(asked, agency, self.world.clock())
        if (released is not None) != bool(allowed):
            yield f"released={released is not None} allowed={sorted(allowed)}"
        if released is not None:
            yield from self._sent(asked, agency, words, allowed, released)
        yield from gates.broken(self.world, self.moments, asked, agency, self.chance)

    def _asked(self) -> Consent | None:
        age = self.chance.choice([Age.stated(16)] * 8 + [Age.stated(13), Age.unknown()])
        who = youths.NewYouth(alias(self.chance), age)
        on_a_night(self.world.vault, self.moments())
        youth = youths.meet(self.world.vault, who, "", self.moments()).youth.id
        items = frozenset(self.chance.sample(sorted(Item), self.chance.randint(1, len(Item))))
        moment = self.moments()
        ends = moment.now + timedelta(seconds=self.chance.choice((0, 400, 3_000, 10**6, 10**6)))
        consent = answered(
            youth, self.chance.choice(self.world.agencies).org, items, moment,
            answers={a: self._answer() for a in ASKED if self.chance.random() < 0.95},
            valid_until=ends,
        )  # fmt: skip
        try:
            return consents.record(self.world.vault, consent, self.moments())
        except GuardianNeeded:
            return None

    def _answer(self) -> Answer:
        return self.chance.choice([Answer.GIVEN] * 6 + list(Answer))

    def _released(self, asked, agency, words):
        draft = Draft(asked.youth, agency, frozenset({Category.COUNSEL}), words)
        vault = self.world.vault
        try:
            shown = referrals.preview(vault, draft, self._now())
            return referrals.release(vault, shown, self._now(), self.chance.randbytes)
        except ConsentMissing:
            return None

    def _sent(self, asked, agency, words, allowed, released) -> Iterator[str]:
        """Let time pass, perhaps withdraw, send, and read what the agency would read."""
        self._pass_time(0, 3_000)
        if self.chance.random() < 0.25:
            withdrawals.withdraw(self.world.vault, asked.id, self._now())
            asked = replace(asked, withdrawn_at=self.world.clock())
        exchange.exchange(self.world.vault, self.world.line, self.world.clock())
        arrived = self._opened(agency, str(released.referral.id))
        may = allowed & allowed_by(asked, agency, self.world.clock())
        expected = {item.value: words[item] for item in may} if may == allowed else None
        if arrived != (expected or None):
            yield f"allowed={sorted(may)} arrived={sorted(arrived or ())}"

    def _opened(self, agency, ref):
        """Open what the hub keeps for the agency with the agency's key; None where nothing is."""
        member = next(a for a in self.world.network.agencies if a.identity.org == agency)
        for event in gates.events_for(self.world, member.identity, ref):
            letters = Letters(
                member.identity, gates.book(self.world), self.world.clock(), Addressees()
            )
            return letters.opened(event).packet.words
        return None

    def _pass_time(self, least, most):
        self.world.pass_time(self.chance.randint(least, most))
        self.moments.now = self.world.clock()

    def _now(self):
        return replace(self.moments(), now=self.world.clock())
