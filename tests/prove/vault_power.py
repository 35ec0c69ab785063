"""The power is cut while a night is being written: nothing acknowledged may be missing (R-03).

The vault lies in an ext4 file system in a file. At a random moment the file system is shut down
without flushing anything (as xfstests does), the process is killed, the file system mends itself
by its own journal, and everything is read back. Where nobody may mount, the cuts of vault-torn
are made instead. Control: synchronous=NORMAL, which must lose.
"""

import os
import random
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

from prove import images, vault_torn
from prove.evening import DUSK, Night, begin
from prove.killed import said_before_death
from prove.proof import Proof, found, scratch, spread
from prove.vault_kill import a_template_for_all, judged, write_on
from prove.vault_torn import Careless
from vaults_for_tests import a_closed_vault, by_key

NAME = "vault-power"
FULL = 2_000
CUTS_AN_IMAGE = 25


def run(count: int) -> Proof:
    """Cut the power that often, each image several times."""
    if not images.can_be_mounted():
        print(f"  {NAME}: no loop image can be mounted here; cuts by the model", file=sys.stderr)
        return vault_torn.run(count)
    a_template_for_all()
    broken = spread(cuts, count, CUTS_AN_IMAGE, NAME)
    caught = found(partial(cuts, kind=Careless), 10, 10, f"{NAME} control")
    return Proof(count, len(broken), bool(caught))


def cuts(seed: str, count: int, kind=None) -> list[str]:
    """Cut the power of one disk so many times; return what broke. A broken vault is left."""
    images.keep_mounts_private()
    chance = random.Random(seed)
    with scratch("power") as place:
        image = images.Image(Path(place))
        try:
            return _cuts(image, seed, count, kind, chance)
        finally:
            image.unmount()


def _cuts(image, seed, count, kind, chance):
    folder, truth = image.at / "vault", {}
    a_closed_vault(folder)
    vault = by_key(folder)
    begin(vault, seed)
    vault.close()
    image.flush()
    for number in range(count):
        start = DUSK + timedelta(hours=number)
        work = partial(_write_on, (folder, kind, Night), f"{seed} {number}", dict(truth), start)
        pause = chance.choice((0.0, chance.uniform(0, 0.01)))
        said = said_before_death(work, chance.randrange(1, 24), pause, image.cut)
        image.unmount()
        image.mount()
        problems = judged(folder, truth, said)
        if problems:
            return [f"cut {number}: {problem}" for problem in problems]
    return []


def _write_on(place, seed, truth, start, say):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what it says once its disk is gone is no news
    write_on(place, seed, truth, start, say)
