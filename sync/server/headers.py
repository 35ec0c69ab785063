"""The clear part of a message: its shape, and that it holds codes and never words."""

import re
from collections.abc import Callable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.protocol.bodies import ITEM_CODES
from sync.protocol.codec import Unreadable, canonical, packed, read_json
from sync.protocol.messages import (
    COPY_BYTES,
    MESSAGE_BYTES,
    PROTOCOL,
    SEALED_KINDS,
    SUITE,
    Header,
    Kind,
    Message,
    is_likely,
    is_tellable,
    is_uuid,
)
from sync.server.refusals import Rejected
from sync.server.signatures import is_message_signed

_CODE = re.compile(r"[A-Za-z0-9:._/-]{0,80}")
_HUB_MADE = frozenset({Kind.REMINDER, Kind.EXPIRED})
PRIORITIES = frozenset({"routine", "urgent"})
_NUMBERS = range(1 << 31)
"""Epochs and versions: they begin at nothing and rise by one."""


def read_header(message: Message) -> Header:
    """Read the header, or reject what does not even say which message it is."""
    try:
        header = read_json(Header, message.header)
    except Unreadable as error:
        raise Rejected("malformed") from error
    _check(is_uuid(header.id) and canonical(header) == message.header)
    return header


def check_shape(header: Header, message: Message) -> None:
    """Raise `Rejected` unless the message is whole and its clear fields are codes."""
    check_few(len(packed(message)), MESSAGE_BYTES)
    check_few(len(header.item_codes), ITEM_CODES)
    is_sealed = header.kind in SEALED_KINDS
    _check(header.v == PROTOCOL and header.kind not in _HUB_MADE)
    _check(is_uuid(header.ref) and is_uuid(header.from_device))
    check_written(header.created)
    check_times(*filter(None, (header.expires,)))
    _check(is_sealed == bool(message.ct) and is_sealed == (not message.body))
    _check(is_sealed == bool(message.keys) and is_sealed == (not message.sig))
    said = (header.suite, header.size_class)
    _check(said == ((SUITE, len(message.ct)) if is_sealed else (0, 0)))
    _check(all(len(key.enc) in COPY_BYTES for key in message.keys))
    check_numbers(header.key_epoch, *(key.epoch for key in message.keys))
    _check(header.priority in PRIORITIES)
    check_codes(header.to_org, header.consent_id, header.consent_digest, header.basis)
    check_codes(*header.item_codes)


def check_sender(
    header: Header,
    message: Message,
    at_the_line: tuple[str, str],
    key_of: Callable[[str], Ed25519PublicKey | None],
) -> None:
    """Raise `Rejected` unless the organisation and device at the line may bring this message.

    The signature of a sealed message is inside, for its reader; so its own device must bring it.
    A clear one is proven by itself, and any device of the same organisation may bring it.
    """
    org, device = at_the_line
    is_proven = header.from_org == org
    if header.kind in SEALED_KINDS:
        is_proven = is_proven and header.from_device == device
    elif is_proven:
        key = key_of(header.from_device)
        is_proven = key is not None and is_message_signed(message, key)
    if not is_proven:
        raise Rejected("bad-signature")


def check_codes(*codes: str) -> None:
    """Reject free text: the hub may see codes, never words."""
    _check(all(map(_CODE.fullmatch, codes)))


def check_numbers(*numbers: int) -> None:
    """Reject what no epoch and no version can be."""
    _check(all(number in _NUMBERS for number in numbers))


def check_written(at: datetime) -> None:
    """Reject what a sender's clock said only where it could not even be told in UTC."""
    _check(is_tellable(at))


def check_times(*times: datetime) -> None:
    """Reject a time that no clock can have said."""
    _check(all(map(is_likely, times)))


def check_few(count: int, most: int) -> None:
    """Reject what is more than one message may bring."""
    if count > most:
        raise Rejected("too-large")


def _check(is_well: bool) -> None:
    if not is_well:
        raise Rejected("malformed")
