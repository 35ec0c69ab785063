"""What a benchmark returns, and the arithmetic they share."""

import statistics
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One measured figure. `ratio` compares with a yardstick of the same run."""

    name: str
    value: float
    unit: str
    target: str
    met: bool
    ratio: float | None = None
    runs: list[float] = field(default_factory=list)


def median_of(runs):
    """Return the median."""
    return statistics.median(runs)


def percentile(values, share):
    """Return the value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
