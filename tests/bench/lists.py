"""Opening every list in a vault of 100,000 notes, 20,000 people and five years: what it asks."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bench.figures import Figure, median_of
from bench.shared_lists import Asked, lists
from bench.shared_vault import hundred_thousand, opened

from desktop.domain.moment import Moment

NAME, GROUP = "lists", "night"
RUNS = 9
TARGET = 50.0


def run():
    """Ask for each list as its page does; the first time is kept apart, and counts too."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        vault = opened(hundred_thousand(Path(place)))
        found = {
            name: [_seconds(vault, ask) for _ in range(RUNS)]
            for name, ask in lists(Asked(vault), _moment).items()
        }
        vault.close()
    return [
        Figure(
            f"list-{name}", median_of(times), "ms", f"<={TARGET:.0f}ms",
            median_of(times) <= TARGET, None, times,
        )
        for name, times in found.items()
    ]  # fmt: skip


def _moment():
    return Moment(datetime.now(UTC), uuid4())  # noqa: TID251


def _seconds(vault, ask):
    began = time.perf_counter()
    ask(vault)
    return (time.perf_counter() - began) * 1000
