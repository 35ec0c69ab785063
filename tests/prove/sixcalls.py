"""Six things a client asks of a real hub, each anew: what must come back, what must be kept."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from hub_for_tests import Writer, header_of
from living_for_tests import clock

from sync.client import engine
from sync.client.bundles import Returned, answered, parcel
from sync.client.receipts import proves
from sync.client.transport import HttpHub
from sync.protocol.answers import Exchange
from sync.protocol.carrying import Carry
from sync.server import directory, mailbox, office, tables
from sync.server.batch import Caller
from sync.server.desk import Desk

TAKEN = {"accepted", "duplicate"}


@dataclass(frozen=True)
class Call:
    """One question, to be asked until it is answered."""

    ask: Callable[[HttpHub], object]
    is_true: Callable[[object], bool]
    """Say whether this is the hub's whole answer."""
    is_kept_once: Callable[[], bool] = lambda: True
    """Say whether its effect stands in the database, once."""


class Calls:
    """The centre's laptop, before a living hub. Each method makes one call."""

    def __init__(self, living):
        self._founded, self._hub = living.founded, living.made.state.hub
        self._desk = Desk(self._hub)
        self._centre, self._agency, self._clinic = (
            self._by_the_clock(party)
            for party in (living.centre, living.agency, living.founded.clinic)
        )
        self._away = self._newcomer(self._centre)
        asked = self._away.own.own_request()
        approval = self._centre.own.approval(asked, "counselor", clock())
        office.add_device(self._hub, asked, approval, clock())
        self._consent, self._read, self._news = self._centre.fresh(), 0, []
        self._took(self._centre, self._centre.consent(self._consent, self._agency))
        self.keys = self._centre.keys
        self.names = ("hello", "enrol", "exchange", "tuf", "carry", "approve")

    def hub(self, url):
        """Open a line."""
        hub = HttpHub(url, self.keys, "practice", self._hub.id)
        hub.answer_seconds = 10.0
        return hub

    def hello(self):
        key = self._hub.key.public
        return Call(lambda hub: hub.hello(), lambda said: said.hub_key == key)

    def enrol(self):
        new = self._newcomer(self._clinic)
        code = office.new_code(
            self._hub, self._clinic.org, "counselor", secrets.token_bytes, clock()
        )
        asked = new.own.own_request(code)
        facts = {"device": asked.device, "status": "pending"}
        return Call(
            lambda hub: hub.enrol(asked),
            lambda said: (said.status, said.org) == ("pending", self._clinic.org),
            lambda: self._stands_once(**facts),
        )

    def exchange(self):
        """Bring a referral, and fetch the agency's receipt for the one before."""
        message, after = self._centre.referral(self._consent, self._agency), self._read
        for brought in self._news:
            self._took(self._agency, self._agency.receipt(brought))
        told, self._news = len(self._news), [message]
        asked = Exchange((message,), after)

        def is_true(said):
            engine.check(asked, said)
            self._read = after + len(said.events)
            receipts = [e for e in said.events if e.kind.value == "delivery.receipt"]
            return len(receipts) == told and self._is_taken(message, said)

        return Call(
            lambda hub: hub.exchange(asked, clock()),
            is_true,
            lambda: self._is_delivered_once(message),
        )

    def tuf(self):
        whole = self._files()["1.root.json"]
        return Call(lambda hub: hub.published("1.root.json", 1 << 20), lambda said: said == whole)

    def carry(self):
        """Bring the round of a colleague's laptop that has no line."""
        message = self._away.referral(self._consent, self._agency)
        handed = parcel(Exchange((message,), 0, 0), self._away.keys, clock())

        def is_true(said):
            back = Returned(handed, said.carried[0])
            asked, answer = answered(back, self._away.keys, self._hub.key.public)
            engine.check(asked, answer)
            return self._is_taken(message, answer)

        return Call(
            lambda hub: hub.carry(Carry((handed,)), clock()),
            is_true,
            lambda: self._is_delivered_once(message),
        )

    def approve(self):
        new = self._newcomer(self._centre)
        chance = secrets.token_bytes
        code = office.new_code(self._hub, self._centre.org, "counselor", chance, clock())
        asked = new.own.own_request(code)
        self._desk.enrol(asked, clock())
        approval = self._centre.own.approval(asked, "counselor", clock())
        return Call(
            lambda hub: hub.approve(approval, clock()),
            lambda said: said.devices == (),
            lambda: self._stands_once(device=asked.device, status="enrolled"),
        )

    def gaps(self):
        """Name every mailbox with a gap, or with one message twice."""
        with self._hub.store.reading() as db:
            boxes = [box for box in db.all(tables.mailbox) if box["id"].startswith("org:")]
            for box in boxes:
                rows = db.all(tables.delivery, mailbox=box["id"])
                numbers = sorted(row["seq"] for row in rows)
                messages = [row["message_id"] for row in rows]
                if numbers != list(range(1, box["head"] + 1)):
                    yield "a mailbox has a gap"
                if len(set(messages)) != len(messages):
                    yield "a mailbox has a message twice"

    def _is_taken(self, message, said):
        (result,) = said.results
        key = self._hub.key.public
        is_proven = proves(result.receipt, key, self._hub.id, message)
        return result.outcome.value in TAKEN and is_proven

    def _is_delivered_once(self, message):
        name = header_of(message).id
        with self._hub.store.reading() as db:
            rows = db.all(tables.message, id=name)
            sent = db.all(tables.delivery, message_id=name, mailbox=mailbox.box(self._agency.org))
        return (len(rows), len(sent)) == (1, 1)

    def _stands_once(self, device, status):
        with self._hub.store.reading() as db:
            return [row["status"] for row in db.all(tables.device, id=device)] == [status]

    def _files(self):
        with self._hub.store.reading() as db:
            return directory.repository(db)

    def _took(self, writer, message):
        keys = writer.keys
        caller = Caller(keys.device, writer.org, writer.own.role)
        done = self._desk.exchange(caller, Exchange((message,)), clock())
        if done.answer.results[0].outcome.value not in TAKEN:
            raise AssertionError(done.answer.results)

    def _newcomer(self, party):
        return self._by_the_clock(self._founded.newcomer(party))

    def _by_the_clock(self, writer):
        return Writer(writer.own, secrets.token_bytes, clock)
