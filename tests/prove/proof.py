"""What a harness returns, and how its faults are spread over the machine's cores."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Proof:
    """How many faults were tried, how many broke a promise, and whether the control was caught."""

    done: int
    failed: int
    control_caught: bool


def spread(
    piece: Callable[[str, int], Iterable[str]],
    count: int,
    size: int,
    name: str,
    start: str = "fork",
):
    """Run `piece(seed, faults)` in pieces of `size` faults; return, and say, what broke.

    The seeds are the same in every run, so that what broke can be looked at again.
    """
    broken = found(piece, count, size, name, start)
    tell(name, broken)
    return broken


def found(
    piece: Callable[[str, int], Iterable[str]],
    count: int,
    size: int,
    name: str,
    start: str = "fork",
):
    """As `spread`, but silent. With `start` "spawn" nothing of this process is used."""
    sizes = [min(size, count - at) for at in range(0, count, size)]
    seeds = [f"{name} {number}" for number in range(len(sizes))]
    with ProcessPoolExecutor(
        max_workers=min(len(sizes), os.cpu_count() or 1),
        mp_context=multiprocessing.get_context(start),
    ) as workers:
        every = workers.map(partial(_all, piece), seeds, sizes)
        return [
            f"{seed}: {problem}"
            for seed, problems in zip(seeds, every, strict=True)
            for problem in problems
        ]


def _all(piece, seed, size) -> list[str]:
    return list(piece(seed, size))


def scratch(name: str):
    """Return a folder for proofs that do not ask about the disk: in memory where there is one."""
    place = _IN_MEMORY if _IN_MEMORY.is_dir() else None
    return tempfile.TemporaryDirectory(prefix=f"bammajung-{name}-", dir=place)


def tell(name: str, broken: Iterable[str]) -> None:
    """Say on stderr what broke; stdout keeps its one line."""
    for problem in list(broken)[:20]:
        print(f"  {name} broken: {problem}", file=sys.stderr, flush=True)
