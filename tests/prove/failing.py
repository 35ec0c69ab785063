"""A disk and a memory that fail when told: shim/failing.c, compiled once, loaded before libc."""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from enum import IntEnum, IntFlag
from multiprocessing import get_context
from multiprocessing.forkserver import ensure_running
from pathlib import Path

_HERE = Path(__file__).parent
_BUILT = _HERE.parents[1] / "build"
_COMPILERS = ("cc", "gcc", "clang", "tcc")
_CIPHER = "sqlcipher3/_sqlite3"
LONGEST = 60
"""Seconds after which a child is taken to hang."""


class Call(IntFlag):
    """What is asked of the disk, or of memory. The numbers are those of the C file."""

    OPEN = 1
    WRITE = 2
    SYNC = 4
    CUT = 8
    RENAME = 16
    UNLINK = 32
    MAKE = 64
    ALLOC = 128


DISK = Call.OPEN | Call.WRITE | Call.SYNC | Call.CUT | Call.RENAME | Call.UNLINK | Call.MAKE


class Manner(IntEnum):
    """How the k-th call fails."""

    ONCE = 0
    FROM_THEN_ON = 1
    KILL = 2
    """The process ends there; a write is half done."""


def is_loaded() -> bool:
    """Whether this process was started under the shim."""
    return hasattr(ctypes.CDLL(None), "failing_arm")


def shim() -> ctypes.CDLL:
    """Return the shim of this process."""
    loaded = ctypes.CDLL(None)
    loaded.failing_arm.argtypes = [ctypes.c_int, ctypes.c_long, ctypes.c_int, ctypes.c_int]
    loaded.failing_watch.argtypes = [ctypes.c_char_p]
    loaded.failing_room.argtypes = [ctypes.c_long]
    for name in ("failing_calls", "failing_noted", "failing_room_left"):
        getattr(loaded, name).restype = ctypes.c_long
    return loaded


def watch(place: Path) -> ctypes.CDLL:
    """Let only files below `place` fail, and allocations inside SQLCipher; return the shim."""
    loaded = shim()
    loaded.failing_watch(os.fsencode(place.resolve()))
    if not loaded.failing_library(_CIPHER.encode()):
        raise RuntimeError("SQLCipher is not loaded, or is called otherwise")
    return loaded


def library() -> Path:
    """Compile the shim where that has not been done, and return it."""
    if not sys.platform.startswith("linux"):
        raise SystemExit("the failing disk needs Linux: LD_PRELOAD and /proc")
    source = _HERE / "shim" / "failing.c"
    made = _BUILT / f"failing-{zlib.crc32(source.read_bytes()):08x}.so"
    if not made.exists():
        compiler = next(filter(None, map(shutil.which, _COMPILERS)), None)
        if compiler is None:
            raise SystemExit("no C compiler. On Debian: apt-get install gcc libc6-dev")
        made.parent.mkdir(exist_ok=True)
        half = made.with_suffix(f".{os.getpid()}")
        command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(half), str(source)]
        subprocess.run(command, check=True)
        half.replace(made)
    return made


@contextmanager
def workers(count: int):
    """Give processes that were started under the shim, as many as there are cores.

    They are forks of one that has loaded what they play, once for all harnesses.
    """
    paths = os.pathsep.join(str(path) for path in (_HERE.parents[1], _HERE.parent))
    context = get_context("forkserver")
    context.set_forkserver_preload(["prove.every"])
    with _environment(LD_PRELOAD=str(library()), PYTHONPATH=paths):
        ensure_running()
    with ProcessPoolExecutor(
        max_workers=max(1, min(count, os.cpu_count() or 1)), mp_context=context
    ) as pool:
        yield pool


@contextmanager
def _environment(**changes):
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


Begins = Callable[[], None]


def told_by_child(
    work: Callable[[Begins], object], killed_after: float | None = None
) -> tuple[object, int]:
    """Do `work` in a fork; return what it returned (as JSON), and the signal that ended it, or 0.

    None where it did not come so far. It calls what it is given when the part that counts begins,
    and is killed so many seconds later.
    """
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        _work(work, told)
    os.close(told)
    with os.fdopen(heard, "rb") as pipe:
        if killed_after is not None and pipe.read(1):
            time.sleep(killed_after)
            os.kill(child, signal.SIGKILL)
        said = pipe.read().strip()
    _, status = os.waitpid(child, 0)
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return (json.loads(said) if said else None), ended_by


def _work(work, told):
    try:
        signal.alarm(LONGEST)
        said = work(lambda: os.write(told, b" ") and None)
        os.write(told, json.dumps(said).encode())
        os._exit(0)
    finally:  # a fork must never run on into its parent's code
        traceback.print_exc()
        os._exit(1)
