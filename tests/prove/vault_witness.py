"""Database, log, header and anchor put back together: the next answer of the hub tells it (R-16).

A laptop writes, sends, speaks with the real hub over a line that may lose answers, is put back as
a whole to an earlier moment, and may be written on before it speaks again. Beforehand no round
may raise a false alarm. Control: a hub that has forgotten its marks.
"""

import random
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from prove.evening import Clock, Night
from prove.lines import GoodLine
from prove.network import World, template
from prove.proof import Proof, scratch, spread
from prove.released import a_consent, a_released_referral
from vaults_for_tests import by_key

from desktop.services import exchange
from desktop.services.exchange import HubState
from sync.client.errors import TooSlow, Unreachable
from sync.server import tables

NAME = "vault-witness"
FULL = 200
TRIALS_A_PIECE = 10


def run(count: int) -> Proof:
    """Put that many laptops back."""
    with scratch("witness-template") as place:
        kept = template(Path(place) / "kept")
        broken = spread(partial(trials, kept, FlakyLine), count, TRIALS_A_PIECE, NAME)
        control = any("unnoticed" in told for told in trials(kept, Forgetful, "control", 5))
    return Proof(count, len(broken), control)


class FlakyLine(GoodLine):
    """Loses a question or an answer now and then, while `chance` is set."""

    chance = None

    def exchange(self, asked, now):
        lost = self.chance.choice(("question", "answer", "", "")) if self.chance else ""
        if lost == "question":
            raise Unreachable
        answer = super().exchange(asked, now)
        if lost:
            raise TooSlow
        return answer


class Forgetful(FlakyLine):
    """The control: this hub remembers nothing from one round to the next."""

    def exchange(self, asked, now):
        with self._hub.store.writing() as db:
            db.remove(tables.witness)
        return super().exchange(asked, now)


def trials(kept: Path, line, seed: str, count: int) -> Iterator[str]:
    """Put laptops back; tell what went unnoticed, and every false alarm."""
    with scratch("witness") as place:
        for number in range(count):
            trial = Trial(kept, Path(place) / str(number), f"{seed} {number}", line)
            try:
                problem = trial.play()
            finally:
                trial.world.destroy()
            if problem:
                yield f"trial {number}: {problem}"


class Trial:
    """One laptop, put back once."""

    def __init__(self, kept, place, seed, line):
        self.world = World(kept, place, line, agencies=0)
        self._seed, self._chance = seed, random.Random(seed)
        self._agency = self.world.network.agencies[0].identity.org

    def play(self) -> str:
        """Go on, go back, and say what the hub's answer made of it."""
        self.world.line.chance = self._chance
        for _ in range(self._chance.randrange(4)):
            self._evening()
        past = self._copy()
        self._write(1 + self._chance.randrange(6))
        for _ in range(self._chance.randrange(3)):
            self._evening()
        self.world.line.chance = None
        for _ in range(3):
            if self._round() is not HubState.REACHED:
                return "a false alarm"
        self._put_back(past)
        self._write(self._chance.choice((0, 0, 1, 5, 30)))
        self.world.line.chance = self._chance if self._chance.random() < 0.5 else None
        return self._noticed()

    def _noticed(self) -> str:
        for _ in range(40):
            state = self._round()
            if state is HubState.ROLLED_BACK:
                # It stands still from now on, and opening anew does not make it forget.
                self.world.reopen_vault()
                return "" if self._round() is HubState.ROLLED_BACK else "noticed and forgotten"
            if state is HubState.REACHED:
                return "unnoticed"
        return "no round got through"

    def _evening(self):
        self._write(self._chance.randrange(8))
        if self._round() is HubState.ROLLED_BACK:
            raise AssertionError("a false alarm")

    def _round(self):
        self.world.pass_time(self._chance.choice((40, 400)))
        return exchange.exchange(self.world.vault, self.world.line, self.world.clock()).state

    def _write(self, count):
        moments = Clock(self._chance, self.world.clock())
        night = Night(self.world.vault, str(self._chance.random()), {}, moments.now)
        for _ in range(count):
            night.next()[2]()
        if count and self._chance.random() < 0.3:
            consent = a_consent(self.world.vault, self._chance, moments, self._agency)
            a_released_referral(self.world.vault, self._chance, moments, consent)

    def _copy(self):
        self.world.vault.close()
        past = shutil.copytree(self.world.place / "vault", self.world.place / "past")
        self.world.vault = by_key(self.world.place / "vault")
        return past

    def _put_back(self, past):
        self.world.vault.close()
        shutil.rmtree(self.world.place / "vault")
        shutil.copytree(past, self.world.place / "vault")
        self.world.vault = by_key(self.world.place / "vault")
