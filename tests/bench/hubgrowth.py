"""The same exchange on a hub that holds 10,000, 100,000 and 1,000,000 messages: it must be flat.

The database is filled with copies of a real exchange (see `shared_growth`), every packet still
there and all of them in one mailbox: the worst case. At each size the hub starts anew. Memory
is read after the same work each time, and so is the processor time of a request.
"""

import tempfile
import time
from pathlib import Path

from bench.figures import Figure, median_of
from bench.shared_cores import for_clients
from bench.shared_growth import Growth, head
from bench.shared_items import words_of
from bench.shared_ours import Ours
from bench.shared_process import resident, worked

from sync.client.engine import Place

NAME = "hubgrowth"
ONLY_WHEN_ASKED = True
RUNS = 3
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS, PAGES, PAGE = 100, 5, 100
FLAT = 1.25


def run(share):
    """Grow a hub and measure it; `share` makes it grow less far."""
    sizes = [max(100, round(size * share)) for size in SIZES]
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        ours = Ours(Path(place))
        growth = Growth(ours)
        with ours.serving() as (port, _):
            growth.plant(ours.device(ours.centre, f"http://127.0.0.1:{port}"))
        found = {}
        for size in sizes:
            growth.grow(size)
            found[size] = [_measured(ours) for _ in range(RUNS)]
    return [figure for what, unit in _UNITS.items() for figure in _figures(found, what, unit)]


_UNITS = {
    "memory": "MiB", "processor": "ms/request", "nothing-new": "ms", "one-new": "ms",
    "page-up": "ms", "page-down": "ms",
}  # fmt: skip


def _measured(ours):
    """Return what the same work takes of a hub that has just started."""
    epoch, at = head(ours)
    with ours.serving() as (port, process), for_clients():
        url = f"http://127.0.0.1:{port}"
        laptop, desk = ours.device(ours.centre, url), ours.device(ours.agency, url)
        desk.begin_at(Place(epoch, at))
        _one_new(laptop, desk)
        before = worked(process)
        nothing = [_timed(laptop.round) for _ in range(ROUNDS)]
        one = [_one_new(laptop, desk) for _ in range(ROUNDS)]
        pages = [_page(laptop, desk) for _ in range(PAGES)]
        busy = worked(process) - before
        memory = resident(process)
    return {
        "memory": memory / 2**20, "processor": busy / (2 * ROUNDS + 4 * PAGES) * 1000,
        "nothing-new": median_of(nothing), "one-new": median_of(one),
        "page-up": median_of([up for up, _ in pages]),
        "page-down": median_of([down for _, down in pages]),
    }  # fmt: skip


def _one_new(laptop, desk):
    consent = laptop.consent(desk.own.org)
    laptop.refer(desk.own.org, consent, words_of(0))
    return _timed(laptop.round)


def _page(laptop, desk):
    """Send a page of referrals, and read what has come: a page of it is timed."""
    desk.drain()
    consent = laptop.consent(desk.own.org)
    laptop.round()
    for number in range(PAGE):
        laptop.refer(desk.own.org, consent, words_of(number))
    return _timed(laptop.round), _timed(desk.round)


def _timed(work):
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _figures(found, what, unit):
    smallest = median_of([run[what] for run in next(iter(found.values()))])
    for size, runs in found.items():
        values = [run[what] for run in runs]
        ratio = median_of(values) / smallest
        yield Figure(
            f"hub-{what}-at-{size}", median_of(values), unit, f"<={FLAT}x-smallest",
            ratio <= FLAT, ratio, values,
        )  # fmt: skip
