"""A home with a night of notes in it, and the real program started in it with a hand inside."""

import json
import os
import random
import resource
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fakes import AbsentKeychain, FixedChance
from invented import note, word
from prove.driven import PLAN, READABLE
from prove.evening import Clock
from prove.proof import scratch
from vaults_for_tests import PASSPHRASE

from desktop.domain.youths import Age
from desktop.services import members, notes, outreach, youths
from desktop.settings import Settings, save

DRIVEN = Path(__file__).with_name("driven.py")
_WORLD = "real"
_CAP_SYS_PTRACE = 19


@dataclass(frozen=True)
class Home:
    """A home that the program opens with `PASSPHRASE`, and the words that are in it."""

    place: Path
    needles: dict[str, str | bytes]
    additions: list[str]
    searches: list[str]
    most: int = 1_000
    """So many notes are opened, at the most."""


def a_home(place: Path, count: int) -> Home:
    """Make a home with so many notes of one night, each about somebody else."""
    chance, kept = random.Random("driving"), FixedChance("driving")
    # The program that is driven reads the real clock: an older night would be over.
    clock = Clock(chance, datetime.now(UTC))  # noqa: TID251
    made = members.create(
        place / _WORLD / "vault", PASSPHRASE,
        world=_WORLD, chance=kept, keychain=AbsentKeychain(), cost=members.FLOOR,
    )  # fmt: skip
    vault = made.vault
    members.prove_code(vault)
    outreach.begin(vault, outreach.Plan("별빛공원 분수대"), clock())
    needles = {
        "passphrase": PASSPHRASE, "recovery code": made.recovery_code,
        "vault key": FixedChance("driving")(32), "database key": vault._session.keys.database[:32],
        "chain key": vault._session.keys.chain,
    }  # fmt: skip
    for number in range(count):
        alias, secret = word(chance, 8), word(chance, 12)
        needles |= {f"alias {number}": alias, f"note {number}": secret}
        met = youths.meet(vault, youths.NewYouth(alias, Age.stated(16)), "", clock())
        text = f"{secret} {note(chance)}"
        notes.save(vault, met.youth.id, met.meeting.id, text, clock())
    vault.close()
    save(place / "settings.json", Settings(language="ko", lock_after_minutes=15))
    additions = [word(chance, 12) for _ in range(5)]
    needles |= {f"addition {number}": text for number, text in enumerate(additions)}
    searches = [needles[f"note {n}"] for n in range(0, count, max(1, count // 4))]
    return Home(place, needles, additions, searches)


@dataclass
class Driven:
    """The program while it runs. `said` is every line so far, by what it says."""

    process: subprocess.Popen
    said: dict[str, dict] = field(default_factory=dict)

    def until(self, what: str) -> dict:
        """Read on until the program says this."""
        while what not in self.said:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"the program ended before it was {what}")
            self.said |= {(told := json.loads(line))["what"]: told}
        return self.said[what]

    def go_on(self) -> None:
        """Let the hand do what comes last."""
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()


@contextmanager
def driven(home: Home, end: str, place: Path, **around):
    """Start the program; its temporary, settings and cache folders, and its HOME, are `place`.

    What it says on stderr is in `place`/stderr. `around` goes to Popen.
    """
    with scratch("plan") as aside, (place / "stderr").open("wb") as errors:
        plan = Path(aside) / "plan"
        plan.write_text(json.dumps(_plan(home, end)), "utf-8")
        process = subprocess.Popen(
            [sys.executable, *around.pop("options", ()), DRIVEN, "--home", home.place],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=place,
            env=_environment(place) | {PLAN: str(plan)}, **around,
        )  # fmt: skip
        try:
            yield Driven(process)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            process.communicate()


def make_readable(home: Home) -> None:
    """Where we lack CAP_SYS_PTRACE, let the program of this home not refuse to be read."""
    status = Path("/proc/self/status").read_text()
    if not int(status.split("CapEff:")[1].split()[0], 16) >> _CAP_SYS_PTRACE & 1:
        (home.place / READABLE).touch()


def allow_cores() -> None:
    """Let the system write down a crash, if the program lets it. To be called in the child."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def _plan(home: Home, end: str) -> dict:
    return {
        "passphrase": PASSPHRASE, "additions": home.additions, "searches": home.searches,
        "end": end, "most": home.most,
    }  # fmt: skip


def _environment(place: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    folders = {
        "HOME": ".", "TMPDIR": "tmp", "SQLITE_TMPDIR": "tmp", "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache", "XDG_RUNTIME_DIR": "run",
        "XDG_STATE_HOME": "state",
    }  # fmt: skip
    for folder in folders.values():
        (place / folder).mkdir(mode=0o700, exist_ok=True)
    return kept | {name: str(place / folder) for name, folder in folders.items()} | {
        "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": f"unix:path={place}/no-bus",
    }  # fmt: skip
