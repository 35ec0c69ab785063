"""Who has really said what about a case that came to us."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from desktop.domain.moment import Moment
from desktop.services.inbox_letters import Writer
from desktop.services.proofs import Reader, read_as
from desktop.vault.steps import Step
from sync.client.directory import sender_of
from sync.client.errors import Tampered
from sync.client.sealing import header_of, open_sealed, verify_clear
from sync.protocol.answers import Event
from sync.protocol.messages import Header, Kind, Message, is_likely

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A message whose device is proven; its body is proven as it is read."""

    event: Event
    message: Message
    header: Header
    sign_pub: bytes
    reader: Reader

    @property
    def is_ours(self) -> bool:
        """Say whether a device of our own organisation said it."""
        return self.header.from_org == self.reader.enrolment.org

    @property
    def is_this_devices(self) -> bool:
        """Say whether this very device said it."""
        return self.is_ours and self.header.from_device == self.reader.enrolment.device

    @property
    def moment(self) -> Moment:
        """Return now, with ids that are the same when it is heard again."""
        return Moment(self.reader.now, UUID(self.header.id))

    def step(self, name: str) -> Step:
        """Return the step that this proves."""
        return Step(name, self.event.at, self.header.id)

    def writer(self) -> Writer:
        """Return who answers it."""
        own = self.reader.enrolment
        return Writer(own, self.event.ref, self.header.from_org, self.reader.now)

    def body(self, kind: type[T]) -> T:
        """Read the signed clear body."""
        verify_clear(self.message, self.sign_pub)
        return read_as(kind, self.message.body)

    def opened(self, kind: type[T]) -> T:
        """Open what was sealed to us, with our organisation's own keys."""
        own = self.reader.enrolment
        return read_as(kind, open_sealed(self.message, own.org, own.org_keys, self.sign_pub))


def said(reader: Reader, event: Event, message: Message) -> Said:
    """Return what was said, by the device that says so, or raise `Untrusted`."""
    header = header_of(message)
    _check(event, header)
    # A certificate that has run out since was good when the hub took the message.
    claim = sender_of(message, event.cert, reader.book, min(reader.now, event.at))
    return Said(event, message, header, claim.sign_pub, reader)


def _check(event: Event, header: Header) -> None:
    is_case = header.kind is not Kind.CONSENT_WITHDRAWN  # that one names its consent
    if header.kind != event.kind or (is_case and header.ref != event.ref):
        raise Tampered("event")
    if not is_likely(event.at):
        raise Tampered("time")
    if not all(map(_is_uuid, (event.ref, header.id))):
        raise Tampered("id")


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
