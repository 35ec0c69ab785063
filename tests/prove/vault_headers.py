"""Hostile headers are refused, and cheaply: none costs over 1 GiB or 10 seconds (R-23).

Each stands in for both copies of a vault's header while somebody unlocks it. What it makes the key
derivation ask for is added up instead of spent, at the price of this machine; a release, and every
tenth of one, spends the dearest once, in a process of its own. Control: the same headers without
the clamp on what a slot may ask for.
"""

import os
import random
import resource
import shutil
import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from prove.evening import DUSK
from prove.hostile import hostile
from prove.proof import Proof, scratch, spread
from vaults_for_tests import PASSPHRASE, a_closed_vault, a_keychain, code

from desktop.errors import AppError
from desktop.services import members
from desktop.vault import header, slots
from desktop.vault.folder import Folder
from desktop.vault.keys import Cost

NAME = "vault-headers"
FULL = 10_000
HEADERS_A_VAULT = 250
MOST_MEMORY, MOST_SECONDS = 1 << 20, 10.0  # KiB, and processor time
MOST_READING = 256 << 10  # KiB that reading may add to a process, whatever a header says
_SPENT_FROM = FULL // 10


def run(count: int) -> Proof:
    """Try so many headers."""
    with scratch("headers") as place:
        a_closed_vault(Path(place) / "vault")  # once, before the workers part
    price = _price()
    broken = spread(partial(knocks, price), count, HEADERS_A_VAULT, NAME)
    if count >= _SPENT_FROM:
        broken += spent(Cost(MOST_MEMORY, header._MOST_WORK // MOST_MEMORY, 4))
    return Proof(count, len(broken), is_dear_without_the_clamp(price))


def knocks(price: float, seed: str, count: int) -> list[str]:
    """Unlock one vault under so many headers; return what was opened, dear, or a crash."""
    chance, wrong = random.Random(seed), []
    with scratch("headers") as place, _asked() as asked:
        folder = a_closed_vault(Path(place) / "vault")
        genuine = header.read(Folder(folder)).newest.header
        for number in range(count):
            content = hostile(genuine, chance)
            for path in Folder(folder).headers:
                path.write_bytes(content)
            asked.clear()
            before = resource.getrusage(resource.RUSAGE_SELF)
            problem = _knocked(folder, number)
            problem += _dear(asked, price, before)
            if problem:
                wrong.append(f"header {number}:{problem}")
            shutil.rmtree(folder / "quarantine", ignore_errors=True)
    return wrong


def _knocked(folder: Path, number: int) -> str:
    door = {"world": "practice", "now": DUSK + timedelta(hours=number)}
    try:
        members.unlock(folder, PASSPHRASE, keychain=a_keychain(), **door).vault.close()
    except AppError:
        pass
    except Exception as error:  # noqa: BLE001  (whatever a hostile file raises is a finding)
        return f" {type(error).__name__}"
    else:
        return " opened"
    try:
        members.unlock_with_recovery(folder, code(), **door).vault.close()
    except AppError:
        return ""
    return " opened by the code"


def _dear(asked: list[Cost], price: float, before) -> str:
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds += price * sum(cost.work for cost in asked)
    memory = max((cost.memory_kib for cost in asked), default=0)
    is_dear = memory > MOST_MEMORY or seconds > MOST_SECONDS
    is_large = after.ru_maxrss - before.ru_maxrss > MOST_READING
    return f" {memory} KiB, {seconds:.0f} s" if is_dear or is_large else ""


@contextmanager
def _asked():
    """Add up what is asked of the key derivation, and spend none of it."""
    asked: list[Cost] = []
    stretched = slots.stretched

    def counted(_typed, _salt, cost):
        asked.append(cost)
        return bytes(32)

    slots.stretched = counted
    try:
        yield asked
    finally:
        slots.stretched = stretched


def _price() -> float:
    """Return the processor seconds of a KiB-pass here."""
    began = time.process_time()
    for _ in range(3):
        slots.stretched(b"passphrase", bytes(16), members.FLOOR)
    return (time.process_time() - began) / 3 / members.FLOOR.work


def spent(cost: Cost) -> list[str]:
    """Spend the dearest that is allowed, in a child; return what was too dear."""
    child = os.fork()
    if child == 0:
        slots.stretched(b"passphrase", bytes(16), cost)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    seconds, memory = used.ru_utime + used.ru_stime, used.ru_maxrss
    room = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if status or seconds > MOST_SECONDS or memory - room > MOST_MEMORY:
        return [f"the dearest header that is allowed: {memory} KiB, {seconds:.1f} s"]
    return []


def is_dear_without_the_clamp(price: float) -> bool:
    """The control: believe every cost."""
    is_allowed, most = Cost.is_allowed, header._MOST_WORK
    Cost.is_allowed, header._MOST_WORK = (lambda _: True), 1 << 80
    try:
        found = knocks(price, "control", 40)
    finally:
        Cost.is_allowed, header._MOST_WORK = is_allowed, most
    return any("KiB" in problem for problem in found)
