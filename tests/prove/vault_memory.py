"""After the lock, nothing of the evening is left in the process's memory (R-28, D-005).

The real program opens, reads, searches, edits and copies 200 notes, locks by becoming a new
process, and the memory of that process is read through /proc. Control: the same memory, read
before the lock, in every run: most of the needles must be there. Without CAP_SYS_PTRACE only a
process that allows dumps may be read: there the program is started with that refusal left out.
"""

import shutil
import sys
from functools import partial
from pathlib import Path

from prove.driving import Home, a_home, driven, make_readable
from prove.proof import Proof, scratch, spread
from prove.sieve import Sieve

NAME = "vault-memory"
FULL = 200
NOTES, FEW = 200, 30
_A_FEW_RUNS = 5  # these open fewer notes: a release, and every tenth of one, opens them all


def run(count: int) -> Proof:
    """Live and lock that often."""
    if sys.platform != "linux":
        sys.exit(f"{NAME} reads /proc: it has not run on this system")
    with scratch("memory") as place:
        home = a_home(Path(place) / "home", NOTES if count > _A_FEW_RUNS else FEW)
        said = spread(partial(evenings, home), count, 1, NAME)
    blind = [each for each in said if "found nothing before" in each]
    return Proof(count, len(said), not blind)


def evenings(home: Home, seed: str, count: int) -> list[str]:
    """Live and lock; return what is wrong."""
    return [problem for _ in range(count) for problem in an_evening(home)]


def an_evening(home: Home) -> list[str]:
    """Live one evening in a copy of that home."""
    sieve = Sieve(home.needles)
    with scratch("memory") as place:
        copied = Home(
            shutil.copytree(home.place, Path(place) / "home"),
            home.needles, home.additions, home.searches,
        )  # fmt: skip
        make_readable(copied)
        around = Path(place) / "around"
        around.mkdir()
        with driven(copied, "lock", around) as program:
            program.until("written")
            before = sieve.found_in_memory(program.process.pid)
            program.go_on()
            program.until("painted")
            after = sieve.found_in_memory(program.process.pid)
    if len({found.split(" as ")[0] for found in before}) < len(home.needles) // 2:
        return ["the control found nothing before the lock"]
    return [f"{found} after the lock" for found in sorted(after)]
