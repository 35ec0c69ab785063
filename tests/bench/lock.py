"""From the lock to the painted lock window of the process that follows, with 20,000 notes."""

import random
import tempfile
from pathlib import Path

from bench.figures import Figure, median_of, percentile
from bench.shared_vault import thousands
from invented import sentence
from prove.driving import Home, driven

NAME = "lock"
RUNS = 20
TARGET = 400.0


def run():
    """Unlock, read and write a little, and lock with a syllable half composed."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        home = Home(thousands(Path(place)), {}, [sentence(random.Random(NAME))], [], most=3)
        pairs = [_milliseconds(home, Path(place) / str(number)) for number in range(RUNS + 1)][1:]
    times, closing = (list(column) for column in zip(*pairs, strict=True))
    slowest = percentile(times, 0.95)
    return [
        Figure(
            "lock-to-painted-p95", slowest, "ms", f"<={TARGET:.0f}ms", slowest <= TARGET, None,
            times,
        ),
        Figure("lock-to-painted-median", median_of(times), "ms", "-", True),
        Figure("lock-to-closed-median", median_of(closing), "ms", "-", True, None, closing),
    ]  # fmt: skip


def _milliseconds(home: Home, around: Path) -> tuple[float, float]:
    """Return how long until the next process was painted, and until it began."""
    around.mkdir()
    with driven(home, "lock", around) as program:
        program.until("written")
        program.go_on()
        painted, began, locked = (
            program.until(what)["at"] * 1000 for what in ("painted", "begun", "locking")
        )
        return painted - locked, began - locked
