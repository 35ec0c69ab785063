"""A process that renews the keys of a vault and kills itself at one step; for `test_epoch`."""

import os
import signal
import sys
from pathlib import Path

from fakes import FixedChance
from vaults_for_tests import by_key

from desktop.vault import epoch, meta
from desktop.vault.folder import Folder
from desktop.vault.slots import recovery_slot
from desktop.vault.swap import settle

SEED = "new epoch"


def fresh(vault):
    """Return the next epoch, opened by the code b"code"; its VMK is `FixedChance(SEED)(32)`."""
    made = epoch.next_epoch(vault, FixedChance(SEED))
    return made.opened_by(recovery_slot(made.lid, made.vmk, b"code", FixedChance("slot")))


def renew(vault, **more):
    made = fresh(vault)
    epoch.renew(vault, made, meta.code_shown, **more)
    return made.vmk


def main(folder, where):
    def step(name):
        if name == where:
            os.kill(os.getpid(), signal.SIGKILL)

    renew(by_key(folder), step=step)
    settle(Folder(Path(folder)), step)


if __name__ == "__main__":
    main(*sys.argv[1:])
