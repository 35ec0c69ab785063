"""Unlock to a window that can be used, with 20,000 notes; and the memory it then holds."""

import tempfile
from pathlib import Path

from bench.figures import Figure, median_of
from bench.shared_child import report_of
from bench.shared_vault import thousands

NAME = "unlock"
RUNS = 5
TARGET, TIMES = 300.0, 2.0


def run():
    """Unlock in fresh processes, a bare window started in between."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        home = thousands(Path(place))
        pairs = [(report_of("bare"), report_of("unlock", home)) for _ in range(RUNS + 1)][1:]
    beyond = [(ours["seconds"] - ours["key"]) * 1000 for _, ours in pairs]
    memory = [ours["resident"] / 2**20 for _, ours in pairs]
    ratio = median_of([ours["resident"] / bare["resident"] for bare, ours in pairs])
    key = median_of([ours["key"] * 1000 for _, ours in pairs])
    return [
        Figure(
            "unlock-beyond-the-key", median_of(beyond), "ms", f"<={TARGET:.0f}ms",
            median_of(beyond) <= TARGET, None, beyond,
        ),
        Figure("unlock-key-derivation", key, "ms", "-", True),
        Figure(
            "memory-after-unlock", median_of(memory), "MiB", f"<={TIMES:.0f}x-bare-window",
            ratio <= TIMES, ratio, memory,
        ),
    ]  # fmt: skip
