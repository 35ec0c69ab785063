"""Our side of a comparison: a real hub as a process of its own, and devices that speak to it."""

import secrets
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.shared_cores import for_servers

from desktop.domain.moment import CHANCE, fresh_id
from sync.client.addressees import Addressees, Correspondence
from sync.client.directory import renewed, sealing_key_of, sender_of
from sync.client.engine import Place, sync_once
from sync.client.errors import LineError
from sync.client.receipts import proves
from sync.client.sealing import header_of, open_sealed, seal, sign_clear, verify_clear
from sync.client.transport import HttpHub
from sync.practice.desks import WORLD
from sync.practice.network import network_in
from sync.practice.office import Office
from sync.protocol.answers import Outcome
from sync.protocol.bodies import ConsentGiven, Packet
from sync.protocol.codec import canonical, read_json
from sync.protocol.messages import PACKET_KINDS, PROTOCOL, SEALED_KINDS, Header, Kind

ROOT = Path(__file__).parents[2]
MARK = r'"id":"([0-9a-f-]{36})","item_codes":\["need"'
"""What a referral's header shows on its way to the hub."""
_DIGEST = "ab" * 32
_PATIENCE = 60.0


def now():
    """Read the clock: a real hub lives by it."""
    return datetime.now(UTC)  # noqa: TID251


@contextmanager
def a_hub(home, *options):
    """Run the hub of this folder on the servers' core; gives its port and its process id."""
    port = _free_port()
    command = [
        sys.executable, "-m", "sync.server", "--home", str(home), "--world", WORLD,
        "--port", str(port), "--stop-with-parent", *options,
    ]  # fmt: skip
    with for_servers(), home.with_name("hub.log").open("wb") as words:
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=words, stderr=words, cwd=ROOT
        )
    try:
        _until_it_answers(port, running)
        yield port, running.pid
    finally:
        running.communicate()


class Ours:
    """A hub, and the practice network that it serves."""

    def __init__(self, place):
        self.home = place / "hub"
        self.network = network_in(place, secrets.token_bytes)
        self.centre = self.network.centre.identity
        self.agency = self.network.agencies[0].identity
        self.office = Office(self.home, self.network, now, secrets.token_bytes)
        self.code = self.office.settle()
        self.root = self.office.root()

    def serving(self):
        """Run the hub; gives its port and its process id."""
        return a_hub(self.home)

    def device(self, identity, url):
        """Return a device that is seated at the hub already."""
        return Device(self, identity, url)


class Device:
    """An organisation's device with its queue in memory: seals, signs, proves and opens."""

    def __init__(self, ours, identity, url):
        self.own = identity
        self.keys, self._private = identity.keys, identity.private_keys
        self.line = HttpHub(url, self.keys, WORLD, None)
        self._hello = self.line.hello()
        self.book = renewed({}, ours.root, self.line, now(), WORLD).book
        self.outbox, self._at = [], Place()
        self._addressees = Addressees()
        self.opened, self.duplicates, self.proven = 0, 0, 0
        self.refs: Counter[str] = Counter()
        """Of each packet that was opened."""

    def begin_at(self, place):
        """Have read this far already."""
        self._at = place

    # --- as a queue

    def place(self):
        return self._at

    def waiting(self, limit):
        return tuple(self.outbox[:limit])

    def take(self, sent, answer):
        for message, result in zip(sent, answer.results, strict=True):
            assert proves(result.receipt, self._hello.hub_key, self._hello.hub, message), result
            self.duplicates += result.outcome is Outcome.DUPLICATE
            self.proven += 1
        del self.outbox[: len(sent)]  # at once: another thread may be writing
        for event in answer.events:
            self._read(event)
        self._at = Place(answer.epoch, self._at.seq + len(answer.events))

    def rejoin(self, epoch):
        self._at = Place(epoch)

    def _read(self, event):
        if event.message is None or header_of(event.message).from_device == self.own.device:
            return
        claim = sender_of(event.message, event.cert, self.book, now())
        if event.kind not in SEALED_KINDS:
            verify_clear(event.message, claim.sign_pub)
            return
        raw = open_sealed(event.message, self.own.org, self._private, claim.sign_pub)
        if event.kind in PACKET_KINDS:
            assert read_json(Packet, raw).ref == event.ref
            self.opened += 1
            self.refs[event.ref] += 1

    def round(self):
        """Make one round; say whether another would move something."""
        return sync_once(self, self.line, now()).has_more

    def drain(self):
        """Make rounds until nothing waits here or there."""
        while self.round():
            pass

    # --- what it writes

    def consent(self, agency):
        """Say that somebody has agreed to be referred there; return the consent's id."""
        ref = _fresh()
        items = ("need", "situation")
        body = ConsentGiven(_DIGEST, (agency,), items, "consent:17", now() + timedelta(days=30))
        header = self._header(Kind.CONSENT_GIVEN, ref)
        self.outbox.append(sign_clear(header, canonical(body), self.keys.sign))
        return ref

    def refer(self, agency, consent, words):
        """Seal a referral to the agency and to ourselves, signed inside."""
        ref = _fresh()
        told = {item.value: text for item, text in words.items()}
        packet = Packet(ref, agency, ("counsel",), "routine", told, False, now())
        header = self._header(
            Kind.REFERRAL_REQUEST, ref, to_org=agency, consent_id=consent, basis="consent:17",
            consent_digest=_DIGEST, item_codes=tuple(sorted(told)),
        )  # fmt: skip
        listed = Correspondence(self.own.org, agency, sealing_key_of(self.book, agency))
        to = self._addressees.of(listed, now(), secrets.token_bytes)
        recipients = (to, (self.own.org, self.own.own_key))
        message = seal(header, canonical(packet), self.keys.sign, recipients, secrets.token_bytes)
        self.outbox.append(message)
        return message

    def _header(self, kind, ref, **facts):
        own = self.own
        return Header(PROTOCOL, _fresh(), kind, ref, own.org, own.device, now(), **facts)


def _fresh():
    return str(fresh_id(now(), secrets.token_bytes(CHANCE)))


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _until_it_answers(port, running):
    line = HttpHub(f"http://127.0.0.1:{port}", None, WORLD, None)
    until = time.monotonic() + _PATIENCE
    while True:
        with suppress(LineError):
            line.hello()
            line.close()
            return
        if running.poll() is not None or time.monotonic() > until:
            sys.exit("The hub did not start.")
        time.sleep(0.02)
