"""Who has really said what: an event is believed when its sender's device has signed it (I7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from desktop.domain.ids import ReferralId
from desktop.domain.referrals import Tracking
from desktop.vault.steps import Step
from sync.client.directory import sender_of
from sync.client.enrolment import Enrolment
from sync.client.errors import CertRefused, Tampered
from sync.client.sealing import header_of, verify_clear
from sync.protocol.answers import Event
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.directory import DirectoryBook
from sync.protocol.messages import Message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, whom we know, and when."""

    enrolment: Enrolment
    book: DirectoryBook
    now: datetime
    agreed: datetime
    """Until when our clock and the hub's, as it answers, both say that it is."""


@dataclass(frozen=True, slots=True)
class Proven:
    """An event whose message was signed by the referral's agency, or by a colleague of ours."""

    event: Event
    message: Message
    id: str
    tracking: Tracking
    sign_pub: bytes
    reader: Reader

    @property
    def referral(self) -> ReferralId:
        """Return which referral it is about."""
        return self.tracking.referral.id

    def step(self, name: str) -> Step:
        """Return the step that this proves."""
        return Step(name, self.event.at, self.id)

    def body(self, kind: type[T]) -> T:
        """Read the signed clear body."""
        verify_clear(self.message, self.sign_pub)
        return read_as(kind, self.message.body)


def proven(reader: Reader, event: Event, message: Message, tracking: Tracking, org: str) -> Proven:
    """Return the event as said by a device of `org`, or raise `Untrusted`."""
    # A certificate that has run out since was good when the hub took the message.
    at = min(reader.now, event.at)
    claim = sender_of(message, event.cert, reader.book, at)
    header = header_of(message)
    if claim.org != org:
        raise CertRefused("another agency")
    if header.kind != event.kind:
        raise Tampered("event")
    return Proven(event, message, header.id, tracking, claim.sign_pub, reader)


def read_as(kind: type[T], raw: bytes) -> T:
    """Read a signed body or an opened packet; anything else has been tampered with."""
    try:
        return read_json(kind, raw)
    except Unreadable as error:
        raise Tampered("body") from error
