"""The clear part of a message: its shape, and that it holds codes and never words."""

import re
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.protocol.codec import Unreadable, canonical, read_json
from sync.protocol.messages import (
    MESSAGE_BYTES,
    PROTOCOL,
    SEALED_KINDS,
    Header,
    Kind,
    Message,
    is_uuid,
)
from sync.server.refusals import Rejected
from sync.server.signatures import is_message_signed

_CODE = re.compile(r"[A-Za-z0-9:._/-]{0,80}")
_HUB_MADE = frozenset({Kind.REMINDER, Kind.EXPIRED})
PRIORITIES = frozenset({"routine", "urgent"})


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
    if sum(len(part) for part in (message.header, message.body, message.ct)) > MESSAGE_BYTES:
        raise Rejected("too-large")
    is_sealed = header.kind in SEALED_KINDS
    _check(header.v == PROTOCOL and header.kind not in _HUB_MADE and is_uuid(header.ref))
    _check(is_sealed == bool(message.ct) and is_sealed == (not message.body))
    _check(is_sealed == bool(message.keys) and is_sealed == (not message.sig))
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


def _check(is_well: bool) -> None:
    if not is_well:
        raise Rejected("malformed")
