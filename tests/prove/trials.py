"""One thing done while one call fails, and whether what is there afterwards is old or new."""

import errno
import os
import random
import resource
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from signal import SIGKILL
from tempfile import mkdtemp

from prove.contents import difference
from prove.cuts import Disk
from prove.failing import Call, Manner, told_by_child, watch
from prove.keyflows import turn_keyring_back
from prove.proof import scratch
from prove.workflows import Workflow
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import AppError, DiskFailed, DiskFull

_SCRATCH = scratch("trials")
_NEVER = 1 << 40
_ACKNOWLEDGED = ("done", "retried")
_FOR_THE_DISK = Call.SYNC | Call.WRITE


@dataclass(frozen=True)
class Fault:
    """The `k`-th call of these kinds fails in this manner."""

    kinds: Call
    k: int
    manner: Manner
    error: int = errno.EIO

    def __str__(self):
        name = errno.errorcode[self.error]
        return f"call {self.k}, {self.manner.name.lower()}, {name}"


@dataclass(frozen=True)
class Kill:
    """kill -9 after this share of the time that it takes."""

    share: float

    def __str__(self):
        return f"killed after {self.share:.3f} of its time"


@dataclass(frozen=True)
class Short:
    """The process gets only so much memory more."""

    mib: int

    def __str__(self):
        return f"{self.mib} MiB more and no further"


@dataclass(frozen=True)
class Cut:
    """The power goes after this share of what reaches the disk; `seed` says what is left."""

    share: float
    seed: str

    def __str__(self):
        return f"power cut after {self.share:.3f} of it, {self.seed}"


NO_FAULT = Fault(Call(0), _NEVER, Manner.ONCE)


@dataclass(frozen=True)
class Known:
    """What is before a workflow, and after it; both were seen. And how long it takes."""

    place: Path
    old: str
    new: str
    seconds: float


@dataclass(frozen=True)
class Said:
    """What the child said: how it ended, after how many calls, and how long that took."""

    outcome: str
    calls: int = 0
    seconds: float = 0.0
    problem: str = ""


def calls_of(workflow: Workflow, kinds: Call, error: int = errno.EIO) -> int:
    """Return how many calls of these kinds there are when all goes well."""
    place = _copied(known(workflow).place)
    said = _tried(workflow, place, Fault(kinds, _NEVER, Manner.ONCE, error))
    shutil.rmtree(place)
    return said.calls


@cache
def known(workflow: Workflow) -> Known:
    """Prepare a workflow once in this process, and see it go well."""
    place = Path(mkdtemp(dir=_SCRATCH.name))
    workflow.before(place)
    old, new = (_copied(place) for _ in range(2))
    told_by_child(lambda _: bool(workflow.ready(old)))
    said = _tried(workflow, new, NO_FAULT)
    if said.outcome != "done":
        raise RuntimeError(f"{workflow.name} does not even work: {said}")
    return Known(place, workflow.found(old), workflow.found(new), said.seconds)


def problem(workflow: Workflow, fault: Fault | Kill | Short | Cut) -> str:
    """Do it with the fault; return what is wrong afterwards, or nothing."""
    place = _copied(known(workflow).place)
    try:
        said = (_cut if isinstance(fault, Cut) else _tried)(workflow, place, fault)
        return said.problem or _judged(workflow, place, said)
    finally:
        shutil.rmtree(place)


def _judged(workflow, place, said):
    truth = known(workflow)
    if "bug" in said.outcome:
        return said.outcome
    try:
        found = workflow.found(place)
    except Exception as error:  # noqa: BLE001 - however it does not open, it does not open
        return f"after '{said.outcome}' it does not open: {error!r}"
    # Tried again in vain: then it must have been done the first time.
    is_acknowledged = said.outcome.startswith(_ACKNOWLEDGED)
    if found == truth.new or (found == truth.old and not is_acknowledged):
        return ""
    which = "old" if found == truth.old else "neither: " + difference(found, truth.new)
    return f"after '{said.outcome}' it is {which}"


def _copied(place: Path) -> Path:
    copy = Path(mkdtemp(dir=_SCRATCH.name))
    return shutil.copytree(place, copy, dirs_exist_ok=True)


def _tried(workflow, place, fault) -> Said:
    is_timed = isinstance(fault, Kill)
    seconds = known(workflow).seconds * fault.share if is_timed else None
    said, ended_by = told_by_child(lambda b: _in_child(workflow, place, fault, b), seconds)
    if said is not None:
        return Said(*said)
    if ended_by == SIGKILL and (is_timed or getattr(fault, "manner", None) is Manner.KILL):
        return Said("killed")
    return Said("bug", problem=f"the process ended by signal {ended_by}")


def _cut(workflow, place, fault) -> Said:
    """Do it, writing down what reaches the disk, and put what a cut leaves in its place."""
    reached, journal = place / workflow.reach, place / "journal"
    disk = Disk(reached)
    (began, *_), _ = told_by_child(lambda _: _recorded(workflow, reached, journal))
    steps, chance = Disk.read(journal), random.Random(fault.seed)
    at = began + round(fault.share * (len(steps) - began))
    shutil.rmtree(reached)
    disk.left_after(steps[:at], reached, chance)
    turn_keyring_back(place, at)
    return Said("done" if at == len(steps) else "power cut")


def _recorded(workflow, reached, journal):
    shim = watch(reached)
    shim.failing_note(os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    ready = workflow.ready(journal.parent)
    began = shim.failing_noted()
    ready.act()
    return (began,)


def _in_child(workflow, place, fault, begins):
    ready = workflow.ready(place)
    shim = watch(place / workflow.reach)
    began = time.monotonic()
    begins()
    with _under(fault, shim):
        outcome = _outcome(ready.act)
        calls, seconds = shim.failing_calls(), time.monotonic() - began
    believes = ""
    if outcome == DiskFull.__name__ and ready.is_repeatable:
        again = _outcome(ready.act)
        outcome = "retried" if again == "done" else f"retried in vain: {again}"
    elif outcome == DiskFailed.__name__ and ready.vault and _is_of_the_disk(fault):
        believes = _believing(ready.vault)
    return outcome, calls, seconds, believes


@contextmanager
def _under(fault, shim):
    if isinstance(fault, Short):
        before = resource.getrlimit(resource.RLIMIT_AS)
        most = _address_space() + (fault.mib << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
        yield
        resource.setrlimit(resource.RLIMIT_AS, before)
        return
    armed = NO_FAULT if isinstance(fault, Kill) else fault
    shim.failing_arm(int(armed.kinds), armed.k, int(armed.manner), armed.error)
    yield
    shim.failing_arm(0, _NEVER, 0, 0)


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _is_of_the_disk(fault) -> bool:
    return isinstance(fault, Fault) and bool(fault.kinds & _FOR_THE_DISK)


def _outcome(act):
    try:
        act()
    except AppError as error:
        return type(error).__name__
    except (ValueError, sqlcipher.InterfaceError) as error:
        return "the program ended" if _is_memory_unsaid(error) else f"bug: {error!r}"
    except BaseException as error:  # noqa: BLE001 - whatever else comes out is what is looked for
        return f"bug: {error!r}"
    return "done"


def _is_memory_unsaid(error) -> bool:
    """Whether SQLCipher, or Python's way to it, found no memory and did not say so.

    A page that could not be decrypted is handed out as zeros (sqlcipher #304), which are no time;
    and what could not be bound is called a wrong type. Nothing is half done then, either.
    """
    return str(error).startswith(("Invalid isoformat string: '\\x00", "Error binding parameter"))


def _believing(vault) -> str:
    """After a failed flush nothing more may be believed of this disk (R-07)."""
    try:
        with vault.transaction():
            pass
    except DiskFailed:
        return ""
    return "the disk was believed again after it had failed"
