"""kill -9 while a night is being written: nothing acknowledged may be missing (R-02).

A child writes, counts, judges and reopens the vault at random, says each thing it begins and each
thing it has done, and is killed at a random moment. Then every page, the journal and every record
is read back. Control: a child that says so before COMMIT.
"""

import random
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from prove.evening import DUSK, Night, begin, differences, found_in
from prove.killed import said_before_death
from prove.proof import Proof, spread
from vaults_for_tests import a_closed_vault, by_key

from desktop.errors import AppError

NAME = "vault-kill"
FULL = 10_000
KILLS_A_VAULT = 40


def run(count: int) -> Proof:
    """Kill that often, over several vaults."""
    a_template_for_all()
    broken = spread(kills, count, KILLS_A_VAULT, NAME)
    return Proof(count, len(broken), any(kills(f"control {n}", 25, Hasty) for n in range(4)))


def a_template_for_all():
    """Stretch the passphrase once, before the workers part."""
    with tempfile.TemporaryDirectory() as place:
        a_closed_vault(Path(place) / "vault")


def kills(seed: str, count: int, kind=None) -> list[str]:
    """Kill a child on one vault so many times; return what broke. A broken vault is left."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="bammajung-kill-") as place:
        folder = a_closed_vault(Path(place) / "vault")
        vault = by_key(folder)
        begin(vault, seed)
        vault.close()
        truth = {}
        for number in range(count):
            start = DUSK + timedelta(hours=number)
            work = partial(write_on, (folder, kind), f"{seed} {number}", dict(truth), start)
            pause = chance.choice((0.0, chance.uniform(0, 0.004)))
            said = said_before_death(work, chance.randrange(1, 24), pause)
            problems = judged(folder, truth, said)
            if problems:
                return [f"kill {number}: {problem}" for problem in problems]
    return []


def write_on(place, seed, truth, start, say):
    """Go on with the night for ever, in the child."""
    (folder, kind), chance = place, random.Random(seed)
    while True:
        vault = by_key(folder)
        night = Night(
            kind(vault, say) if kind else vault, f"{seed} {chance.random()}", truth, start
        )
        for _ in range(chance.randrange(1, 10)):
            key, value, do = night.next()
            say(f"trying\t{key}\t{value}".encode().replace(b"\n", b"\\n"))
            do()
            truth[key] = value
            say(b"done")
        vault.close()
        start = night.now


class Hasty:
    """The control: says that it is done when it has yet to commit."""

    def __init__(self, vault, say):
        self._vault, self._say = vault, say

    @contextmanager
    def transaction(self):
        with self._vault.transaction() as db:
            yield db
            self._say(b"done")

    def __getattr__(self, name):
        return getattr(self._vault, name)


def judged(folder, truth, said) -> list[str]:
    """Bring `truth` up to date with what was said, and compare it with what is there."""
    trying = None
    for line in said:
        if line == b"done" and trying:
            truth[trying[0]], trying = trying[1], None
        elif line != b"done":
            _, key, value = line.decode().replace("\\n", "\n").split("\t")
            trying = (key, value)
    try:
        vault = by_key(folder)
        try:
            vault.verify()
            found = found_in(vault)
        finally:
            vault.close()
    except AppError as error:
        return [type(error).__name__]
    wrong = differences(truth, found, trying)
    if trying and found.get(trying[0]) == trying[1]:
        truth[trying[0]] = trying[1]
    return wrong
