"""Opening 100,000 notes: from passphrase to a vault that answers, beyond the key derivation."""

import tempfile
import time
from pathlib import Path

from bench.figures import Figure, median_of
from bench.shared_vault import hundred_thousand, opened

from desktop.services import outreach
from desktop.vault import slots

NAME = "opening"
RUNS = 9
TARGET = 150.0


def run():
    """Open, see the night, close; the first time only warms the disk's cache."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        home = hundred_thousand(Path(place))
        times = [_seconds(home) for _ in range(RUNS + 1)][1:]
    beyond = [(whole - key) * 1000 for whole, key in times]
    key = median_of([key * 1000 for _, key in times])
    return [
        Figure(
            "opening-100000-notes", median_of(beyond), "ms", f"<={TARGET:.0f}ms-beyond-the-key",
            median_of(beyond) <= TARGET, None, beyond,
        ),
        Figure("opening-key-derivation", key, "ms", "-", True),
    ]  # fmt: skip


def _seconds(home: Path) -> tuple[float, float]:
    """Return how long it took, and how much of that was the key."""
    stretched, key = slots.stretched, []

    def timed(*words):
        began = time.perf_counter()
        try:
            return stretched(*words)
        finally:
            key.append(time.perf_counter() - began)

    slots.stretched = timed
    try:
        began = time.perf_counter()
        vault = opened(home)
        outreach.tonight(vault)
        whole = time.perf_counter() - began
        vault.close()
    finally:
        slots.stretched = stretched
    return whole, sum(key)
