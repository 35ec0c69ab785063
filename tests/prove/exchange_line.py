"""A bad line, and a laptop and a hub that die: each referral arrives once.

Schedules are random. A real vault speaks with the real hub and real agency desks; afterwards the
line is good again and both sides must agree (protocol.md 5.6: I1 to I7). Controls: a hub that
forgets which ids it has seen, and a cursor that moves before the rows are there.
"""

import random
from functools import partial
from pathlib import Path

import msgspec
from prove import agreement
from prove.evening import Clock
from prove.lines import BadLine
from prove.mortal import Fuse, Killed, MortalVault
from prove.network import World, template
from prove.proof import Proof, scratch, spread
from prove.released import a_consent, a_released_referral

from desktop.errors import AppError
from desktop.services import exchange, withdrawals
from desktop.services.exchange import HubState
from sync.client.errors import LineError, Untrusted
from sync.server import tables

NAME = "exchange-line"
FULL = 4_000
SCHEDULES_A_PIECE = 10
STEPS = 24


def run(count: int) -> Proof:
    """Play that many schedules."""
    with scratch("line") as place:
        kept = template(Path(place) / "kept")
        broken = spread(partial(schedules, kept, BadLine), count, SCHEDULES_A_PIECE, NAME)
        caught = [_is_caught(kept, line) for line in (Amnesia, CursorFirst)]
    return Proof(count, len(broken), all(caught))


def _is_caught(kept, line):
    return any(next(iter(schedules(kept, line, f"control {n}", 1)), "") for n in range(30))


def schedules(kept: Path, line, seed: str, count: int) -> list[str]:
    """Play schedules with one kind of line; return what did not hold."""
    broken = []
    with scratch("line") as place:
        for number in range(count):
            schedule = Schedule(kept, Path(place) / str(number), f"{seed}/{number}", line)
            try:
                schedule.play()
                broken += [f"schedule {number}: {problem}" for problem in schedule.settle()]
            finally:
                schedule.world.destroy()
    return broken


class Schedule:
    """One evening with a bad line."""

    def __init__(self, kept, place, seed, line):
        self._chance = random.Random(seed)
        self.world = World(kept, place, partial(line, chance=self._chance))
        self._moments, self._fuse = Clock(self._chance), Fuse()
        self._consents, self.released = [], {}

    def play(self):
        """Do things at random; some of them end with the laptop's death."""
        doing = [self._refer, self._refer, self._exchange, self._exchange, self._agency]
        doing += [self._agency, self._withdraw, self._refer_again]
        for _ in range(STEPS):
            self.world.pass_time(self._chance.choice((1, 1, 40, 400)))
            self._moments.now = self.world.clock()
            self._fuse.left = self._chance.randrange(60) if self._chance.random() < 0.3 else None
            try:
                self._chance.choice(doing)()
            except Killed:
                self.world.reopen_vault()
            self._fuse.left = None

    def settle(self) -> list[str]:
        """The line is good again: let everybody talk until nothing moves, and compare."""
        world = self.world
        for line in (world.line, *(agency.line for agency in world.agencies)):
            line.is_good = True
        quiet = 0
        for _ in range(30):
            world.pass_time(4_000)
            done = exchange.exchange(world.vault, world.line, world.clock())
            for agency in world.agencies:
                agency.round()
            moved = done.sent or done.came or done.waiting
            moved = moved or any(a.tray.waiting(1) or a.tray.next_due() for a in world.agencies)
            quiet = 0 if moved else quiet + 1
            if quiet == 2:
                return agreement.broken(world, self.released)
        return [f"never came to rest: {done}"]

    @property
    def _vault(self):
        return MortalVault(self.world.vault, self._fuse)

    def _refer(self):
        agency = self._chance.choice(self.world.agencies).org
        consent = a_consent(self._vault, self._chance, self._moments, agency)
        self._consents.append(consent)
        self._release(consent)

    def _refer_again(self):
        if self._consents:
            self._release(self._chance.choice(self._consents))

    def _release(self, consent):
        try:
            tracking = a_released_referral(self._vault, self._chance, self._moments, consent)
        except AppError:  # its consent has been withdrawn: nothing leaves
            return
        self.released[str(tracking.referral.id)] = str(consent.id)

    def _withdraw(self):
        if self._consents:
            consent = self._chance.choice(self._consents)
            withdrawals.withdraw(self._vault, consent.id, self._moments())

    def _exchange(self):
        state = exchange.exchange(self._vault, self.world.line, self.world.clock()).state
        if state is HubState.NOT_ENROLLED:
            raise AssertionError("the laptop forgot who it is")

    def _agency(self):
        try:
            self._chance.choice(self.world.agencies).round()
        except (LineError, Untrusted):
            return


class Amnesia(BadLine):
    """A control: the hub forgets, now and then, which ids it has seen."""

    def exchange(self, asked, now):
        with self._hub.store.writing() as db:
            for row in db.all(tables.message):
                if self._chance.random() < 0.5:
                    db.remove(tables.message, id=row["id"])
        return super().exchange(asked, now)


class CursorFirst(BadLine):
    """A control: the cursor moves when an answer comes, whether or not its rows are kept."""

    skipped = 0

    def exchange(self, asked, now):
        moved = msgspec.structs.replace(asked, after=asked.after + self.skipped)
        answer = self._asked(moved)
        if not self.is_good and answer.events and self._chance.random() < 0.5:
            self.skipped += len(answer.events)
            raise LineError
        events = tuple(
            msgspec.structs.replace(event, seq=event.seq - self.skipped) for event in answer.events
        )
        return msgspec.structs.replace(answer, events=events, head=answer.head - self.skipped)
