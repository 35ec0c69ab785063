"""What a practice desk writes, and how it reads what came: everything signed, words sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sync.client.addressees import Addressees, Correspondence
from sync.client.copies import Recipient
from sync.client.directory import sealing_key_of, sender_of
from sync.client.errors import CertRefused, NotForUs, Tampered
from sync.client.sealing import header_of, open_sealed, seal, sign_clear, verify_clear
from sync.practice.identity import Chance, Identity
from sync.protocol.answers import Event
from sync.protocol.bodies import (
    DeliveryReceipt,
    ErasureAttest,
    Packet,
    Stage,
    TaskMoved,
    TaskNote,
)
from sync.protocol.codec import Unreadable, canonical, read_json
from sync.protocol.directory import DirectoryBook
from sync.protocol.messages import PROTOCOL, Header, Kind, Message


@dataclass(frozen=True, slots=True)
class Case:
    """A referral that was opened and believed."""

    header: Header
    digest: str
    packet: Packet


@dataclass(frozen=True, slots=True)
class Letters:
    """Reads and writes for one organisation, by one directory, at one moment."""

    own: Identity
    book: DirectoryBook
    now: datetime
    addressees: Addressees
    """Of this desk: who was written to in the last minutes."""

    def opened(self, event: Event) -> Case:
        """Open a referral with our own key, or raise `Untrusted`."""
        message = _message_of(event)
        claim = sender_of(message, event.cert, self.book, self.now)
        raw = open_sealed(message, self.own.org, self.own.private_keys, claim.sign_pub)
        header = header_of(message)
        try:
            packet = read_json(Packet, raw)
        except Unreadable as error:
            raise Tampered("packet") from error
        if (packet.ref, packet.agency, event.ref) != (header.ref, self.own.org, header.ref):
            raise NotForUs
        return Case(header, message.digest(), packet)

    def proven(self, event: Event) -> Header:
        """Return the header of a clear message that was really said, or raise `Untrusted`."""
        message = _message_of(event)
        claim = sender_of(message, event.cert, self.book, self.now)
        return verify_clear(message, claim.sign_pub)

    def receipt(self, case: Case, stage: Stage) -> Message:
        """Say that the packet was decrypted and stored, or that somebody opened it."""
        header = self._header(case.header, Kind.DELIVERY_RECEIPT, stage)
        return self._clear(header, DeliveryReceipt(stage, case.digest))

    def moved(self, case: Case, moved: TaskMoved) -> Message:
        """Say yes or no, or how far it is."""
        return self._clear(self._header(case.header, Kind.TASK_STATUS, moved.to), moved)

    def note(self, case: Case, said: TaskNote, chance: Chance) -> Message:
        """Answer in words, sealed to the organisation that asked, and to ourselves."""
        body = canonical(said)
        recipients = self.readers(case.header.from_org, chance)
        header = self._header(case.header, Kind.TASK_NOTE, "note")
        return seal(header, body, self.own.keys.sign, recipients, chance)

    def readers(self, org: str, chance: Chance) -> tuple[Recipient, ...]:
        """Return an organisation, for one letter, and ourselves."""
        key = sealing_key_of(self.book, org)
        if key is None:
            raise CertRefused("reader")
        between = Correspondence(self.own.org, org, key)
        return self.addressees.of(between, self.now, chance), (self.own.org, self.own.own_key)

    def attest(self, ref: str, withdrawal: Header) -> Message:
        """Say that everything about the case has been destroyed (PIPA 37)."""
        header = self._header(withdrawal, Kind.ERASURE_ATTEST, f"attest/{ref}", ref)
        return self._clear(header, ErasureAttest("destroyed"))

    def _clear(self, header: Header, body: object) -> Message:
        return sign_clear(header, canonical(body), self.own.keys.sign)

    def _header(self, answered: Header, kind: Kind, name: str, ref: str = "") -> Header:
        # The same step of the same case always has the same id, so a repeated step is a duplicate.
        own_space = uuid5(UUID(self.own.device), answered.id)
        return Header(
            PROTOCOL,
            str(uuid5(own_space, name)),
            kind,
            ref or answered.ref,
            self.own.org,
            self.own.device,
            self.now,
            answered.from_org,
        )


def _message_of(event: Event) -> Message:
    if event.message is None:
        raise Tampered("no message")
    return event.message
