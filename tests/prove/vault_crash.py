"""A program that crashes over an open vault writes none of it down (R-30).

The real program opens, searches and writes, then dies of SIGSEGV or SIGABRT, half of the time with
Python's own fault handler on. The system may write cores as large as they come: there must be
none, and nothing of the evening in any file, or in what was said. Control: the same words in a
program that refuses nothing.
"""

import os
import shutil
from functools import partial
from pathlib import Path

from prove.driving import Home, a_home, allow_cores, driven
from prove.proof import Proof, scratch, spread
from prove.sieve import hits
from vaults_for_tests import PASSPHRASE

NAME = "vault-crash"
FULL = 50
NOTES = 6
ENDS = (("segv", ()), ("abrt", ()), ("segv", ("-X", "faulthandler")), ("abrt", ("-X", "dev")))


def run(count: int) -> Proof:
    """Crash that often."""
    with scratch("crash") as place:
        home = a_home(Path(place) / "home", NOTES)
        broken = spread(partial(crashes, home), count, 1, NAME)
    return Proof(count, len(broken), is_written_down_by_others())


def crashes(home: Home, seed: str, count: int) -> list[str]:
    """Crash; return what was found."""
    end, options = ENDS[int(seed.rsplit(" ", 1)[1]) % len(ENDS)]
    return [found for _ in range(count) for found in a_crash(home, end, options)]


def a_crash(home: Home, end: str, options) -> list[str]:
    """Crash once, in a copy of that home."""
    with scratch("crash") as place:
        kept = shutil.copytree(home.place, Path(place) / "home")
        kept = Home(kept, home.needles, home.additions, home.searches)
        around = Path(place) / "around"
        around.mkdir()
        with driven(kept, end, around, options=options, preexec_fn=allow_cores) as program:
            program.until("written")
            program.go_on()
            status = program.process.wait()
        found = [f"{file.name} was written" for file in Path(place).rglob("core*")]
        found += hits([Path(place)], home.needles)
    return found if status < 0 else [*found, f"the program ended with {status}"]


def is_written_down_by_others() -> bool:
    """The control: hold the words, and abort. A system may keep its cores elsewhere."""
    with scratch("crash") as place:
        child = os.fork()
        if child == 0:
            os.chdir(place)
            allow_cores()
            held = [(PASSPHRASE + str(number)).encode() for number in range(100)]
            os.abort()
            print(held)
        _, status = os.waitpid(child, 0)
        is_found = any(hits([Path(place)], {"words": PASSPHRASE}))
        return is_found or (os.WCOREDUMP(status) and not any(Path(place).iterdir()))
