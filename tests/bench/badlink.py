"""200 referrals over a line as bad as a line can be: how long, what came twice, what was wasted.

64 kbit/s each way, 600 ms there and back, and 30 % of the connections cut at a random byte: the
n-th connection has the same fate for everybody. Ours is a laptop with its vault; after a round
that failed everybody rests one second. The lines of one seed run side by side: they are slow,
not the machine. Wasted is what went over the line beyond what a good line carries. Who has not
finished after ten minutes is stopped: then something is left.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bench.figures import Figure, median_of
from bench.shared_items import written
from bench.shared_laptop import Laptop
from bench.shared_line import Manner, a_line
from bench.shared_ours import MARK, Ours
from bench.shared_peers import PLAIN, peers

NAME = "badlink"
ONLY_WHEN_ASKED = True
RUNS, REFERRALS = 3, 200
BITS, TRIP, CUTS = 64_000, 0.6, 0.3
_REST, _LONGEST = 1.0, 600.0


def run(share):
    """Drain everybody's outbox over a good line and over three bad ones."""
    count = max(2, round(REFERRALS * share))
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        drains = {"ours": _ours} | {
            peer.name: partial(_peer, peer, written(Path(place) / "items.json", count))
            for peer in peers()
        }
        runs = [_side_by_side(Path(place), drains, count, number) for number in range(RUNS)]
    return [figure for name in drains for figure in _figures(name, [run[name] for run in runs])]


def _side_by_side(place, drains, count, number):
    bad = {"bits": BITS, "trip": TRIP, "cuts": CUTS, "seed": f"bad line {number}"}
    with ThreadPoolExecutor(len(drains)) as pool:
        asked = {
            name: pool.submit(_pair, drain, place / f"{name}-{number}", count, bad)
            for name, drain in drains.items()
        }
        return {name: each.result() for name, each in asked.items()}


def _pair(drain, place, count, bad):
    """Return what a bad line took, beside what a good one does."""
    place.mkdir()
    good = drain(place / "good", count, {})
    found = drain(place / "bad", count, bad)
    return {**found, "wasted": _carried(found) - _carried(good), "good": _carried(good)}


def _carried(told):
    return told["up"] + told["down"]


def _ours(place, count, manner):
    place.mkdir()
    ours = Ours(place)
    with ours.serving() as (port, _), a_line(port, Manner(**manner, mark=MARK)) as line:
        laptop = Laptop(place, ours, line.url)
        laptop.write(count)
        line.worsen()
        began = time.perf_counter()
        failures = laptop.drain(partial(time.sleep, _REST), _LONGEST)
        seconds = time.perf_counter() - began
        told = line.tally()
        laptop.close()
        desk = ours.device(ours.agency, f"http://127.0.0.1:{port}")
        desk.drain()
    found = {**told, "seconds": seconds, "failures": failures}
    twice = desk.refs.total() - len(desk.refs)
    return {**found, "twice": twice, "left": count - len(desk.refs)}


def _peer(peer, items, place, count, manner):
    place.mkdir()
    with (
        peer.serving(place / "server") as port,
        a_line(port, Manner(**manner, mark=peer.mark)) as line,
        peer.laptop(place / "laptop", line.url, items) as ask,
    ):
        ask("begin")
        ask("write", first=0, count=count)
        line.worsen()
        drained = ask("drain", longest=_LONGEST)
        told = line.tally()
        with peer.laptop(place / "other", f"http://127.0.0.1:{port}", items) as other:
            there = other("count")["count"]
    # Its database holds each item once: what came twice nobody could count there.
    return {**told, **drained, "twice": 0, "left": count - there}


def _figures(name, runs):
    target = "-" if name == "ours" else PLAIN
    share = median_of([each["wasted"] / each["good"] for each in runs])

    def figure(what, key, unit, ratio=None):
        values = [each[key] for each in runs]
        return Figure(
            f"badlink-{what}-{name}", median_of(values), unit, target, True, ratio, values
        )

    def none(what, key):
        values, is_ours = [each[key] for each in runs], name == "ours"
        return Figure(
            f"badlink-{what}-{name}", max(values), "items", "=0" if is_ours else target,
            not (is_ours and any(values)), None, values,
        )  # fmt: skip

    return [
        figure("drain", "seconds", "s"),
        none("left", "left"),
        none("duplicates", "twice"),
        figure("sent-again", "again", "items"),
        figure("wasted", "wasted", "bytes-both-ways", share),
        figure("failed-rounds", "failures", "rounds"),
        figure("connections-cut", "cut", "connections"),
    ]
