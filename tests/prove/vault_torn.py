"""The worst a power cut may leave: unflushed writes lost, torn and out of order (R-03).

Everything a night sends to the disk is written down in order. For a cut at any moment, a folder
is made of what was flushed by then, and of any part of the rest: each sector of 512 bytes by
itself, renames and new files in order but perhaps not at all. It must open with everything that
had been acknowledged. Control: synchronous=NORMAL, which must lose.
"""

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from prove import failing, keyflows, lineflows
from prove.cuts import Disk
from prove.evening import DUSK, Night, begin
from prove.every import tried
from prove.failing import told_by_child, watch
from prove.proof import Proof, scratch, tell
from prove.trials import Cut
from prove.vault_kill import judged, write_on
from vaults_for_tests import a_closed_vault, by_key

NAME = "vault-torn"
FULL = 2_000
CUTS_A_NIGHT = 10
_LINES = 60
_REPLACING = tuple(
    flow.name
    for flow in (
        *keyflows.FIRST, *keyflows.HEADERS, *keyflows.SLOTS, *keyflows.EPOCHS,
        *keyflows.MIGRATIONS, *lineflows.BACKUPS,
    )
)  # fmt: skip


class Careless:
    """The control: a vault that flushes its log at checkpoints only."""

    def __init__(self, vault, say):
        self._vault = vault
        vault._connection.set_authorizer(None)
        vault._connection.execute("PRAGMA synchronous = NORMAL")

    def __getattr__(self, name):
        return getattr(self._vault, name)


def run(count: int) -> Proof:
    """Cut that often: half in nights, half while files are replaced and copied."""
    nights = _nights(max(1, count // 2))
    flows = tried(NAME, _cuts_of, max(1, count - count // 2), _REPLACING, "a header in place")
    return Proof(
        nights.done + flows.done,
        nights.failed + flows.failed,
        nights.control_caught and flows.control_caught,
    )


def _cuts_of(workflow):
    """Spread cuts over the whole of a workflow, its very end among them."""
    of_each = FULL // 2 // len(_REPLACING) + 1
    return [Cut(at / (of_each - 1), f"{workflow.name} {at}") for at in range(of_each)]


def _nights(count: int) -> Proof:
    sizes = [min(CUTS_A_NIGHT, count - at) for at in range(0, count, CUTS_A_NIGHT)]
    seeds = [f"{NAME} {number}" for number in range(len(sizes))]
    with failing.workers(len(sizes)) as pool:
        caught = pool.submit(_is_caught)
        found = pool.map(_lost, seeds, sizes)
        broken = [f"{s}: {what}" for s, wrong in zip(seeds, found, strict=True) for what in wrong]
        tell(NAME, broken)
        return Proof(count, len(broken), caught.result())


def _lost(seed: str, count: int) -> list[str]:
    return list(cuts(seed, count))


def _is_caught() -> bool:
    return any(cuts("control", 20, Careless))


def cuts(seed: str, count: int, kind=None) -> Iterator[str]:
    """Record one night, cut it at so many moments, and tell what was lost, cut by cut."""
    chance = random.Random(seed)
    with scratch("torn") as place:
        folder, journal = Path(place) / "vault", Path(place) / "journal"
        a_closed_vault(folder)
        vault = by_key(folder)
        begin(vault, seed)
        vault.close()
        disk = Disk(folder)
        heard, tell_it = Path(place) / "said", partial(_night, folder, journal, kind, seed)
        told_by_child(lambda _: tell_it(heard))
        steps, lines = disk.read(journal), list(_read(heard))
        for number in range(count):
            at, left = chance.randrange(len(steps) + 1), Path(place) / str(number)
            disk.left_after(steps[:at], left, chance)
            said = [line for noted, line in lines if noted <= at]
            problems = judged(left, {}, said)
            yield from (f"cut {number} at {at}: {problem}" for problem in problems)


def _night(folder, journal, kind, seed, said):
    """In the child: live the night, and write down what reached the disk by each word."""
    shim = watch(folder)
    shim.failing_note(os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    heard, left = said.open("ab", buffering=0), [_LINES]

    def say(line):
        heard.write(b"%d\t%s\n" % (shim.failing_noted(), line))
        left[0] -= 1
        if not left[0]:
            os._exit(0)

    write_on((folder, kind, Night), seed, {}, DUSK + timedelta(hours=1), say)


def _read(said):
    for line in said.read_bytes().splitlines():
        noted, _, rest = line.partition(b"\t")
        yield int(noted), rest
