"""A counselor's laptop in memory: what the program's vault does, without the vault."""

import secrets
import uuid
from datetime import timedelta

from network_for_tests import clock

from sync.client.directory import renewed, sealing_key_of, sender_of
from sync.client.engine import Place, sync_once
from sync.client.receipts import proves
from sync.client.sealing import open_sealed, seal, sign_clear, verify_clear
from sync.protocol.answers import Outcome
from sync.protocol.bodies import ConsentGiven, ConsentWithdrawn, Packet, TaskNote
from sync.protocol.codec import canonical, read_json
from sync.protocol.messages import SEALED_KINDS, Header, Kind

DIGEST = "ab" * 32
WORDS = "역 앞 편의점 뒤에서 만났고 오늘 밤 잘 곳이 없다"


class Laptop:
    """A counselor's laptop in memory: what the program's vault does, without the vault."""

    def __init__(self, network):
        self.network = network
        self.enrolment, self.hub = network.enrolled()
        self.keys = self.enrolment.keys
        self.read_directory()
        self.at, self.outbox, self.events = Place(), [], []

    def read_directory(self):
        self.book = renewed({}, self.network.root, self.hub, clock(), "practice").book

    # --- as a queue

    def place(self):
        return self.at

    def waiting(self, limit):
        return tuple(self.outbox[:limit])

    def take(self, sent, answer):
        for message, result in zip(sent, answer.results, strict=True):
            assert result.outcome in {Outcome.ACCEPTED, Outcome.DUPLICATE}, result
            key, hub = self.enrolment.hub_key, self.enrolment.hub
            assert proves(result.receipt, key, hub, message)
        self.outbox = self.outbox[len(sent) :]
        self.events += [event for event in answer.events if self._is_proven(event)]
        self.at = Place(answer.epoch, self.at.seq + len(answer.events))

    def rejoin(self, epoch):
        self.at = Place(epoch)

    def _is_proven(self, event):
        if event.message is None:
            return False  # destroyed at the hub after an earlier test's withdrawal
        claim = sender_of(event.message, event.cert, self.book, clock())
        if event.kind not in SEALED_KINDS:
            verify_clear(event.message, claim.sign_pub)
        return claim.org != self.enrolment.org  # not what we ourselves have said

    # --- what a counselor does

    def header(self, kind, ref, **facts):
        return Header(
            1,
            str(uuid.uuid4()),
            kind,
            ref,
            self.enrolment.org,
            self.keys.device,
            clock(),
            **facts,
        )

    def consent(self, agency, ref=None):
        ref = ref or str(uuid.uuid4())
        until = clock() + timedelta(days=30)
        body = ConsentGiven(DIGEST, (agency.record.id,), ("alias", "need"), "consent:17", until)
        header = self.header(Kind.CONSENT_GIVEN, ref)
        self.outbox.append(sign_clear(header, canonical(body), self.keys.sign))
        return ref

    def refer(self, agency, consent, *, sealed_for=None, packet_for=None, quiet=False):
        org, ref = agency.record.id, str(uuid.uuid4())
        words = {"alias": "하늘", "need": WORDS}
        packet = Packet(ref, packet_for or org, ("protect",), "urgent", words, quiet, clock())
        self._seal(Kind.REFERRAL_REQUEST, org, consent, packet, sealed_for)
        return ref

    def tell_more(self, ref, agency, consent):
        org, words = agency.record.id, {"alias": "하늘", "need": WORDS}
        packet = Packet(ref, org, ("protect",), "urgent", words, False, clock(), version=2)
        self._seal(Kind.REFERRAL_AMEND, org, consent, packet)
        return self.outbox[-1]

    def _seal(self, kind, org, consent, packet, sealed_for=None):
        header = self.header(
            kind,
            packet.ref,
            to_org=org,
            consent_id=consent,
            consent_digest=DIGEST,
            basis="consent:17",
            item_codes=("alias", "need"),
        )
        own = sealing_key_of(self.book, self.enrolment.org)
        recipients = (
            (org, sealed_for or sealing_key_of(self.book, org)),
            (self.enrolment.org, own),
        )
        message = seal(header, canonical(packet), self.keys.sign, recipients, secrets.token_bytes)
        self.outbox.append(message)

    def withdraw(self, consent):
        header = self.header(Kind.CONSENT_WITHDRAWN, consent)
        body = canonical(ConsentWithdrawn(clock()))
        self.outbox.append(sign_clear(header, body, self.keys.sign))

    def listen_until(self, ref, kind, count=1):
        """Exchange, waiting at the hub, until this many events of a kind came about a case."""
        for _ in range(60):
            found = [event for event in self.events if (event.ref, event.kind) == (ref, kind)]
            if len(found) >= count:
                return found
            sync_once(self, self.hub, clock(), wait=1)
        raise AssertionError([event.kind for event in self.events])

    def words_of(self, event):
        claim = sender_of(event.message, event.cert, self.book, clock())
        org, keys = self.enrolment.org, self.enrolment.org_keys
        return read_json(TaskNote, open_sealed(event.message, org, keys, claim.sign_pub)).text
