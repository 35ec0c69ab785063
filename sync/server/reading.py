"""A round as it was asked: a message in it that cannot be read is refused alone."""

import msgspec

from sync.protocol.answers import Exchange
from sync.protocol.codec import Unreadable, packed, unpacked
from sync.protocol.messages import Message

_ITEMS = "items"
_UNREADABLE = Message(header=b"")
"""Stands where one was: it says not even which message it is, and is answered as `malformed`."""


def read_round(raw: bytes) -> Exchange:
    """Read what one laptop asks; raises `Unreadable` where it is no round at all."""
    try:
        return unpacked(Exchange, raw)
    except Unreadable:
        # Seldom: only then it costs anything to look at each message by itself.
        return _one_by_one(raw)


def _one_by_one(raw: bytes) -> Exchange:
    fields = unpacked(dict[str, msgspec.Raw], raw)
    items = unpacked(tuple[msgspec.Raw, ...], bytes(fields.pop(_ITEMS, packed(()))))
    rest = unpacked(Exchange, packed(fields))
    return msgspec.structs.replace(rest, items=tuple(_message(bytes(item)) for item in items))


def _message(raw: bytes) -> Message:
    try:
        return unpacked(Message, raw)
    except Unreadable:
        return _UNREADABLE
