"""Every trigger locks: within two seconds, whatever is open, and no word is lost (R-29, R-32).

The real program stands open on a note with unsaved words and something over it. It is locked by
the key, by time, by waking, by staying hidden, or by what a stand-in for a Linux desktop says on
a private bus; it becomes a new process, whose command line, environment and temporary files are
searched, and whose vault must hold the words. Control: a program that is unplugged from the bus.
"""

import json
import os
import random
import select
import shutil
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from buses_for_tests import SIGNS, Desktop, a_bus
from fakes import AbsentKeychain
from prove.driving import Home, _environment, a_home
from prove.evening import DUSK
from prove.proof import Proof, scratch, spread
from screens_for_tests import SCREENS
from vaults_for_tests import PASSPHRASE

from desktop.services import members

NAME = "vault-lock-triggers"
OWN = ("key", "idle", "waking", "hidden")
TRIGGERS = (*OWN, *SIGNS)
UNPLUGGED = ("sleep", "session", "switch", "lid", "screen")
FULL = 50 * len(TRIGGERS)
WITHIN = 2.0
"""Seconds, on a machine that has nothing else to do."""
PIECE = 12


def run(count: int) -> Proof:
    """Lock that often, each trigger in turn; then once with the bus unplugged."""
    with scratch("lock") as place:
        home, times = a_home(Path(place) / "home", 3), Path(place) / "times"
        broken = spread(partial(evenings, home, times), count, PIECE, NAME)
        took = [float(line) for line in times.read_text().split()] if times.exists() else []
        if len(took) > 1:
            p95 = statistics.quantiles(took, n=20)[-1]
            told = f"from the trigger to the painted lock: median {statistics.median(took):.3f} s"
            print(f"  {NAME} {told}, p95 {p95:.3f} s, most {max(took):.3f} s", file=sys.stderr)
        # They wait for what does not come: all of them at the same time.
        with ThreadPoolExecutor(len(UNPLUGGED)) as waiting:
            unplugged = list(waiting.map(partial(_unplugged, home, times), UNPLUGGED[:count]))
    return Proof(count, len(broken), all("did not lock" in found for found in unplugged))


def _unplugged(home, times, sign) -> str:
    return "".join(evenings(home, times, f"control {sign}", 1, unplugged=sign))


def evenings(home: Home, times: Path, seed: str, count: int, unplugged="") -> list[str]:
    """Lock so often; return what broke."""
    chance, problems = random.Random(seed), []
    first = int(seed.split()[-1]) * PIECE if not unplugged else 0
    with ExitStack() as undo:
        buses = Path(undo.enter_context(scratch("bus")))
        addresses = [undo.enter_context(a_bus(buses / name)) for name in ("system", "session")]
        desktop = Desktop(*addresses)
        undo.callback(desktop.close)
        for number in range(first, first + count):
            trigger = unplugged or TRIGGERS[number % len(TRIGGERS)]
            evening = Evening(home, desktop, addresses, (trigger, chance.choice(list(SCREENS))))
            with scratch("lock") as place:
                problems += evening.live(Path(place), times, is_unplugged=bool(unplugged))
    return problems


class Evening:
    """One evening that ends with one trigger."""

    def __init__(self, home, desktop, addresses, what):
        self._home, self._desktop, self._addresses = home, desktop, addresses
        self.trigger, self.screen = what

    def live(self, place: Path, times: Path, *, is_unplugged: bool) -> list[str]:
        """Live it in a copy of the home; return what is wrong."""
        home = shutil.copytree(self._home.place, place / "home")
        around = place / "around"
        around.mkdir()
        with self._started(home, around, is_unplugged=is_unplugged) as process:
            try:
                problems = self._locked(process, home, around, times)
            finally:
                process.kill()
        return [f"{self.trigger} over {self.screen}: {problem}" for problem in problems]

    def _locked(self, process, home, around, times):
        if said(process) != "ready":
            return ["did not begin"]
        if not eventually(self._desktop.is_delayed):
            return ["logind was not asked to wait"]
        process.stdin.write("\n")
        process.stdin.flush()
        began = time.monotonic()
        if self.trigger not in OWN:
            self._desktop.say(self.trigger)
        within = WITHIN * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        if not ready_to_read(process, within + 1):
            return ["did not lock"]
        took = json.loads(process.stdout.readline())["at"] - began
        with times.open("a") as file:
            file.write(f"{took}\n")
        late = [f"took {took:.2f} s"] if took > within else []
        return late + self._left(process, home, around)

    def _left(self, process, home, around):
        """Name what is wrong once it is locked."""
        problems = []
        if not eventually(lambda: not self._desktop.is_delayed()):
            problems.append("logind still waits")
        needles = [text.encode() for text in self._home.needles.values() if isinstance(text, str)]
        for name in ("cmdline", "environ"):
            told = Path(f"/proc/{process.pid}/{name}").read_bytes()
            problems += [f"its {name} tells" for needle in needles if needle in told]
        for file in (each for each in around.rglob("*") if each.is_file()):
            problems += [f"{file.name} tells" for each in needles if each in file.read_bytes()]
        is_hidden = b"--hidden" in Path(f"/proc/{process.pid}/cmdline").read_bytes()
        if is_hidden is not (self.trigger == "hidden"):
            problems.append("it came back otherwise hidden than it was")
        process.kill()
        process.wait()
        return problems + ([] if self._is_kept(home) else ["the words are gone"])

    def _is_kept(self, home):
        folder, keyring = home / "real" / "vault", AbsentKeychain()
        opened = members.unlock(folder, PASSPHRASE, world="real", keychain=keyring, now=DUSK)
        try:
            with opened.vault.reading() as db:
                rows = db.execute("SELECT text FROM note").fetchall()
        finally:
            opened.vault.close()
        return (self._home.additions[0],) in rows

    def _started(self, home, around, *, is_unplugged):
        plan = around.with_name("plan")
        plan.write_text(
            json.dumps({
                "trigger": self.trigger, "screen": self.screen, "passphrase": PASSPHRASE,
                "words": self._home.additions[0], "is_unplugged": is_unplugged,
            })
        )  # fmt: skip
        system, session = self._addresses
        return subprocess.Popen(
            [sys.executable, Path(__file__).with_name("watched.py"), "--home", home],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            cwd=around,
            env=_environment(around) | {
                "DBUS_SYSTEM_BUS_ADDRESS": system, "DBUS_SESSION_BUS_ADDRESS": session,
                "BAMMAJUNG_PROVE": str(plan),
            },
        )  # fmt: skip


def said(process) -> str:
    """Return what it said next; empty when it ended."""
    line = process.stdout.readline()
    return json.loads(line)["what"] if line else ""


def ready_to_read(process, seconds: float) -> bool:
    """Wait for a line."""
    return bool(select.select([process.stdout], [], [], seconds)[0])


def eventually(is_so, seconds: float = 3.0) -> bool:
    """Ask until it is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
