"""Two windows at once, and locks that the dead have left: one has the vault, or nobody (R-11).

Two of three trials start two processes at the same moment: one opens the vault, the other is told
so, and has opened no file of it but the lock. In the third the process that has it is killed, its
lock file is written over, and whoever comes next must get in. Control: locks that nobody takes.
"""

import os
import random
import signal
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from prove import failing
from prove.evening import begin
from prove.failing import Call, Manner, told_by_child, watch
from prove.proof import Proof, scratch, tell
from vaults_for_tests import a_closed_vault, by_key

from desktop.errors import AppError, VaultInUse
from desktop.vault import owner

NAME = "vault-owner"
FULL = 300
TRIALS_A_VAULT = 15
_ENDLESS = 1 << 40


def run(count: int) -> Proof:
    """Start two at once, or one after a death, that often."""
    sizes = [min(TRIALS_A_VAULT, count - at) for at in range(0, count, TRIALS_A_VAULT)]
    seeds = [f"{NAME} {number}" for number in range(len(sizes))]
    with failing.workers(len(sizes)) as pool:
        caught = pool.submit(trials, "control", 3, is_lock_taken=False)
        found = pool.map(trials, seeds, sizes)
        broken = [f"{s}: {what}" for s, wrong in zip(seeds, found, strict=True) for what in wrong]
        tell(NAME, broken)
        return Proof(count, len(broken), bool(caught.result()))


def trials(seed: str, count: int, *, is_lock_taken: bool = True) -> list[str]:
    """Do trials with one vault; return what should not have been."""
    with scratch("owner") as place, _locks(are_taken=is_lock_taken):
        folder = a_closed_vault(Path(place) / "vault")
        with closing(by_key(folder)) as vault:
            begin(vault, seed)
        chance, wrong = random.Random(seed), []
        for number in range(count):
            found = _after_a_death(folder, chance) if number % 3 == 2 else _at_once(folder)
            wrong += [f"trial {number}: {what}" for what in found]
        return wrong


@contextmanager
def _locks(*, are_taken):
    as_it_is = owner._lock
    if not are_taken:
        owner._lock = lambda fd: None
    yield
    owner._lock = as_it_is


def _at_once(folder) -> list[str]:
    """Start two; let neither go before both have tried."""
    ready, go = os.pipe(), os.pipe()
    said = [_starting(partial(_open_when_told, folder, ready[1], go[0])) for _ in range(2)]
    for _ in said:
        os.read(ready[0], 1)
    os.write(go[1], b"gg")
    answers = [os.read(pipe, 64).decode().split() for pipe, _ in said]
    for _, child in said:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    for fd in (*ready, *go, *(pipe for pipe, _ in said)):
        os.close(fd)
    outcomes = sorted(outcome for outcome, _ in answers)
    if outcomes != ["VaultInUse", "open"]:
        return [f"two at once: {outcomes}"]
    opened = next(int(files) for outcome, files in answers if outcome == "VaultInUse")
    return [f"the second opened {opened} files"] * (opened != 1)


def _starting(work):
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(told)
        finally:  # a fork must never run on into its parent's code
            os._exit(1)
    os.close(told)
    return heard, child


def _open_when_told(folder, ready, go, told):
    os.write(ready, b"r")
    os.read(go, 1)
    shim = watch(folder)
    shim.failing_arm(int(Call.OPEN), _ENDLESS, int(Manner.ONCE), 0)
    try:
        kept = by_key(folder)
        outcome = "open"
    except VaultInUse:
        kept, outcome = None, "VaultInUse"
    os.write(told, f"{outcome} {shim.failing_calls()}".encode())
    signal.pause()
    del kept


def _after_a_death(folder, chance) -> list[str]:
    """Let one have it and die; write something into its lock; open."""
    told_by_child(lambda begins: _have(folder, begins), killed_after=0.0)
    (folder / "owner.lock").write_bytes(chance.choice((b"", b"4711", b"\0" * 64)))
    try:
        with closing(by_key(folder)) as vault:
            vault.verify()
    except AppError as error:
        return [f"after a death: {type(error).__name__}"]
    return []


def _have(folder, begins):
    kept = by_key(folder)
    begins()
    signal.pause()
    del kept
