"""Whether a supervisor put a name to exactly this: asked by who reports and by who receives."""

from datetime import datetime
from uuid import UUID

import msgspec

from desktop.domain.agencies import AgencyKind
from desktop.domain.consents import Item
from desktop.domain.disclosures import Cosigned, Ground
from desktop.domain.ids import AgencyId, ReferralId
from sync.client.directory import listing_of, organization_of, verify_cert
from sync.client.errors import CertRefused, Tampered
from sync.client.sealing import header_of
from sync.client.signing import verify
from sync.hsds.places import BadRow
from sync.protocol.bodies import Packet
from sync.protocol.codec import Unreadable, canonical, read_json, unpacked
from sync.protocol.digests import sha256
from sync.protocol.directory import DeviceCert, DeviceClaim, DirectoryBook
from sync.protocol.disclosures import (
    BASES,
    COSIGN_CONTEXT,
    COSIGNERS,
    DisclosureClaim,
    is_by_law,
)
from sync.protocol.messages import Cosign, Header, Kind, Message, is_likely


def claim_of(header: Header, packet: bytes, at: datetime, until: datetime) -> DisclosureClaim:
    """Return what is signed about a packet and its header."""
    digest = sha256(packet).hex()
    return DisclosureClaim(
        header.ref, header.from_org, header.from_device, header.to_org, header.basis,
        header.item_codes, digest, at, until,
    )  # fmt: skip


def signed_by(sender: str, cosign: Cosign, book: DirectoryBook, at: datetime) -> DeviceClaim:
    """Return which supervisor of `sender` signed, or raise `Untrusted`."""
    try:
        signer = verify_cert(unpacked(DeviceCert, cosign.cert), book, at)
    except Unreadable as error:
        raise CertRefused("cosign") from error
    if signer.org != sender or signer.role not in COSIGNERS:
        raise CertRefused("cosign")
    verify(signer.sign_pub, COSIGN_CONTEXT + sha256(cosign.claim), cosign.sig, "cosign")
    return signer


def proven(
    header: Header, packet: bytes, cosign: Cosign, book: DirectoryBook, at: datetime
) -> Cosigned:
    """Return the supervisor's name under exactly this packet, or raise `Untrusted`."""
    signer = signed_by(header.from_org, cosign, book, at)
    try:
        claim = read_json(DisclosureClaim, cosign.claim)
    except Unreadable as error:
        raise Tampered("cosign") from error
    if canonical(claim_of(header, packet, claim.at, claim.until)) != cosign.claim:
        raise Tampered("cosign")
    if signer.device == header.from_device or not claim.at <= claim.until:
        raise Tampered("cosign")
    if not (is_likely(claim.at) and is_likely(claim.until)):
        raise Tampered("cosign")
    return Cosigned(
        ReferralId(UUID(header.ref)), AgencyId(header.to_org), Ground(header.basis),
        frozenset(map(Item, header.item_codes)), packet, header.from_device, signer.device,
        claim.at, claim.until,
    )  # fmt: skip


def check_received(message: Message, packet: Packet, book: DirectoryBook, at: datetime) -> None:
    """Raise `Untrusted` unless a case stands on a consent, or on a law and two names.

    Whoever receives it asks again what the hub has asked: nobody is believed about a basis.
    """
    header = header_of(message)
    has_cosign = not isinstance(message.cosign, msgspec.UnsetType)
    if not (has_cosign or packet.basis or is_by_law(header.basis)):
        return
    check_shape(header, packet)
    if header.kind is not Kind.REFERRAL_REQUEST or isinstance(message.cosign, msgspec.UnsetType):
        raise Tampered("basis")
    if at >= proven(header, canonical(packet), message.cosign, book, at).until:
        raise Tampered("cosign")


def check_shape(header: Header, packet: Packet) -> None:
    """Raise `Tampered` unless header and packet name one known basis and what it allows."""
    basis = BASES.get(header.basis)
    codes = tuple(sorted(packet.words))
    if basis is None or header.consent_id or not packet.reason or not packet.salt:
        raise Tampered("basis")
    if (packet.basis, packet.ref, codes) != (header.basis, header.ref, header.item_codes):
        raise Tampered("basis")
    if not codes or not set(codes) <= basis.items or not packet.keep_from_guardian:
        raise Tampered("basis")


def kind_in(book: DirectoryBook, agency: str) -> AgencyKind:
    """Return what kind of body the directory says an agency is."""
    listing = listing_of(book, agency)
    try:
        code = organization_of(listing).kind if listing else ""
    except BadRow:
        code = ""
    return AgencyKind(code) if code in set(AgencyKind) else AgencyKind.OTHER
