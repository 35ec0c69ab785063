"""The longest stall of the painting thread around each key, while typing, saving and searching."""

import tempfile
from pathlib import Path

from bench.figures import Figure, median_of, percentile
from bench.shared_child import report_of
from bench.shared_vault import thousands

NAME = "stall"
RUNS = 5
TARGET = 16.0


def run():
    """Type an evening's note and search, in fresh processes."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        home = thousands(Path(place))
        reports = [report_of("typing", home)["stalls"] for _ in range(RUNS)]
    every = [[stall for kind in report.values() for stall in kind] for report in reports]
    p99 = [percentile(stalls, 0.99) for stalls in every]
    figures = [
        Figure(
            "stall-p99", median_of(p99), "ms", f"<={TARGET:.0f}ms", median_of(p99) <= TARGET,
            None, p99,
        ),
        Figure("stall-longest", median_of([max(s) for s in every]), "ms", "-", True),
    ]  # fmt: skip
    for kind in reports[0]:
        middle = median_of([percentile(report[kind], 0.99) for report in reports])
        figures.append(Figure(f"stall-p99-{kind}", middle, "ms", "-", True))
    return figures
