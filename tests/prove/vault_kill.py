"""kill -9 while something is under way: nothing acknowledged may be missing (R-02).

Eight operations take their turn: saving, drafts as they are typed, merging the index, checkpoints,
backups, restoring, sending and hearing. A child does them, says each thing it begins and each
thing it has done, and is killed at a random moment. Then every page, the journal and every record
is read back, and each backup that stands. Control: a child that says so before COMMIT.
"""

import random
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from prove import elsewhere
from prove.evening import DUSK, Night, begin, differences, found_in
from prove.killed import said_before_death
from prove.operations import NIGHTS
from prove.proof import Proof, scratch, spread
from vaults_for_tests import a_closed_vault, by_key

from desktop.errors import AppError
from desktop.services import backups

NAME = "vault-kill"
FULL = 10_000
KILLS_A_VAULT = 40
_OPERATIONS = (*NIGHTS, "restore", "send", "hear")


def run(count: int) -> Proof:
    """Kill that often, each operation as often as another."""
    a_template_for_all()
    broken = []
    with scratch("kill") as place:
        kept = elsewhere.prepared(Path(place))
        for number, name in enumerate(_OPERATIONS):
            share = (count + number) // len(_OPERATIONS)
            pieces = _pieces(name, kept)
            broken += spread(pieces, share, KILLS_A_VAULT, f"{NAME} {name}") if share else []
    return Proof(count, len(broken), any(kills(f"control {n}", 25, Hasty) for n in range(4)))


def _pieces(name, kept):
    if name in NIGHTS:
        return partial(kills, night=NIGHTS[name])
    return partial(elsewhere.KILLS[name], kept)


def a_template_for_all():
    """Stretch the passphrase once, before the workers part."""
    with tempfile.TemporaryDirectory() as place:
        a_closed_vault(Path(place) / "vault")


def kills(seed: str, count: int, kind=None, night=Night) -> list[str]:
    """Kill a child on one vault so many times; return what broke. A broken vault is left."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="bammajung-kill-") as place:
        folder = a_closed_vault(Path(place) / "vault")
        vault = by_key(folder)
        begin(vault, seed)
        vault.close()
        truth = {}
        for number in range(count):
            start = DUSK + timedelta(minutes=number)  # all of it in one night
            how = (folder, kind, night)
            work = partial(write_on, how, f"{seed} {number}", dict(truth), start)
            pause = chance.choice((0.0, chance.uniform(0, 0.004)))
            said = said_before_death(work, chance.randrange(1, 24), pause)
            problems = judged(folder, truth, said)
            if problems:
                return [f"kill {number}: {problem}" for problem in problems]
    return []


def write_on(how, seed, truth, start, say):
    """Go on with the night for ever, in the child."""
    (folder, kind, night_of), chance = how, random.Random(seed)
    while True:
        vault = by_key(folder)
        night = night_of(
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
            _check_backups(folder, vault)
            found = found_in(vault)
        finally:
            vault.close()
    except AppError as error:
        return [type(error).__name__]
    wrong = differences(truth, found, trying)
    if trying and found.get(trying[0]) == trying[1]:
        truth[trying[0]] = trying[1]
    return wrong


def _check_backups(folder, vault):
    for made in backups.listing(folder):
        backups.verify(folder / "backup" / made.name, backups.of_vault(vault))
