"""Who is who, proven: the directory under the pinned root, devices under their organisation."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import Protocol

from sync.client.errors import CertRefused, DirectoryRefused, Tampered, TooSlow
from sync.client.hybrid import HYBRID
from sync.client.sealing import header_of
from sync.client.signing import verify as verify_signature
from sync.hsds.json_files import organization
from sync.hsds.records import Organization
from sync.protocol.codec import Unreadable, read_json, unpacked
from sync.protocol.digests import sha256
from sync.protocol.directory import (
    CERT_CONTEXT,
    DeviceCert,
    DeviceClaim,
    DirectoryBook,
    Listing,
    SealingKey,
)
from sync.protocol.messages import Message
from sync.trust.layout import ROOT_BYTES, TARGETS_TAIL, WHOLE, WHOLE_BYTES, NotTrusted

_MOST_BYTES = 96 << 20
_MOST_SECONDS = 600.0
"""A hub that drips a directory, file by file, holds nobody longer than this."""


class Publisher(Protocol):
    """The hub, as far as it hands out the directory's files."""

    def published(self, path: str, most: int) -> bytes | None:
        """Fetch a file, unproven; None when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Renewed:
    """A proven directory, and the public files by which the next one is proven."""

    book: DirectoryBook
    files: Mapping[str, bytes]


def renewed(
    kept: Mapping[str, bytes], root: bytes, hub: Publisher, now: datetime, world: str
) -> Renewed:
    """Return the newest directory, or raise `DirectoryRefused`; only what changed is fetched.

    `root` is the pinned fingerprint. TUF takes a quarter of a second to load: so, only now.
    """
    from sync.trust.reading import verified

    try:
        found = verified(kept, root, _Fetching(hub, is_first=not kept), now)
    except NotTrusted as error:
        raise DirectoryRefused(error.why) from error
    if found.book.world != world:
        raise DirectoryRefused("world")
    return Renewed(found.book, found.files)


def is_of_another_hub(kept: Mapping[str, bytes], found: Mapping[str, bytes]) -> bool:
    """Say whether the keepers let another hub's key say what is newest than they did before.

    Both are files that `renewed` has proven, the one from the other. Raises `DirectoryRefused`.
    """
    from sync.trust.reading import stamped_by

    try:
        return stamped_by(kept) != stamped_by(found)
    except NotTrusted as error:
        raise DirectoryRefused(error.why) from error


def root_of(hub: Publisher) -> bytes:
    """Return the fingerprint of the hub's newest root: worth something once it is compared."""
    raw = hub.published("root.json", ROOT_BYTES)
    if raw is None:
        raise DirectoryRefused("no root")
    return sha256(raw)


class _Fetching:
    """Asks a hub for files, and no more of them than a directory can need."""

    def __init__(self, hub: Publisher, *, is_first: bool) -> None:
        self._hub = hub
        self._is_first = is_first
        self._at_once: Mapping[str, bytes] = {}
        self._left = _MOST_BYTES
        self._until = monotonic() + _MOST_SECONDS

    def __call__(self, path: str, most: int) -> bytes | None:
        """Return the file at the path, or None; raises a `LineError` when the line fails."""
        if self._is_first and path.endswith(TARGETS_TAIL):
            # Who has nothing yet takes every listing in one answer; each is proven all the same.
            self._is_first = False
            whole = self._fetched(WHOLE, WHOLE_BYTES)
            with suppress(Unreadable):
                self._at_once = unpacked(dict[str, bytes], whole or b"")
        if path in self._at_once:
            return self._at_once[path]
        return self._fetched(path, most)

    def _fetched(self, path: str, most: int) -> bytes | None:
        if monotonic() > self._until:
            raise TooSlow
        found = self._hub.published(path, min(most, self._left))
        self._left -= len(found or b"")
        return found


def listing_of(book: DirectoryBook, org: str) -> Listing | None:
    """Return the organisation's entry."""
    return next((listing for listing in book.listings if listing.org == org), None)


def sealing_key_of(book: DirectoryBook, org: str) -> SealingKey | None:
    """Return the organisation's newest sealing key that we can use."""
    listing = listing_of(book, org)
    known = listing.sealing_keys if listing else ()
    usable = [key for key in known if key.suite == HYBRID and not key.is_retired]
    return max(usable, key=lambda key: key.epoch, default=None)


def organization_of(listing: Listing) -> Organization:
    """Return the HSDS record of a listing."""
    return organization(bytes(listing.hsds), f"directory/{listing.org}")


@lru_cache(maxsize=512)
def _vouched(org_pub: bytes, claim: bytes, sig: bytes) -> None:
    # A mailbox brings the same few certificates again and again; a refusal is never remembered.
    verify_signature(org_pub, CERT_CONTEXT + claim, sig, "cert")


def verify_cert(cert: DeviceCert, book: DirectoryBook, now: datetime) -> DeviceClaim:
    """Return what an organisation of the directory says of its device."""
    try:
        claim = read_json(DeviceClaim, cert.claim)
    except Unreadable as error:
        raise CertRefused("unreadable") from error
    listing = listing_of(book, claim.org)
    if listing is None:
        raise CertRefused("unknown organisation")
    try:
        _vouched(listing.sign_pub, cert.claim, cert.sig)
    except Tampered as error:
        raise CertRefused("forged") from error
    if now >= claim.valid_until:
        raise CertRefused("expired")
    return claim


def sender_of(
    message: Message, cert: DeviceCert | None, book: DirectoryBook, now: datetime
) -> DeviceClaim:
    """Return the proven claim of the device that the message's header names.

    Only who may have sent it: the message itself is then checked with the claim's `sign_pub`.
    """
    if cert is None:
        raise CertRefused("missing")
    claim, header = verify_cert(cert, book, now), header_of(message)
    if (claim.org, claim.device) != (header.from_org, header.from_device):
        raise CertRefused("another sender")
    return claim
