"""kill -9 while a backup is restored, while the outbox is sent, while answers come in (R-02)."""

import random
import shutil
from contextlib import closing
from functools import partial
from itertools import count as endless
from pathlib import Path

from prove.evening import Clock, Night, begin, differences, found_in
from prove.killed import said_before_death
from prove.lineflows import settled
from prove.lines import GoodLine
from prove.network import World, template
from prove.proof import scratch
from prove.released import a_consent, a_released_referral
from prove.workflows import LATER
from vaults_for_tests import a_closed_vault, by_key, code

from desktop.errors import AppError
from desktop.services import backups, exchange, referrals, unlocking

_WRITTEN, _APART = 12, 4_000


def prepared(place: Path) -> Path:
    """Leave a network, and a vault with a backup, for every piece to copy."""
    template(place / "network")
    with closing(by_key(a_closed_vault(place / "vault"))) as vault:
        begin(vault, "restored")
        truth: dict[str, str] = {}
        night = Night(vault, "restored", truth)
        for _ in range(_WRITTEN):
            key, value, do = night.next()
            do()
            truth[key] = value
        backups.make(vault, LATER)
    return place


# --- restoring -------------------------------------------------------------------------------


def restoring(kept: Path, seed: str, count: int) -> list[str]:
    """Kill a child that restores one backup at one place after the other."""
    chance = random.Random(seed)
    with scratch("restore") as place:
        own = shutil.copytree(kept / "vault", Path(place) / "own")  # others read it meanwhile
        with closing(by_key(own)) as vault:
            truth = found_in(vault)
        for number in range(count):
            below = Path(place) / str(number)
            work = partial(_restore_on, kept / "vault", below)
            said = said_before_death(work, chance.randrange(1, 6), chance.uniform(0, 0.03))
            problems = _judged_places(below, truth, said, kept / "vault")
            if problems:
                return [f"kill {number}: {problem}" for problem in problems]
    return []


def _restore_on(source, below, say):
    for number in endless():
        say(b"trying")
        _restore(source, below / str(number))
        say(b"done")


def _restore(source, to):
    find = unlocking.by_code(to, code(), LATER)
    found, keys = backups.opened_by(find, backups.found_at(source))
    backups.restore(found, to, keys, LATER)


def _judged_places(below, truth, said, source) -> list[str]:
    """Whole where it was acknowledged; at the next place whole or not there, and then it works."""
    done = said.count(b"done")
    try:
        if not (below / str(done)).exists():
            _restore(source, below / str(done))
        for number in range(done + 1):
            with closing(by_key(below / str(number))) as vault:
                vault.verify()
                wrong = differences(truth, found_in(vault))
            if wrong:
                return wrong
    except (AppError, OSError) as error:
        return [repr(error)]
    return []


# --- the line --------------------------------------------------------------------------------


def sending(kept: Path, seed: str, count: int) -> list[str]:
    """Kill a child that refers and sends, with the hub it speaks to."""
    return _on_the_line(kept, seed, count, _send_on)


def hearing(kept: Path, seed: str, count: int) -> list[str]:
    """Kill a child that takes in what agencies answered."""
    return _on_the_line(kept, seed, count, _hear_on)


def _on_the_line(kept, seed, count, work_of):
    chance, released = random.Random(seed), {}
    with scratch("line") as place:
        home = Path(place) / "world"
        World(kept / "network", home, GoodLine, agencies=2).close()
        for number in range(count):
            name = f"{seed} {number}"
            if work_of is _hear_on:
                _prepare_answers(home, number, name, released)
            work = partial(work_of, home, number, name)
            said = said_before_death(work, chance.randrange(1, 8), chance.uniform(0, 0.02))
            problems = _judged_referrals(home, number, said, released)
            if problems:
                return [f"kill {number}: {problem}" for problem in problems]
        with closing(_world(home, count + 1)) as world:
            return settled(world, released)


def _world(home, number) -> World:
    world = World(None, home, GoodLine, agencies=2)
    world.pass_time(_APART * (number + 1))
    return world


def _refer(world, chance, say=None):
    moments = Clock(chance, world.clock())
    asked = a_consent(world.vault, chance, moments, chance.choice(world.agencies).org)
    tracking = a_released_referral(world.vault, chance, moments, asked)
    return str(tracking.referral.id), str(asked.id)


def _send_on(home, number, seed, say):
    world, chance = _world(home, number), random.Random(seed)
    while True:
        referral, consent = _refer(world, chance)
        say(f"released {referral} {consent}".encode())
        world.pass_time(20)
        exchange.exchange(world.vault, world.line, world.clock())
        say(b"sent")


def _prepare_answers(home, number, seed, released):
    with closing(_world(home, number)) as world:
        chance = random.Random(f"{seed} before")
        for _ in range(3):
            referral, consent = _refer(world, chance)
            released[referral] = consent
        world.pass_time(100)
        exchange.exchange(world.vault, world.line, world.clock())
        for agency in world.agencies:
            agency.round()
            agency.round()


def _hear_on(home, number, seed, say):
    world = _world(home, number)
    world.pass_time(_APART // 2)
    while True:
        say(b"hears")
        exchange.exchange(world.vault, world.line, world.clock())
        say(b"heard")
        world.pass_time(1)


def _judged_referrals(home, number, said, released) -> list[str]:
    for line in said:
        if line.startswith(b"released"):
            _, referral, consent = line.decode().split()
            released[referral] = consent
    try:
        with closing(_world(home, number)) as world:
            world.vault.verify()
            moment = Clock(random.Random(number), world.clock())()
            kept = {str(t.referral.id) for t in referrals.all(world.vault, moment)}
    except AppError as error:
        return [type(error).__name__]
    return [f"{len(released.keys() - kept)} referrals are gone"] * bool(released.keys() - kept)


KILLS = {"restore": restoring, "send": sending, "hear": hearing}
