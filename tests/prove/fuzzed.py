"""Where garbled answers come in slowly: over a real socket, and into a real vault."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

from network_of_one import Town
from prove.bracketed import Bracketed
from prove.garbled import Garbler
from vaults_for_tests import a_vault

from desktop.services.exchange import HubState
from desktop.vault import mailbox
from sync.client.errors import LineError, Untrusted
from sync.client.reading import Answer, read
from sync.client.receipts import proves
from sync.client.transport import HttpHub
from sync.protocol.answers import Exchange, Exchanged, Result
from sync.protocol.codec import packed, unpacked
from sync.protocol.messages import Kind, Message
from sync.protocol.receipts import unfolded
from sync.server import office, tables
from sync.server.app import app

SETTLED_IN = 120
"""Seconds for all that is left, after which the vault is read through."""
_LENGTHS = ("0", "5", "-1", "x", "9" * 30, "1, 1", "٣")
_LINES = (
    "Transfer-Encoding: chunked", "Set-Cookie: a=1", "Location: http://127.0.0.1:1/", "x" * 70_000,
    ":", "A: b\r\n c", "Content-Encoding: gzip", "Connection: close",
)  # fmt: skip


class Mouth:
    """A server on a real socket that says anything at all to whoever asks."""

    def __enter__(self):
        self.said = b""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._speak, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)

    def spoken(self, street, garbler: Garbler, count: int, each) -> list[str]:
        """Let the real client ask `count` times; return what did not hold."""
        broken = []
        for number in range(count):
            sample = garbler.chance.choice(street.samples)
            self.said = self._as_http(garbler, garbler(sample.body))
            hub = HttpHub(self.url, street.centre.keys, "practice", street.hub)
            hub.answer_seconds = 3.0

            def case(hub=hub, sample=sample):
                if sample.kind is Exchanged:
                    hub.exchange(Exchange(), street.now)
                else:
                    hub.published("root.json", 1 << 20)

            broken += [f"socket {number}: {what}" for what in each(case)]
            hub.close()
        return broken

    def _as_http(self, garbler, answer: Answer) -> bytes:
        chance = garbler.chance
        lines = [f"HTTP/1.1 {answer.status} OK"]
        lines += [f"{name}: {text}" for name, text in answer.headers.items()]
        length = str(len(answer.body)) if chance.random() < 0.8 else chance.choice(_LENGTHS)
        lines += [f"Content-Length: {length}"] if chance.random() < 0.9 else []
        lines += [chance.choice(_LINES)] if chance.random() < 0.2 else []
        head = "\r\n".join([*lines, "", ""]).encode()
        head = garbler.bytes_of(head) if chance.random() < 0.3 else head
        return head + answer.body

    def _speak(self):
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                try:
                    self._heard(connection)
                    connection.sendall(self.said)
                except OSError:  # who asked has had enough
                    continue

    @staticmethod
    def _heard(connection):
        seen = b""
        while b"\r\n\r\n" not in seen:
            seen += connection.recv(1 << 16) or b"\r\n\r\n"
        head, _, body = seen.lower().partition(b"\r\n\r\n")
        length = int((head.partition(b"content-length: ")[2].split() or [b"0"])[0])
        while len(body) < length and (piece := connection.recv(1 << 16)):
            body += piece


class Vaults:
    """A laptop whose hub says anything: nothing is raised, and what is kept stays whole."""

    def __init__(self, place: Path, seed: str) -> None:
        """Enrol a new laptop at a hub of its own."""
        self._vault = a_vault(place / f"vault {seed}")
        self._town = Town(place / f"town {seed}", self._vault)
        self._brackets = Bracketed(self._vault)
        self._told: list[Exchanged] = []
        self._results: list[Result] = []
        self._directories = 2
        self._said: dict[object, set[str]] = {}

    def taken(self, garbler: Garbler, count: int, each) -> Iterator[str]:
        """Let so many garbled answers come; yield what did not hold."""
        try:
            for number in range(count):
                self._live(garbler.chance)
                for what in each(lambda: list(self._round(garbler))) + self._brackets.noted():
                    yield f"vault {number}: {what}"
            yield from each(lambda: list(self._settled()), SETTLED_IN) + self._brackets.noted()
            if not self._brackets.inside:
                yield "nothing was written: nothing was watched"
        finally:
            self._town.close()
            self._vault.close()

    def _live(self, chance):
        """Let time pass and something happen that there is to tell of."""
        town = self._town
        town.hub.clock.turn(seconds=chance.choice((70, 70, 4000)))
        if not self._said or chance.random() < 0.2:
            referral = town.agreed_and_released()[1].referral.id
            self._said[referral] = {town.tracking(referral).status.value}
        for event in town.arrived():
            if event.kind is Kind.REFERRAL_REQUEST and event.message:
                town.answer(town.shelter.receipt(event.message))
                town.answer(town.shelter.moves(event.ref, "accepted"))

    def _round(self, garbler):
        town, self._told, self._results = self._town, [], []
        before, sent = self._place(), self._sent()
        town.line.twist = lambda answer: self._garbled(garbler, answer)
        if garbler.chance.random() < 0.15:
            self._directories += 1
            town.publish(self._directories)
            spoilt = garbler.chance.randrange(8)
            files = iter(range(1 << 20))
            town.spoil = lambda _, raw: garbler.bytes_of(raw) if next(files) == spoilt else raw
        try:
            state = town.round().state
        except (LineError, Untrusted) as error:
            yield f"the round raised {error!r}"
        else:
            if state is HubState.ROLLED_BACK:
                yield "the vault believes that it was put back"
        town.line.twist, town.spoil = (lambda answer: answer), (lambda path, raw: raw)
        if not self._may_stand(before, self._place()):
            yield "the cursor moved by what nobody said"
        for name, raw in self._sent().items() - sent.items():
            if not self._is_proven(name, unpacked(Message, raw)):
                yield "a receipt was believed that the hub has not signed"

    def _garbled(self, garbler, answer):
        body = packed(answer)
        told = read(garbler(body), Exchanged)
        garbler.remembers(body)  # what this hub itself said before may come once more, in parts
        self._told = [told]
        self._results += unfolded(told).results
        return told

    def _sent(self):
        with self._vault.reading() as db:
            return dict(db.execute("SELECT id, bytes FROM outbox WHERE state = 'sent'").fetchall())

    def _is_proven(self, name, message):
        hub = self._town.hub.hub
        receipts = [each.receipt for each in self._results if each.id == name and each.receipt]
        return any(proves(receipt, hub.key.public, hub.id, message) for receipt in receipts)

    def _place(self):
        with self._vault.reading() as db:
            place = mailbox.place(db)
        return place.epoch, place.seq

    def _may_stand(self, before, after):
        if not self._told:
            return after == before
        (told,) = self._told
        came = before[1] if before[0] == told.epoch else 0
        return after in (before, (told.epoch, 0), (told.epoch, came + len(told.events)))

    def _begin_again(self):
        # As an office does whose hub was not itself: who has read beyond its head reads anew.
        hub = self._town.hub
        office.restored(hub.hub, hub.chance, hub.clock())
        hub.hub.store.close()
        hub.app = app(hub.home / "hub", "practice", hub.clock)
        hub.hub = hub.app.state.hub

    def _settled(self):
        """The hub is honest again, in a new life: name what is not as it was said."""
        town = self._town
        self._begin_again()
        for _ in range(40):
            town.hub.clock.turn(hours=2)
            try:
                done = town.round()
            except (LineError, Untrusted) as error:
                yield f"an honest hub was not believed: {error!r}"
                return
        if done.waiting or done.came:
            yield f"never came to rest: {done}"
        self._vault.verify()
        with town.hub.hub.store.reading() as db:
            held = {row["id"] for row in db.all(tables.message)}
        with self._vault.reading() as db:
            sent = db.execute("SELECT id FROM outbox WHERE state = 'sent'").fetchall()
        if not {name for (name,) in sent} <= held:
            yield "a message counts as sent that the hub does not hold"
        for referral, first in self._said.items():
            if town.tracking(referral).status.value not in first | {"accepted"}:
                yield "a referral stands where nobody put it"
