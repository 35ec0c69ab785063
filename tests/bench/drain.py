"""1,000 referrals waiting, then the line is there: how fast, in how many requests and bytes.

The hub is a process of its own on loopback. Sealing and signing, done when a referral is
released, are timed apart and counted in.
"""

import random
import secrets
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from bench.figures import Figure, median_of
from prove.released import a_consent, a_preview, a_released_referral
from vaults_for_tests import a_vault

from desktop.domain.moment import Moment
from desktop.services import enrolment, exchange, outreach, referrals
from desktop.services.enrolment import EnrolmentState, Invitation
from sync.practice.centre import Centre
from sync.practice.desks import WORLD, Surroundings
from sync.practice.hub import HubProcess
from sync.practice.network import network_in
from sync.practice.office import Office
from sync.protocol.answers import Exchange
from sync.protocol.codec import packed

NAME = "drain"
RUNS, REFERRALS, OF_EACH = 5, 1_000, 20


def now():
    """Read the clock: a real hub lives by it."""
    return datetime.now(UTC)  # noqa: TID251


class Moments:
    """The real clock, as the harnesses' `Clock`."""

    def __call__(self):
        return Moment(now(), uuid4())


class Counted:
    """A line that counts what goes over it."""

    def __init__(self, line):
        self._line, self.requests, self.sent, self.sealed = line, 0, 0, 0

    def exchange(self, asked: Exchange, at):
        self.requests += 1
        self.sent += len(packed(asked))
        self.sealed += sum(len(m.ct) + sum(len(k.enc) for k in m.keys) for m in asked.items)
        return self._line.exchange(asked, at)

    def hello(self):
        self.requests += 1
        return self._line.hello()

    def __getattr__(self, name):
        return getattr(self._line, name)


def run():
    """Fill the outbox, drain it; a fresh hub and a fresh laptop each time."""
    runs = [_once() for _ in range(RUNS)]
    speeds = [REFERRALS / (r["sealing"] + r["sending"]) for r in runs]
    last = runs[-1]
    sending = [REFERRALS / r["sending"] for r in runs]
    return [
        Figure("drain-with-sealing", median_of(speeds), "referrals/s", "-", True, None, speeds),
        Figure("drain-sending", median_of(sending), "referrals/s", "-", True, None, sending),
        Figure("drain-requests", last["requests"], "requests", "-", True),
        Figure(
            "drain-bytes", last["sent"] / 2**20, "MiB", "-", True, last["sent"] / last["sealed"]
        ),
        Figure("requests-nothing-new", last["nothing"], "requests", "=1", last["nothing"] == 1),
        Figure("requests-one-new", last["one"], "requests", "=1", last["one"] == 1),
    ]


def _once():
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        network = network_in(Path(place), secrets.token_bytes)
        hub = HubProcess(Path(place) / "hub")
        office = Office(Path(place) / "hub", network, now, secrets.token_bytes)
        code = office.settle()
        hub.start()
        try:
            vault = _enrolled(Path(place), hub, network, (code, office.root()))
            return _drained(vault, network)
        finally:
            hub.stop()


def _enrolled(place, hub, network, handed):
    code, root = handed
    vault, invitation = a_vault(place / "vault"), Invitation(code, root)
    around = Surroundings(hub.url, root, timedelta(0), now, secrets.token_bytes)
    centre = Centre(network.centre.identity, around)
    state = EnrolmentState.NONE
    while state is not EnrolmentState.ENROLLED:
        door = enrolment.unknown_hub(hub.url, WORLD)
        state = enrolment.enrol(vault, door, invitation, Moments()(), secrets.token_bytes)
        centre.let_in_who_waits()
    return vault


def _drained(vault, network):
    chance, moments = random.Random("drain"), Moments()
    outreach.begin(vault, outreach.Plan("별빛공원"), moments())
    agencies = [member.identity.org for member in network.agencies]
    exchange.exchange(vault, enrolment.hub(vault), now())
    consents = [
        a_consent(vault, chance, moments, chance.choice(agencies))
        for _ in range(REFERRALS // OF_EACH)
    ]
    sealing = 0.0
    for number in range(REFERRALS):
        shown = a_preview(vault, chance, moments, consents[number // OF_EACH])
        began = time.perf_counter()
        referrals.release(vault, shown, moments(), secrets.token_bytes)
        sealing += time.perf_counter() - began
    line = Counted(enrolment.hub(vault))
    began = time.perf_counter()
    while exchange.exchange(vault, line, now()).waiting:
        pass
    found = {"sealing": sealing, "sending": time.perf_counter() - began}
    found |= {"requests": line.requests, "sent": line.sent, "sealed": line.sealed}
    nothing, one = Counted(enrolment.hub(vault)), Counted(enrolment.hub(vault))
    exchange.exchange(vault, nothing, now())
    a_released_referral(vault, chance, moments, consents[0])
    exchange.exchange(vault, one, now())
    vault.close()
    return found | {"nothing": nothing.requests, "one": one.requests}
