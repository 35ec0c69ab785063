"""10,000 laptops find a line within five minutes, on a hub with PostgreSQL.

Each brings what an evening left: a consent and two referrals of 4 KB, sealed and signed before;
it says hello, brings them over a connection of its own, proves every receipt and reads what
came. `share` makes fewer laptops come in less time, at the same rate. All of them have one
address here, so the hub does not count strangers by address. PostgreSQL waits for its disk.
"""

import contextlib
import random
import secrets
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import postgres_for_tests
from bench.figures import Figure, median_of, percentile
from bench.shared_cores import for_clients
from bench.shared_crowd import REFERRALS, Arrived, a_crowd, arrive
from bench.shared_ours import WORLD, a_hub
from bench.shared_process import resident, worked

from sync.server import tables
from sync.server.founding import open_hub

NAME = "arrivals"
ONLY_WHEN_ASKED = True
LAPTOPS, SECONDS = 10_000, 300.0
TARGET = 2_000.0
_AT_ONCE = 400
_DURABLE = {
    "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on",
}  # fmt: skip


def run(share):
    """Let them come at random moments; a laptop that fails tries again, as the program does."""
    count, seconds = max(10, round(LAPTOPS * share)), SECONDS * share
    with (
        tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place,
        _a_durable_postgres() as server,
    ):
        home, database = Path(place) / "hub", server.new()
        hub = open_hub(home, WORLD, secrets.token_bytes, database)
        try:
            crowd = a_crowd(hub, count)
            with a_hub(home, "--database", database, "--rate-stranger", "0") as (port, process):
                before, ours = worked(process), time.process_time()
                found = _come(crowd, f"http://127.0.0.1:{port}", hub, seconds)
                busy = (worked(process) - before, time.process_time() - ours)
                use = (resident(process) / 2**20, *busy)
            with hub.store.reading() as db:
                stored = len(db.all(tables.message))
        finally:
            hub.store.close()
    return _figures(found, stored, seconds, use)


@contextlib.contextmanager
def _a_durable_postgres():
    """Run the tests' PostgreSQL, which here does wait for its disk."""
    usual = dict(postgres_for_tests._QUICK)
    postgres_for_tests._QUICK.update(_DURABLE)
    try:
        with postgres_for_tests.a_postgres() as server:
            yield server
    finally:
        postgres_for_tests._QUICK.clear()
        postgres_for_tests._QUICK.update(usual)


def _come(crowd, url, hub, seconds):
    chance = random.Random("arrivals")
    moments = sorted(chance.uniform(0, seconds) for _ in crowd)
    with for_clients(), ThreadPoolExecutor(_AT_ONCE) as pool:
        began = time.perf_counter()

        def one(traveller, moment):
            told = arrive(traveller, url, hub, time.sleep)
            return Arrived(time.perf_counter() - began - moment, *told)

        asked = []
        for traveller, moment in zip(crowd, moments, strict=True):
            time.sleep(max(0.0, began + moment - time.perf_counter()))
            asked.append(pool.submit(one, traveller, moment))
        return [each.result() for each in asked]


def _figures(found, stored, seconds, use):
    times = [each.seconds * 1000 for each in found]
    brought = len(found) * (1 + REFERRALS)
    lost = brought - min(stored, sum(each.proven for each in found))
    p95 = percentile(times, 0.95)
    memory, busy, ours = use
    again = sum(each.tries - 1 for each in found)
    return [
        Figure("arrivals-laptops", len(found), f"laptops-in-{seconds:.0f}-s", "-", True),
        Figure("arrivals-lost", lost, f"of-{brought}-messages", "=0", lost == 0),
        Figure("arrivals-median", median_of(times), "ms", "-", True, None, times),
        Figure("arrivals-p95", p95, "ms", f"<={TARGET:.0f}ms", p95 <= TARGET),
        Figure("arrivals-longest", max(times), "ms", "-", True),
        Figure("arrivals-tried-again", again, "tries", "-", True),
        Figure("arrivals-hub-memory", memory, "MiB", "-", True),
        Figure("arrivals-hub-processor", busy / len(found) * 1000, "ms/laptop", "-", True),
        # The crowd has a core of its own: near 30, the crowd would be what is measured.
        Figure("arrivals-crowd-processor", ours / len(found) * 1000, "ms/laptop", "-", True),
    ]
