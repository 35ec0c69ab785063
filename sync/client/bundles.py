"""Parcels and their answers in one file, which opens for our own organisation and nobody else.

A file is a mark, which way it goes, a content key sealed by HPKE to the organisation's newest
sealing key, and the padded content. HPKE proves no sender: parcels are believed for their device's
signature, answers for the hub's. Whoever finds the file learns its size.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.client.errors import BundleRefused, KeyUnusable, NotForUs, Tampered
from sync.client.hybrid import SealingPair, seal_to
from sync.client.padding import padded, padme, unpadded
from sync.client.signing import DeviceKeys, verify
from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.carrying import Carried, Parcel, carried_words, parcel_words
from sync.protocol.codec import Unreadable, packed, unpacked
from sync.protocol.messages import Time, Wire

T = TypeVar("T")
Chance = Callable[[int], bytes]

MOST_BYTES = 32 << 20
"""No longer file is looked into."""
MOST_PARCELS = 64
_CONTENT_BYTES = 64 << 20
_MARK = b"BMJ-carry\1"
_CONTEXT = b"ysn/v1/bundle\0"
_KEY_BYTES, _NONCE_BYTES, _TAG_BYTES = 32, 12, 16
_SEALED_BYTES = 1088 + 32 + _KEY_BYTES + _TAG_BYTES
_FRONT = len(_MARK) + 1 + _SEALED_BYTES + _NONCE_BYTES


class Way(Enum):
    """Which way a bundle goes."""

    OUT = b"\1"
    BACK = b"\2"


class Handed(Wire, frozen=True):
    """What a laptop without a line gives away."""

    parcels: tuple[Parcel, ...]
    directory: int = 0
    """The version of the directory it has."""


class Returned(Wire, frozen=True):
    """A parcel, with the hub's answer to it: whoever made it need not remember it."""

    parcel: Parcel
    carried: Carried


class Brought(Wire, frozen=True):
    """What comes back to it."""

    returned: tuple[Returned, ...]
    directory: dict[str, bytes]
    """The carrier's directory, if that is newer. It proves itself."""


def parcel(asked: Exchange, keys: DeviceKeys, at: Time) -> Parcel:
    """Make one round ready to be carried."""
    exchange = packed(asked)
    return Parcel(
        keys.device, at, exchange, keys.sign.sign(parcel_words(keys.device, at, exchange))
    )


def own_parcel(returned: Returned, keys: DeviceKeys) -> Parcel:
    """Return what this device handed over, proven; raises `NotForUs` and `Tampered`."""
    ours = returned.parcel
    if ours.device != keys.device:
        raise NotForUs
    words = parcel_words(ours.device, ours.at, ours.exchange)
    verify(keys.sign.public, words, ours.sig, "parcel")
    return ours


def answered(returned: Returned, keys: DeviceKeys, hub_key: bytes) -> tuple[Exchange, Exchanged]:
    """Return what this device asked and what the hub answered, both proven.

    Raises `NotForUs` for another laptop's, and `Tampered`.
    """
    ours, carried = own_parcel(returned, keys), returned.carried
    verify(hub_key, carried_words(ours, carried.answer), carried.sig, "carried")
    try:
        return unpacked(Exchange, ours.exchange), unpacked(Exchanged, carried.answer)
    except Unreadable as error:
        raise Tampered("carried") from error


def hand_over(what: Handed, to: bytes, chance: Chance) -> bytes:
    """Seal what leaves this laptop to a public key of its own organisation."""
    return _sealed(Way.OUT, packed(what), to, chance)


def bring_back(what: Brought, to: bytes, chance: Chance) -> bytes:
    """Seal what comes back to the key that `handed` told."""
    return _sealed(Way.BACK, packed(what), to, chance)


def handed(bundle: bytes, org_keys: Mapping[int, bytes]) -> tuple[Handed, bytes]:
    """Open what a colleague handed over; return the key to answer to, too.

    That is the one it was sealed to: a laptop that was long away may not have the newest.
    Raises `BundleRefused`, `NotForUs`, `Tampered`.
    """
    content, pair = _opened(Way.OUT, bundle, org_keys)
    found = _read(Handed, content)
    if len(found.parcels) > MOST_PARCELS:
        raise BundleRefused("too-much")
    return found, pair.public


def brought(bundle: bytes, org_keys: Mapping[int, bytes]) -> Brought:
    """Open what came back; raises `BundleRefused`, `NotForUs`, `Tampered`."""
    found = _read(Brought, _opened(Way.BACK, bundle, org_keys)[0])
    if len(found.returned) > MOST_PARCELS:
        raise BundleRefused("too-much")
    return found


def _sealed(way: Way, content: bytes, public: bytes, chance: Chance) -> bytes:
    key, nonce = chance(_KEY_BYTES), chance(_NONCE_BYTES)
    if len(key) != _KEY_BYTES or not any(key):
        raise KeyUnusable("chance gave nothing")
    head = _MARK + way.value
    front = head + seal_to(public, key, _CONTEXT + head) + nonce
    return front + ChaCha20Poly1305(key).encrypt(nonce, padded(b"", content), front)


def _opened(way: Way, bundle: bytes, org_keys: Mapping[int, bytes]) -> tuple[bytes, SealingPair]:
    check(way, bundle)
    head, front = bundle[: len(_MARK) + 1], bundle[:_FRONT]
    enc, nonce = front[len(head) : -_NONCE_BYTES], front[-_NONCE_BYTES:]
    key, pair = _content_key(enc, _CONTEXT + head, org_keys)
    try:
        content = ChaCha20Poly1305(key).decrypt(nonce, bundle[_FRONT:], front)
    except (InvalidTag, ValueError) as error:
        raise Tampered("seal") from error
    return unpadded(content, 0, _CONTENT_BYTES)[1], pair


def check(way: Way, bundle: bytes) -> None:
    """Raise `BundleRefused` where it can be told without a key that this does not open."""
    if not bundle.startswith(_MARK):
        raise BundleRefused("not-a-bundle")
    if len(bundle) > MOST_BYTES:
        raise BundleRefused("too-much")
    if bundle[len(_MARK) : len(_MARK) + 1] != way.value:
        raise BundleRefused("other-way")
    content = len(bundle) - _FRONT - _TAG_BYTES
    if content < 0 or padme(content) != content:
        raise BundleRefused("cut")


def _content_key(
    enc: bytes, info: bytes, org_keys: Mapping[int, bytes]
) -> tuple[bytes, SealingPair]:
    # The newest is the likely one; which it was sealed to is not written for others to read.
    for _, secret in sorted(org_keys.items(), reverse=True):
        pair = SealingPair(secret)
        try:
            key = pair.open(enc, info)
        except Tampered:
            continue
        if len(key) == _KEY_BYTES and any(key):
            return key, pair
    raise NotForUs


def _read(kind: type[T], content: bytes) -> T:
    try:
        return unpacked(kind, content)
    except Unreadable as error:
        raise Tampered("content") from error
