"""For any history, what can leave is exactly the intersection of what every answer allows.

Each trial lives one random history (`histories`) and asks every gate of the laptop about every
consent of it. Control: each line of the gate taken out in turn (`gatelines`); every one must be
noticed, by name.

All of it in processes of their own: where a vault was opened before, SQLCipher goes on wiping its
memory, and a history takes six times as long.
"""

import multiprocessing
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from prove.gatelines import EVERY, taken_out
from prove.histories import History, Tables, broken
from prove.proof import Proof, found, tell

NAME = "consent-histories"
FULL = 100_000
TRIALS_A_WORLD = 500
ENOUGH = 600
"""Histories within which each missing line is noticed."""


def run(count: int) -> Proof:
    """Live that many histories."""
    tell(NAME, failed := found(trials, count, TRIALS_A_WORLD, NAME, "spawn"))
    lines = EVERY if count >= len(EVERY) else EVERY[::4]  # a short run takes out only some
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as workers:
        noticed = workers.map(is_noticed, lines)
        unnoticed = [line for line, is_seen in zip(lines, noticed, strict=True) if not is_seen]
    for line in unnoticed:
        print(f"{NAME}: nobody noticed that this is gone: {line}", file=sys.stderr)
    return Proof(count, len(failed), not unnoticed)


def trials(seed: str, count: int) -> Iterator[str]:
    """Live histories in one vault; name what did not hold."""
    db = Tables()
    for number in range(count):
        for problem in _lived(db, f"{seed}/{number}"):
            yield f"history {seed}/{number}: {problem}"


def is_noticed(line: str) -> bool:
    """Say whether a gate without this line lets something through, or holds something back."""
    db = Tables()
    with taken_out(db, line):
        return any(any(_lived(db, f"control/{number}")) for number in range(ENOUGH))


def _lived(db: Tables, seed: str) -> Iterator[str]:
    history = History(db, random.Random(seed))
    history.live()
    yield from broken(history)
