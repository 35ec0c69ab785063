"""Bytes on the wire: MessagePack between machines, canonical JSON for what is signed (D-013).

Reading is strict: an unknown field, a wrong type or a trailing byte is `Unreadable`.
"""

from typing import TypeVar

import msgspec

T = TypeVar("T")

WIRE_TYPE = "application/msgpack"
PROBLEM_TYPE = "application/problem+json"

_canonical = msgspec.json.Encoder(order="sorted")
_packer = msgspec.msgpack.Encoder(order="sorted")


class Unreadable(Exception):
    """These bytes are not what they should be."""


def canonical(value: object) -> bytes:
    """Return canonical JSON: sorted keys, no spaces. What is signed and hashed."""
    return _canonical.encode(value)


def packed(value: object) -> bytes:
    """Return the value as it travels."""
    return _packer.encode(value)


def read_json(kind: type[T], raw: bytes) -> T:
    """Read canonical JSON, or raise `Unreadable`."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable from error


def unpacked(kind: type[T], raw: bytes) -> T:
    """Read what travelled, or raise `Unreadable`."""
    try:
        return msgspec.msgpack.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable from error
