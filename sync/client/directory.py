"""Who is who, proven: the directory under the pinned root, devices under their organisation."""

from datetime import datetime

from sync.client.errors import CertRefused, DirectoryRefused, Tampered
from sync.client.hsds import Organization
from sync.client.hsds_json import organization
from sync.client.hybrid import HYBRID
from sync.client.sealing import header_of
from sync.client.signing import verify as verify_signature
from sync.protocol.codec import Unreadable, read_json
from sync.protocol.directory import (
    CERT_CONTEXT,
    DIRECTORY_CONTEXT,
    DeviceCert,
    DeviceClaim,
    DirectoryBook,
    Listing,
    SealingKey,
    SignedDirectory,
)
from sync.protocol.messages import Message


def verify(
    signed: SignedDirectory, root_pub: bytes, now: datetime, at_least_version: int
) -> DirectoryBook:
    """Return the book, or raise `DirectoryRefused`. An older version than seen is a rollback."""
    try:
        verify_signature(root_pub, DIRECTORY_CONTEXT + signed.book, signed.sig, "directory")
        book = read_json(DirectoryBook, signed.book)
    except (Tampered, Unreadable) as error:
        raise DirectoryRefused("forged") from error
    if book.version < at_least_version:
        raise DirectoryRefused("older")
    if now >= book.expires:
        raise DirectoryRefused("expired")
    orgs = [listing.org for listing in book.listings]
    if len(orgs) != len(set(orgs)):
        raise DirectoryRefused("twice")
    return book


def listing_of(book: DirectoryBook, org: str) -> Listing | None:
    """Return the organisation's entry."""
    return next((listing for listing in book.listings if listing.org == org), None)


def sealing_key_of(book: DirectoryBook, org: str) -> SealingKey | None:
    """Return the organisation's newest sealing key that we can use."""
    listing = listing_of(book, org)
    usable = [key for key in listing.sealing_keys if key.suite == HYBRID] if listing else []
    return max(usable, key=lambda key: key.epoch, default=None)


def organization_of(listing: Listing) -> Organization:
    """Return the HSDS record of a listing."""
    return organization(bytes(listing.hsds), f"directory/{listing.org}")


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
        verify_signature(listing.sign_pub, CERT_CONTEXT + cert.claim, cert.sig, "cert")
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
