"""The night's work with 100,000 notes about 20,000 people of five years, and what more notes cost.

A list is timed twice: by the question that fills it (`list-`: read, opened, and the look written),
and in the window from the gesture to what is painted (`opens-`). Then the wheel is turned over it,
one notch a frame, to the end of its page and past it (`scrolls-`: the longest gap of the painting
thread's loop). `-busy` is the processor's time of the same: other programs cannot lengthen it.
Memory is everything resident of the program's process, with its window open on that vault. Stalls
while typing, saving and searching are measured by `stall`, on 20,000 notes. The keys of a contact
are counted by tests/journeys/test_night.py.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import searching
from bench.figures import Figure, median_of
from bench.shared_child import report_of
from bench.shared_costs import KINDS, NOTES, costs, of_lists
from bench.shared_lists import asker
from bench.shared_picture import draw
from bench.shared_vault import MANY_NIGHTS, of_nights, opened

NAME = "night"
RUNS = 3
LIST, STALL, UNLOCK, MEMORY = 50.0, 16.0, 300.0, 130.0
FLAT = 5.0  # times: a hundred times the notes would cost a hundred times as much
PICTURE = Path(__file__).parents[2] / "docs" / "night-costs.png"


def run() -> Iterator[Figure]:
    """Measure each in the same vault, and draw the picture; a figure is told once it is there."""
    yield from searching.run()
    yield from _lists()
    yield from _seen()
    yield from _windows()
    yield from _costs()


def _lists() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        vault = opened(of_nights(Path(place), MANY_NIGHTS))
        for name, times in of_lists(asker(vault)).items():
            yield _most(f"list-{name}", times, "ms", LIST)
        vault.close()


def _seen() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        report = report_of("lists", of_nights(Path(place), MANY_NIGHTS))
    for name, seen in report["lists"].items():
        yield _most(f"opens-{name}", seen["again"], "ms", LIST)
        yield Figure(f"opens-{name}-busy", median_of(seen["busy"]), "ms", "-", True)
        yield Figure(f"opens-{name}-first-time", seen["first"], "ms", "-", True)
        if seen["scrolled"]:
            gap, worked = max(seen["gaps"]), max(seen["worked"])
            target = f"<={STALL:.0f}ms"
            yield Figure(f"scrolls-{name}", gap, "ms", target, gap <= STALL, None, seen["gaps"])
            yield Figure(f"scrolls-{name}-busy", worked, "ms", "-", True)


def _windows() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        home = of_nights(Path(place), MANY_NIGHTS)
        reports = [report_of("unlock", home) for _ in range(RUNS + 1)][1:]
    beyond = [(each["seconds"] - each["key"]) * 1000 for each in reports]
    yield _most("night-unlock-beyond-the-key", beyond, "ms", UNLOCK)
    memory = [each["resident"] / 1e6 for each in reports]
    yield _most("night-memory", memory, "MB", MEMORY)


def _costs() -> Iterator[Figure]:
    found = costs()
    draw(NOTES, found, PICTURE)
    for kind in KINDS:
        first, last = found[kind][0], found[kind][-1]
        is_flat = last <= max(FLAT * first, 1.0)
        target = f"<={FLAT:.0f}x-that-of-{NOTES[0]}-notes"
        yield Figure(f"cost-of-{kind}", last, "ms", target, is_flat, last / first, found[kind])


def _most(name, values, unit, target) -> Figure:
    middle = median_of(values)
    return Figure(name, middle, unit, f"<={target:.0f}{unit}", middle <= target, None, values)
