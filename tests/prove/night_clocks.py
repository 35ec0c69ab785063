"""Counting, undoing, resting and forgetting while the clock jumps: nights stay apart, and add up.

Controls: a night that never passes; a correction that says it moved where it did not; a pause that
stays open.
"""

import random
from pathlib import Path

from prove.instead import instead
from prove.paper import ACTS, TALLIES, Paper
from prove.proof import Proof, scratch, spread

from desktop.domain.outreach import Outreach
from desktop.vault import outreach as rows

NAME = "night-clocks"
FULL = 100_000
STEPS_A_VAULT = 100
_JUMPS = ((0, 90), (0, 90), (-400, 0), (300, 3_000))


def run(count: int) -> Proof:
    """Do that many things, each at a time of its own."""
    broken = spread(walked, count, STEPS_A_VAULT, NAME)
    control = all(_is_caught(*fault) for fault in _FAULTS)
    return Proof(count, len(broken), control)


def walked(seed: str, count: int) -> list[str]:
    """Walk through nights and say where paper and program disagree."""
    chance, done = random.Random(seed), []
    with scratch("nights") as place:
        paper = Paper(Path(place) / "vault")
        try:
            for _ in range(count):
                done.append(_drawn(chance))
                paper.do(*done[-1])
        except AssertionError as wrong:
            return [f"after {done[-8:]}: {wrong}"]
        finally:
            paper.close()
    return []


def _drawn(chance):
    minutes = chance.randint(*chance.choice(_JUMPS))
    if chance.random() < 0.5:
        return "count", minutes, chance.choice(TALLIES), chance.choice((1, 1, 1, 2, -1, -3))
    return chance.choice(ACTS), minutes


def _is_caught(owner, name, wrong) -> bool:
    with instead(owner, name, wrong):
        return any(walked(f"control {name} {number}", 60) for number in range(3))


def _never_over(*_):
    return False


def _always_moved(*asked):
    number, _ = _COUNT(*asked)
    return number, asked[3]


def _never_resumed(*_):
    return None


_COUNT = rows.count
_FAULTS = (
    (Outreach, "is_over", _never_over),
    (rows, "count", _always_moved),
    (rows, "resume", _never_resumed),
)
