"""Real answers of a real hub, and who takes them in as the program does."""

from dataclasses import dataclass
from types import SimpleNamespace

import msgspec
from hub_for_tests import HubForTests
from prove.left import answers

from sync.client import engine, enrolment
from sync.client.bundles import Returned, answered, parcel
from sync.client.directory import renewed, sender_of
from sync.client.engine import Place
from sync.client.enrolment import Enrolment
from sync.client.errors import AnotherHub, KeyUnusable, Lying, Tampered, Untrusted
from sync.client.receipts import proves, verify_witness
from sync.client.sealing import header_of, open_sealed, verify_clear
from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.carrying import CarriedAll, Carry
from sync.protocol.codec import packed
from sync.protocol.directory import Enrolled, Hello, OrgDevices, PendingDevices
from sync.protocol.messages import SEALED_KINDS, is_likely
from sync.protocol.receipts import unfolded
from sync.protocol.witness import Mark, Stand

_STREET = 1389


@dataclass(frozen=True)
class Sample:
    """One answer, what it is of, and what takes it in: yields what was wrongly believed."""

    kind: type
    body: bytes
    take: object


class Street:
    """A hub, a centre that asks and an agency that answers."""

    def __init__(self, home):
        # Keys of its own: what it signed must prove nothing of a journal that it never saw.
        self.house = house = HubForTests(home, seed=_STREET)
        self.centre, self.now = house.centre, house.clock()
        self.hub, self.hub_key = house.hub.id, house.hub.key.public
        source = SimpleNamespace(published=lambda path, most: house.published(path))
        self.book = renewed({}, house.keepers.fingerprint, source, self.now, "practice").book
        self.own = self._enrolment()
        self.receipts, self.messages = set(), set()
        self.samples = (*self._rounds(), *self._carried(), *self._others(), *self._left())
        house.close()

    def _enrolment(self):
        own = self.centre.own
        keys = (own.device, own.device_sign, own.device_seal)
        return Enrolment("http://hub.example", "practice", *keys, org=own.org)

    def _rounds(self):
        centre, shelter, house = self.centre, self.house.shelter, self.house
        consent, seq = centre.fresh(), 0
        given, refs = centre.consent(consent, shelter), [centre.fresh() for _ in range(2)]
        asked = [centre.referral(consent, shelter, ref) for ref in refs]
        stands = (Stand(Mark(n, bytes([n]) * 32)) for n in range(1, 100))
        batches = ((given, asked[0]), (asked[1],), (given, centre.cancel(centre.fresh())), ())
        for number, items in enumerate((*batches, ())):
            question = Exchange(items, seq, 4, 0, next(stands))
            answer = house.exchange(centre, *items, after=seq, limit=4, stand=question.stand)
            self.messages |= {_said(e.message) for e in answer.events if e.message}
            self.receipts |= {packed(r.receipt) for r in unfolded(answer).results if r.receipt}
            yield Sample(Exchanged, packed(answer), self._taker(question, answer.epoch))
            seq += len(answer.events)
            if number == 1:
                words = [shelter.receipt(asked[0]), shelter.moves(refs[0], "accepted")]
                house.exchange(shelter, *words, shelter.note(refs[0], centre))
            if number == 2:
                words = [shelter.receipt(asked[1]), shelter.moves(refs[1], "declined", "full")]
                house.exchange(shelter, *words)

    def _taker(self, asked, epoch):
        def take(answer):
            if (answer.hub, answer.world) != (self.hub, "practice"):
                raise AnotherHub(answer.hub, answer.world)
            ledger = Ledger(self, Place(epoch, asked.after, asked.stand))
            engine.taken_in(ledger, ledger.place(), asked, answer)
            yield from ledger.wrong(asked, answer)

        return take

    def _carried(self):
        house, away = self.house, self.house.let_in(self.centre)
        given = [away.consent(away.fresh(), house.shelter) for _ in range(2)]
        handed = [parcel(Exchange((each,), 0, 2), away.keys, self.now) for each in given]
        raw = house.ask(self.centre.signed("POST", "/v1/carry", packed(Carry(tuple(handed))))).body
        genuine = {each.answer for each in msgspec.msgpack.decode(raw, type=CarriedAll).carried}

        def take(answer):
            for ours, carried in zip(handed, answer.carried, strict=False):
                if carried.refused is None:
                    answered(Returned(ours, carried), away.keys, self.hub_key)
                    if carried.answer not in genuine:
                        yield "a forged answer was carried and believed"

        yield Sample(CarriedAll, raw, take)

    def _others(self):
        house, centre = self.house, self.centre
        paths = {"/v1/devices": OrgDevices, "/v1/devices/pending": PendingDevices}
        for path, kind in paths.items():
            yield Sample(kind, house.ask(centre.signed("GET", path)).body, lambda answer: ())
        yield Sample(Hello, house.get("/v1/hello").body, lambda answer: ())
        whole = house.ask(centre.signed("GET", "/v1/devices/me")).body
        keys = centre.own.private_keys

        def enrol(answer):
            found = enrolment.completed(self.own, answer, self.book, self.now)
            if found.org_keys != keys:
                yield "another's key was taken for our organisation's"

        yield Sample(Enrolled, whole, enrol)

    def _left(self):
        return (Sample(*each) for each in answers(self.house, self.centre))


class Ledger:
    """What `VaultQueue` does with an answer, without a vault: a queue in memory."""

    def __init__(self, street, place):
        self._street, self._place = street, place
        self.proven, self.believed = [], []

    def place(self):
        return self._place

    def waiting(self, limit):
        return ()

    def rejoin(self, epoch):
        self._place = Place(epoch)

    def take(self, sent, answer):
        street = self._street
        if not is_likely(answer.time):
            raise Lying("time")
        if answer.witnessed is None:
            raise Lying("witness")
        try:
            verify_witness(answer.witnessed, street.hub_key, street.hub, street.own.device)
        except Tampered as error:
            raise Lying("witness") from error
        for message, result in zip(sent, answer.results, strict=True):
            if proves(result.receipt, street.hub_key, street.hub, message):
                self.proven.append(packed(result.receipt))
        for event in answer.events:
            try:
                self._believe(event)
            except Untrusted:
                continue
        seq = answer.events[-1].seq if answer.events else self._place.seq
        self._place = Place(answer.epoch, seq)

    def wrong(self, asked, answer):
        """Name what was taken in that the hub and the agency never said."""
        read = asked.after + len(answer.events)
        if (self._place.epoch, self._place.seq) not in ((answer.epoch, read), (answer.epoch, 0)):
            yield "the cursor went elsewhere"
        if not set(self.proven) <= self._street.receipts:
            yield "a forged receipt was believed"
        if not set(self.believed) <= self._street.messages:
            yield "a forged message was believed"

    def _believe(self, event):
        street, message = self._street, event.message
        if message is None or not is_likely(event.at):
            return
        claim = sender_of(message, event.cert, street.book, min(street.now, event.at))
        header = header_of(message)
        try:
            if header.kind in SEALED_KINDS:
                keys = street.centre.own.private_keys
                open_sealed(message, street.own.org, keys, claim.sign_pub)
            else:
                verify_clear(message, claim.sign_pub)
        except KeyUnusable as error:
            raise Tampered("key") from error
        self.believed.append(_said(message))


def _said(message):
    # Neither our key in a seal nor another reader's says anything: what they open does.
    return message.header, message.body, message.ct
