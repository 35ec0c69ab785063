"""What this laptop said as the device it was before it joined anew, offered to its hub.

The hub knows by their bytes the messages that it has taken, whoever of us brings them. So they are
offered as they were signed, and only what it does not know is signed anew (`services.rejoining`):
under the same id other bytes would be refused for good.
"""

from uuid import UUID, uuid5

import msgspec

from desktop.domain.moment import beside
from desktop.vault import outbox
from desktop.vault import rejoining as row
from desktop.vault.database import Db
from sync.client.enrolment import Enrolment
from sync.client.sealing import header_of, sign_clear
from sync.protocol.codec import packed
from sync.protocol.messages import Kind, Message

_SAID_TWICE = frozenset({Kind.CONSENT_GIVEN, Kind.CONSENT_WITHDRAWN})
"""Saying it twice changes nothing."""


def offer(db: Db, own: Enrolment) -> None:
    """Let what waits and another device signed be offered as it is.

    A consent and its end are said anew at once: an end waits for nothing, and what stands on a
    consent that the hub does not know yet would be refused for good.
    """
    for message in row.waiting(db):
        header = header_of(message)
        if header.from_device == own.device:
            continue
        if header.kind in _SAID_TWICE:
            fresh = _said_anew(message, own)
            row.replace(db, header.id, header_of(fresh).id, fresh)
        else:
            row.offer_as_it_was(db, header.id)


def is_unknown(db: Db, own: Enrolment, message: Message) -> bool:
    """Hold what the hub does not know as it was signed; False: this very device has signed it."""
    header = header_of(message)
    if header.from_device == own.device:
        return False
    # An answer that was carried may come when it has been signed anew already.
    if outbox.is_waiting(db, header.id, packed(message)):
        row.hold(db, header.id)
    return True


def _said_anew(message: Message, own: Enrolment) -> Message:
    before = header_of(message)
    name = beside(UUID(before.id), uuid5(UUID(own.device), before.id))
    header = msgspec.structs.replace(before, id=str(name), from_device=own.device)
    return sign_clear(header, message.body, own.keys.sign)
