"""Who this device is to a hub, and how it becomes so: a one-time code, then approval."""

from datetime import datetime
from typing import Protocol

import msgspec

from sync.client.directory import listing_of, verify_cert
from sync.client.errors import CertRefused, EnrolmentRefused, KeyUnusable, Tampered
from sync.client.hybrid import SealingPair, seal_to
from sync.client.signing import DeviceKeys
from sync.protocol.directory import (
    ENROL_CONTEXT,
    WRAP_CONTEXT,
    DeviceCert,
    DirectoryBook,
    Enrol,
    Enrolled,
    WrappedOrgKey,
)

PENDING = "pending"
ENROLLED = "enrolled"


class Enrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything to keep, secret, about this device and its hub."""

    url: str
    world: str
    root_pub: bytes
    """Pinned when the code was entered."""
    device: str
    sign_key: bytes
    seal_key: bytes
    code: str = ""
    """Kept only while pending, to ask again."""
    hub: str = ""
    hub_key: bytes = b""
    org: str = ""
    role: str = ""
    org_keys: dict[int, bytes] = {}
    """The organisation's private sealing keys by epoch."""
    cert: DeviceCert | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether the organisation has let this device in."""
        return self.cert is not None

    @property
    def keys(self) -> DeviceKeys:
        """Return this device's keys."""
        return DeviceKeys.load(self.device, self.sign_key, self.seal_key)


class Enroller(Protocol):
    """The hub, for a device that it does not know yet."""

    def enrol(self, asked: Enrol) -> Enrolled:
        """Show the code, or ask again with it how things stand."""
        ...


def begun(url: str, world: str, root_pub: bytes, code: str, keys: DeviceKeys) -> Enrolment:
    """Return what to keep before the first question, so that a lost answer costs nothing."""
    return Enrolment(
        url, world, root_pub, keys.device, keys.sign.seed, keys.seal.secret, code=code.strip()
    )


def ask(kept: Enrolment, hub: Enroller) -> Enrolled:
    """Show the code and our public keys, signed."""
    keys = kept.keys
    sign_pub, seal_pub = keys.sign.public, keys.seal.public
    proven = kept.code.encode() + keys.device.encode() + sign_pub + seal_pub
    proof = keys.sign.sign(ENROL_CONTEXT + proven)
    answer = hub.enrol(Enrol(kept.code, keys.device, sign_pub, seal_pub, proof))
    if answer.world != kept.world:
        raise EnrolmentRefused("world")
    if kept.hub and (kept.hub, kept.hub_key) != (answer.hub, answer.hub_key):
        raise EnrolmentRefused("another hub")
    return answer


def noted(kept: Enrolment, answer: Enrolled) -> Enrolment:
    """Return what to keep while the organisation has not decided: from now on, this hub."""
    return msgspec.structs.replace(
        kept, hub=answer.hub, hub_key=answer.hub_key, org=answer.org, role=answer.role
    )


def completed(kept: Enrolment, answer: Enrolled, book: DirectoryBook, now: datetime) -> Enrolment:
    """Return the finished enrolment, once certificate and organisation keys are proven."""
    if answer.status != ENROLLED or answer.cert is None:
        raise EnrolmentRefused("pending")
    try:
        claim = verify_cert(answer.cert, book, now)
    except CertRefused as error:
        raise EnrolmentRefused("certificate") from error
    ours = (answer.org, kept.device, answer.role, kept.keys.sign.public)
    if (claim.org, claim.device, claim.role, claim.sign_pub) != ours:
        raise EnrolmentRefused("certificate")
    return msgspec.structs.replace(
        noted(kept, answer), code="", cert=answer.cert, org_keys=_org_keys(kept, answer, book)
    )


def _org_keys(kept: Enrolment, answer: Enrolled, book: DirectoryBook) -> dict[int, bytes]:
    listing = listing_of(book, answer.org)
    public = {key.epoch: key.public for key in listing.sealing_keys} if listing else {}
    opened = {wrapped.epoch: unwrapped(wrapped, kept.keys) for wrapped in answer.org_keys}
    for epoch, secret in opened.items():
        if SealingPair(secret).public != public.get(epoch):
            raise EnrolmentRefused("organisation key")
    if not opened:
        raise EnrolmentRefused("organisation key")
    return opened


def wrapped(epoch: int, secret: bytes, device: str, seal_pub: bytes) -> WrappedOrgKey:
    """Seal an organisation's private key to one of its devices."""
    return WrappedOrgKey(epoch, seal_to(seal_pub, secret, WRAP_CONTEXT + device.encode()))


def unwrapped(given: WrappedOrgKey, keys: DeviceKeys) -> bytes:
    """Return the organisation's private key that was sealed to this device."""
    try:
        secret = keys.seal.open(given.enc, WRAP_CONTEXT + keys.device.encode())
        return SealingPair(secret).secret
    except (Tampered, KeyUnusable) as error:
        raise EnrolmentRefused("organisation key") from error
