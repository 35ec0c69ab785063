"""Eight writers and one reader at one mailbox: what is acknowledged is stored, and arrives.

Each writer is a hub process of its own, first on PostgreSQL, then on SQLite; `count` is seconds
on each. Controls: the cursor that everybody writes first, `id > last` over a sequence, whose
reader passes rows that are committed a moment later; and the same eight at a hub that leaves
numbers out.
"""

import multiprocessing
import random
import secrets
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import psycopg
from hub_for_tests import HubForTests, Writer, header_of
from postgres_for_tests import a_postgres
from prove import variants
from prove.proof import Proof, scratch, tell

from sync.protocol.answers import Exchange
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind
from sync.server import mailbox, tables
from sync.server.batch import Caller
from sync.server.desk import Desk
from sync.server.founding import open_hub
from sync.server.store import StoreFailed

NAME = "exchange-writers"
FULL = LEAST = 60
"""Seconds on each engine."""
WRITERS = 8
BATCH = 5
CONTROL_TRIES = 10
PAUSE = 0.005
"""Between two looks of the reader, who shares the machine with the writers."""


@dataclass
class Seen:
    """What writers were told, what the database holds, and what the reader got."""

    acknowledged: set = field(default_factory=set)
    stored: set = field(default_factory=set)
    delivered: set = field(default_factory=set)
    gaps: int = 0
    tries: Counter = field(default_factory=Counter)

    def broken(self):
        """Name every promise that does not hold."""
        counts = {
            "acknowledged, not stored": len(self.acknowledged - self.stored),
            "stored, not delivered": len(self.stored - self.delivered),
            "gaps": self.gaps,
        }
        wrong = [f"{count} {what}" for what, count in counts.items() if count]
        return wrong if self.acknowledged else [*wrong, "nothing was acknowledged"]


def run(count: int) -> Proof:
    """Write for that many seconds on each engine."""
    broken = []
    with a_postgres() as server, scratch("writers") as place:
        for engine, address in (("postgresql", server.new()), ("sqlite", "")):
            seen = written_for(Path(place) / engine, address, count)
            print(f"  {NAME} {engine}: {_told(seen, count)}", file=sys.stderr, flush=True)
            broken += [f"{engine}: {problem}" for problem in seen.broken()]
        caught = any(_naive(server.new()).broken() for _ in range(CONTROL_TRIES))
        with variants.gaps():
            gapped = written_for(Path(place) / "gapped", "", 2).broken()
        caught &= any("gaps" in problem for problem in gapped)
    tell(NAME, broken)
    return Proof(count, len(broken), caught)


def _told(seen, seconds):
    rate = len(seen.acknowledged) / seconds
    again = f"{seen.tries['again']} of {seen.tries['batches']} batches brought again"
    return f"{len(seen.acknowledged)} acknowledged ({rate:.0f}/s), {again}"


def written_for(home: Path, address: str, seconds: float) -> Seen:
    """Let eight hubs take referrals for one shelter, while a ninth hub's reader follows."""
    writers, shelter = _a_house(home, address)
    context, seen = multiprocessing.get_context("fork"), Seen()
    ends, working = [], []
    for consent, writer in writers.items():
        mine, theirs = context.Pipe(duplex=False)
        work = _Work(home, address, writer, shelter, consent, seconds)
        working.append(context.Process(target=work.do, args=(theirs,)))
        working[-1].start()
        theirs.close()
        ends.append(mine)
    hub = open_hub(home / "hub", "practice", secrets.token_bytes, address)
    reader = _Following(Desk(hub), shelter, seen)
    reader.start()
    for mine in ends:
        acknowledged, tries = mine.recv()
        seen.acknowledged |= acknowledged
        seen.tries += tries
    for process in working:
        process.join()
    reader.finish()
    _stored(hub.store, shelter, seen)
    hub.store.close()
    return seen


def _a_house(home, address):
    """Found a hub with eight laptops at its centre, each with a consent to write under."""
    home.mkdir()
    house = HubForTests(home, database=address)
    writers = {house.centre.fresh(): house.let_in(house.centre) for _ in range(WRITERS)}
    for consent in writers:
        house.exchange(house.centre, house.centre.consent(consent, house.shelter))
    house.close()
    return writers, house.shelter


@dataclass
class _Work:
    """What one hub process is brought by one laptop."""

    home: Path
    address: str
    writer: Writer
    shelter: Writer
    consent: str
    seconds: float

    def do(self, end):
        """Bring batches until the time is over, each until the hub has answered for all of it."""
        hub = open_hub(self.home / "hub", "practice", secrets.token_bytes, self.address)
        keys, now = self.writer.keys, self.writer._clock()
        desk, caller = Desk(hub), Caller(keys.device, self.writer.org, "counselor")
        self.writer._chance = chance = random.Random(keys.device).randbytes
        pattern = self.writer.referral(self.consent, self.shelter)
        acknowledged, tries = set(), Counter()
        until = time.monotonic() + self.seconds
        while time.monotonic() < until:
            size = 1 + chance(1)[0] % BATCH
            batch = tuple(_like(pattern, self.writer) for _ in range(size))
            tries["batches"] += 1
            while not (ids := _acknowledged(desk, caller, batch, now)):
                tries["again"] += 1
            acknowledged |= ids
        hub.store.close()
        end.send((acknowledged, tries))
        end.close()


def _like(pattern, writer):
    """Return another message with the same seal, which only its reader could tell."""
    asked = header_of(pattern)
    header = msgspec.structs.replace(asked, id=writer.fresh(), ref=writer.fresh())
    return msgspec.structs.replace(pattern, header=canonical(header))


def _acknowledged(desk, caller, batch, now):
    """Return the ids if the hub has taken the whole batch."""
    try:
        results = desk.exchange(caller, Exchange(batch), now).answer.results
    except StoreFailed:
        return frozenset()
    if {result.outcome for result in results} <= {"accepted", "duplicate"}:
        return {result.id for result in results}
    if "retry" in {result.outcome for result in results}:
        return frozenset()
    raise AssertionError(results)


class _Following(threading.Thread):
    """Reads as a laptop does: the cursor stands at the last number it has seen."""

    def __init__(self, desk, shelter, seen):
        super().__init__()
        self._desk, self._seen, self._is_over = desk, seen, threading.Event()
        self._caller = Caller(shelter.keys.device, shelter.org, "desk")
        self._now = shelter._clock()
        self._last = 0

    def run(self):
        while True:
            is_over = self._is_over.is_set()
            asked = Exchange((), self._last)
            events = self._desk.exchange(self._caller, asked, self._now).answer.events
            for event in events:
                self._seen.gaps += event.seq != self._last + 1
                self._last = event.seq
                self._seen.delivered.add(header_of(event.message).id)
            if is_over and not events:
                return
            time.sleep(PAUSE)

    def finish(self):
        self._is_over.set()
        self.join()


def _stored(store, shelter, seen):
    with store.reading() as db:
        rows = db.all(tables.delivery, mailbox=mailbox.box(shelter.org))
        kept = {row["id"] for row in db.all(tables.message, kind=Kind.REFERRAL_REQUEST.value)}
        boxes = db.all(tables.mailbox)
        others = {box["id"]: db.all(tables.delivery, mailbox=box["id"]) for box in boxes}
    seen.stored = {row["message_id"] for row in rows} & kept
    for box in boxes:
        numbers = [row["seq"] for row in others[box["id"]]]
        seen.gaps += bool(numbers) and numbers != list(range(1, box["head"] + 1))


def _naive(address) -> Seen:
    """The control: rows numbered by a sequence, read by `id > last`."""
    seen, is_over = Seen(), threading.Event()
    with psycopg.connect(address, autocommit=True) as reading:
        reading.execute("CREATE TABLE line (id BIGSERIAL PRIMARY KEY, body TEXT)")
        writers = [
            threading.Thread(target=_write_naively, args=(address, seen, is_over))
            for _ in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        until, last = time.monotonic() + 1, 0
        while writers:
            if time.monotonic() > until:
                is_over.set()
                writers = [writer for writer in writers if writer.is_alive()]
            rows = reading.execute("SELECT id FROM line WHERE id > %s ORDER BY id", [last])
            got = [row[0] for row in rows]
            last = max([last, *got])
            seen.delivered |= set(got)
        seen.stored = {row[0] for row in reading.execute("SELECT id FROM line")}
    return seen


def _write_naively(address, seen, is_over):
    with psycopg.connect(address) as writing:
        while not is_over.is_set():
            row = writing.execute("INSERT INTO line (body) VALUES ('x') RETURNING id").fetchone()
            writing.execute("SELECT count(*) FROM line WHERE id > %s", [row[0] - 50])
            writing.commit()
            seen.acknowledged.add(row[0])
