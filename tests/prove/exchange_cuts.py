"""The line is cut at every byte of question and answer: nothing is believed, and nothing is lost.

Six calls of the real client to the real hub on loopback; after each cut the same call is made
again over a whole line, and its effect is there once. Controls: a client that takes what came
before the cut for the answer, and a hub that does again what it has done.
"""

import sys
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from living_for_tests import living
from prove import variants
from prove.instead import instead
from prove.proof import Proof, scratch, spread
from prove.severed import ASKED, TOLD, Severed
from prove.sixcalls import Calls
from urllib3.exceptions import HTTPError

from sync.client import transport
from sync.client.errors import LineError, Untrusted
from sync.client.reading import Answer
from sync.server import mailbox

NAME = "exchange-cuts"
FULL = 21_000
"""At least as many as there are bytes: at full share the line is cut at each of them."""
CUTS_A_PIECE = 400
LONGEST = 5.0
"""Seconds; a cut line ends at once, and nobody waits for a time limit."""


def run(count: int) -> Proof:
    """Cut the line so many times, spread over every byte; count each byte once."""
    broken = spread(partial(cuts, count), count, CUTS_A_PIECE, NAME)
    caught = [_is_caught(*each) for each in CONTROLS] + [bool(passed_over(FULL + 1, FULL))]
    with a_line() as line:
        there = len(line.places())
    return Proof(min(count, there), len(broken), all(caught))


def cuts(count: int, seed: str, size: int) -> list[str]:
    """Make one piece of the cuts, at a hub of its own; return what did not hold."""
    first = int(seed.split()[-1]) * CUTS_A_PIECE
    with a_line() as line:
        places = line.places()
        chosen = [places[at] for at in spread_over(len(places), count)[first : first + size]]
        began = time.monotonic()
        broken = [*line.broken(chosen), *line.calls.gaps(), *passed_over(len(places), count)]
        rate = size / (time.monotonic() - began)
    if not first:
        told = f"{len(places)} bytes at which to cut, {rate:.0f} cuts a second"
        print(f"  {NAME}: {told}", file=sys.stderr, flush=True)
    return broken


def spread_over(there: int, count: int) -> list[int]:
    """Return so many numbers of bytes, evenly; all of them where there are no more."""
    return [at * there // count for at in range(count)]


def passed_over(there: int, count: int) -> list[str]:
    """Name it when a proof that has to reach every byte is too short for that."""
    if count < FULL or there <= count:
        return []
    return [f"there are {there} bytes and only {count} cuts: FULL is too small"]


def _is_caught(fault, name, way, words):
    with a_line() as line:
        every = [place for place in line.places() if place[:2] == (name, way)]
        with fault():
            return any(words in problem for problem in line.broken(every[-200::40]))


@contextmanager
def a_line():
    """Run a hub, and a line to it."""
    with scratch("cuts") as place, living(Path(place) / "hub") as hub:
        severed = Severed(int(hub.url.rpartition(":")[2]))
        try:
            yield Line(Calls(hub), severed)
        finally:
            severed.close()


class Line:
    """The client's end of it."""

    def __init__(self, calls, severed):
        self.calls, self._severed = calls, severed
        self._hub = calls.hub(severed.url)

    def places(self):
        """Return every byte: of which call, of which direction, which."""
        found = []
        for name in self.calls.names:
            for _ in range(2):  # the second has more to tell
                call = getattr(self.calls, name)()
                call.is_true(self._asked(call))
            carried = self._severed.carried
            found += [(name, way, at) for way in (ASKED, TOLD) for at in range(carried[way])]
        return found

    def broken(self, places):
        """Cut at each place; yield what did not hold."""
        for name, way, at in places:
            for problem in self._cut(getattr(self.calls, name)(), way, at):
                yield f"{name} cut after {at} bytes {way}: {problem}"

    def _cut(self, call, way, at):
        severed = self._severed
        severed.cut, severed.was_cut = (way, at), False
        began = time.monotonic()
        try:
            said = self._asked(call)
        except LineError:
            pass
        except Exception as error:  # noqa: BLE001 - whatever else it is, it is the finding
            yield f"raised {type(error).__name__}"
        else:
            if severed.was_cut and severed.carried[way] == at:
                yield f"believed a cut answer: {type(said).__name__}"
        severed.cut = None
        if time.monotonic() - began > LONGEST:
            yield "waited"
        yield from self._again(call)

    def _again(self, call):
        try:
            is_true = call.is_true(self._asked(call))
        except (LineError, Untrusted) as error:
            yield f"the same call over a whole line: {error!r}"
            return
        if not is_true:
            yield "another answer over a whole line"
        if not call.is_kept_once():
            yield "its effect is not there once"

    def _asked(self, call):
        try:
            return call.ask(self._hub)
        finally:
            self._hub.close()


@contextmanager
def believes_cuts():
    """A client for which an answer ends where the line does."""
    was, transport._receive = transport._receive, _whatever_came
    try:
        yield
    finally:
        transport._receive = was


def _whatever_came(session, prepared, seconds, _most):
    with session.send(prepared, timeout=seconds, allow_redirects=False, stream=True) as answer:
        body = bytearray()
        with suppress(HTTPError):
            while piece := answer.raw.read1(1 << 16):
                body += piece
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, headers, bytes(body))


def delivers_twice():
    """A hub that puts everything into a mailbox two times."""
    deliver = mailbox.deliver

    def twice(db, postings, now):
        every = tuple(postings)
        return deliver(db, (*every, *every), now)

    return instead(mailbox, "deliver", twice)


CONTROLS = (
    (believes_cuts, "tuf", TOLD, "believed a cut answer"),
    (variants.no_idempotency, "exchange", TOLD, "another answer"),
    (variants.no_idempotency, "carry", TOLD, "another answer"),
    (delivers_twice, "exchange", TOLD, "its effect is not there once"),
)
"""Each with the words of what it has to be caught by."""
