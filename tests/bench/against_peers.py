"""The exchange against PouchDB with its server and against Kinto, in the same run.

Everybody carries the same packets of 4 KB. Ours seals each for two readers, itself and another,
signs it, proves every receipt and opens every seal within the time; the peers do neither. A
server has one core to itself, the client another. Our queue is in memory here, as Kinto's is, and
each of our figures says so: PouchDB keeps its items in LevelDB, going up and coming down, and what
our vault costs beyond the line is measured by `drain`. `written-and-up` has the same beginning for
all: words in memory. `up` is the same of ours, and of a peer only from where its items are in its
database: ours still has to be sealed then.
"""

import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.figures import Figure, median_of
from bench.shared_cores import for_clients, for_servers
from bench.shared_items import words_of, written
from bench.shared_laptop import OF_EACH, Laptop
from bench.shared_line import Manner, a_line
from bench.shared_ours import Ours
from bench.shared_peers import PLAIN, peers

from sync.protocol.messages import BATCH_ITEMS

NAME = "peers"
ONLY_WHEN_ASKED = True
RUNS = 3
SIZES = (1_000, 10_000)
TARGET = 2.0
IN_MEMORY = "items/s-queue-in-memory"
WAYS = ("up", "written-and-up", "down")


def run(share):
    """Measure everybody in turn, and again; `share` makes fewer items of it."""
    sizes = [max(OF_EACH, round(size * share)) for size in SIZES]
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        items = written(Path(place) / "items.json", max(sizes))
        others = peers()
        runs = [
            _everybody(Path(place) / str(number), items, sizes, others) for number in range(RUNS)
        ]
    return [*_words(runs), *_speeds(runs, sizes)]


def _everybody(place, items, sizes, others):
    """Return what each did: by name, by figure."""
    place.mkdir()
    found = {"ours": {**_our_words(place / "words"), **_our_speeds(place, sizes)}}
    for peer in others:
        found[peer.name] = _words_of(peer, place / peer.name, items)
        for size in sizes:
            found[peer.name] |= _speeds_of(peer, place / f"{peer.name}-{size}", items, size)
    return found


def _our_words(place):
    """Count requests and bytes of a laptop with its vault: nothing new, and one referral."""
    place.mkdir()
    ours = Ours(place)
    with ours.serving() as (port, _), a_line(port, Manner()) as line:
        laptop = Laptop(place, ours, line.url)
        laptop.write(1)
        laptop.round()
        line.tally()
        laptop.round()
        nothing = line.tally()
        laptop.write(1)
        laptop.round()
        one = line.tally()
        laptop.close()
    return {"nothing-new": nothing, "one-new": one}


def _words_of(peer, place, items):
    with (
        _serving(peer, place) as port,
        a_line(port, Manner()) as line,
        peer.laptop(place / "laptop", line.url, items) as ask,
    ):
        ask("begin")
        ask("write", first=0, count=1)
        ask("round")
        ask("round")
        line.tally()
        ask("round")
        nothing = line.tally()
        ask("write", first=1, count=1)
        ask("round")
        return {"nothing-new": nothing, "one-new": line.tally()}


def _our_speeds(place, sizes):
    found = {}
    for size in sizes:
        inside = place / f"ours-{size}"
        inside.mkdir()
        ours = Ours(inside)
        with ours.serving() as (port, _), for_clients():
            url = f"http://127.0.0.1:{port}"
            found |= _carried(ours.device(ours.centre, url), ours.device(ours.agency, url), size)
    return found


def _carried(laptop, desk, size):
    laptop.drain()
    desk.drain()
    words = [words_of(number) for number in range(size)]
    began = time.perf_counter()
    # As in the app: a letter is sealed on the vault's thread while the line's thread sends.
    with ThreadPoolExecutor(1) as line:
        writing = threading.Event()
        sent = line.submit(_sent_meanwhile, laptop, writing)
        for number in range(size):
            if number % OF_EACH == 0:
                consent = laptop.consent(desk.own.org)
            laptop.refer(desk.own.org, consent, words[number])
        sealed = time.perf_counter()
        writing.set()
        sent.result()
    up = time.perf_counter()
    desk.drain()
    down = time.perf_counter()
    if desk.opened != size:
        raise AssertionError(f"{desk.opened} of {size} were opened")
    return {
        f"sealing-{size}": size / (sealed - began),
        f"up-{size}": size / (up - began),
        f"written-and-up-{size}": size / (up - began),
        f"down-{size}": size / (down - up),
    }


def _sent_meanwhile(laptop, is_written):
    """Send whole batches while there are some, and in the end what is left."""
    while not is_written.is_set():
        if len(laptop.outbox) >= BATCH_ITEMS:
            laptop.round()
        else:
            is_written.wait(0.001)
    laptop.drain()


def _speeds_of(peer, place, items, size):
    with (
        _serving(peer, place) as port,
        for_clients(),
        peer.laptop(place / "laptop", f"http://127.0.0.1:{port}", items) as ask,
    ):
        ask("begin")
        writing = ask("write", first=0, count=size)["seconds"]
        up, down = ask("up"), ask("down")
    if (up["count"], down["count"]) != (size, size):
        raise AssertionError(f"{peer.name} carried {up['count']} and {down['count']} of {size}")
    return {
        f"up-{size}": size / up["seconds"],
        f"written-and-up-{size}": size / (writing + up["seconds"]),
        f"down-{size}": size / down["seconds"],
    }


@contextmanager
def _serving(peer, place):
    """Start it on the servers' core, as ours; what is asked of it meanwhile is not done there."""
    place.mkdir()
    with ExitStack() as started:
        with for_servers():
            port = started.enter_context(peer.serving(place / "server"))
        yield port


def _words(runs):
    figures = []
    for what in ("nothing-new", "one-new"):
        for name in runs[0]:
            told = [run[name][what] for run in runs]
            requests = [each["requests"] for each in told]
            size = [each["up"] + each["down"] for each in told]
            is_ours = name == "ours"
            met = not is_ours or max(requests) == 1
            target = "=1" if is_ours else PLAIN
            figures += [
                Figure(
                    f"requests-{what}-{name}", median_of(requests), "requests", target, met,
                    None, requests,
                ),
                Figure(
                    f"bytes-{what}-{name}", median_of(size), "bytes-both-ways",
                    "-" if is_ours else PLAIN, True, None, size,
                ),
            ]  # fmt: skip
    return figures


def _speeds(runs, sizes):
    figures = []
    for what in (f"{way}-{size}" for size in sizes for way in WAYS):
        speeds = {name: [run[name][what] for run in runs] for name in runs[0]}
        ratio = median_of(speeds["ours"]) / median_of(speeds["pouchdb"])
        is_alike = not what.startswith("up-")
        target = f">={TARGET:.0f}x-pouchdb" if is_alike else "-"
        for name, values in speeds.items():
            is_ours = name == "ours"
            figures.append(
                Figure(
                    f"{what}-{name}", median_of(values), IN_MEMORY if is_ours else "items/s",
                    target if is_ours else PLAIN,
                    ratio >= TARGET or not is_ours or not is_alike, ratio if is_ours else None,
                    values,
                )
            )  # fmt: skip
    for size in sizes:
        values = [run["ours"][f"sealing-{size}"] for run in runs]
        figures.append(
            Figure(f"sealing-{size}-ours", median_of(values), "items/s", "-", True, None, values)
        )
    return figures
