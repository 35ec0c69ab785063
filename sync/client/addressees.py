"""Another organisation's copy of a content key: one HPKE for the letters of a few minutes.

HPKE seals a random key to the organisation's listed key, once; that key wraps the content key of
each letter, which stays the letter's own, as our own copy is wrapped: a fresh nonce, and the
header's digest as additional data, so that no copy fits another letter. It is as safe as an HPKE
for each letter. Whoever can open the HPKE could open every one of these letters before; nobody
else can. It is bound to writer, reader and epoch, and kept in memory only, where the writer
holds the key of its own copies anyway, for minutes, and not beyond a lock. That letters were
sealed by one device within minutes shows from outside; the hub reads that in the clear headers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.client import wrapping
from sync.client.errors import KeyUnusable, Tampered
from sync.client.hybrid import HYBRID, SEALED_MORE, SealingPair, seal_to
from sync.client.wrapping import KEY_BYTES, fresh, unwrapped, wrapped
from sync.protocol.codec import canonical
from sync.protocol.directory import SealingKey
from sync.protocol.messages import BATCH_ITEMS

MOST_LETTERS = BATCH_ITEMS
LONGEST = timedelta(minutes=10)
_FRONT_BYTES = KEY_BYTES + SEALED_MORE
BYTES = _FRONT_BYTES + wrapping.BYTES
"""How long such a copy is: longer than a content key that HPKE itself seals, or our own copy."""
_CONTEXT = b"ysn/v1/addressee\0"


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Who writes to whom, by which of the reader's listed keys."""

    writer: str
    reader: str
    key: SealingKey


@dataclass(frozen=True, slots=True)
class Addressee:
    """An organisation with the key it can open: made by `Addressees` alone, for one letter."""

    writer: str
    org: str
    epoch: int
    _front: bytes = field(repr=False)
    _cipher: ChaCha20Poly1305 = field(repr=False)

    def wrap(self, content_key: bytes, info: bytes, chance: Callable[[int], bytes]) -> bytes:
        """Return the content key for this organisation, together with this `info`."""
        return self._front + wrapped(self._cipher, content_key, info, chance)


@dataclass(slots=True)
class _Begun:
    addressee: Addressee
    since: datetime
    letters: int = 0

    def is_good(self, now: datetime) -> bool:
        """Say whether one letter more may be written; a clock put back ends it as well."""
        return self.letters < MOST_LETTERS and self.since <= now < self.since + LONGEST


class Addressees:
    """Who was written to in the last minutes. Any thread may ask; nothing of it is ever kept."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._lock = Lock()
        self._begun: dict[Correspondence, _Begun] = {}

    def of(
        self, correspondence: Correspondence, now: datetime, chance: Callable[[int], bytes]
    ) -> Addressee:
        """Return the reader, for one letter; raises `KeyUnusable` where nobody can seal to it."""
        with self._lock:
            begun = self._begun.get(correspondence)
            if begun is None or not begun.is_good(now):
                begun = _Begun(_addressee(correspondence, chance), now)
                still = {whom: b for whom, b in self._begun.items() if b.is_good(now)}
                self._begun = {**still, correspondence: begun}
            begun.letters += 1
            return begun.addressee

    def forget(self) -> None:
        """Know nobody any more: the vault is locked."""
        with self._lock:
            self._begun.clear()


def _addressee(correspondence: Correspondence, chance: Callable[[int], bytes]) -> Addressee:
    writer, reader, key = correspondence.writer, correspondence.reader, correspondence.key
    if key.suite != HYBRID:
        raise KeyUnusable("recipient")
    shared = fresh(chance, KEY_BYTES)
    front = seal_to(key.public, shared, _info(writer, reader, key.epoch))
    return Addressee(writer, reader, key.epoch, front, ChaCha20Poly1305(shared))


@dataclass(frozen=True, slots=True)
class Reader:
    """Our organisation, reading by its private key of one epoch what `writer` sealed to it."""

    writer: str
    org: str
    epoch: int
    secret: bytes = field(repr=False)

    def unwrap(self, enc: bytes, info: bytes) -> bytes:
        """Return what was wrapped for us with this `info`, or raise `Tampered`."""
        front, rest = enc[:_FRONT_BYTES], enc[_FRONT_BYTES:]
        whose = _info(self.writer, self.org, self.epoch)
        return unwrapped(_opened(self.secret, front, whose), rest, info)


# A batch brings the same HPKE a hundred times; a refusal is never remembered.
@lru_cache(maxsize=64)
def _opened(secret: bytes, front: bytes, whose: bytes) -> ChaCha20Poly1305:
    shared = SealingPair(secret).open(front, whose)
    if len(shared) != KEY_BYTES or not any(shared):
        raise Tampered("seal")
    return ChaCha20Poly1305(shared)


def _info(writer: str, reader: str, epoch: int) -> bytes:
    return _CONTEXT + canonical((writer, reader, epoch))
