"""Who this device is to a hub, and how it becomes so: a one-time code, then approval."""

from datetime import datetime
from typing import Protocol

import msgspec

from sync.client.directory import listing_of, verify_cert
from sync.client.errors import CertRefused, EnrolmentRefused, KeyUnusable, Tampered
from sync.client.hybrid import SealingPair, seal_to
from sync.client.signing import DeviceKeys, SigningKey
from sync.protocol.directory import (
    ENROL_CONTEXT,
    SIGNING,
    WRAP_CONTEXT,
    DeviceCert,
    DirectoryBook,
    Enrol,
    Enrolled,
    SealingKey,
    WrappedOrgKey,
)

PENDING = "pending"
ENROLLED = "enrolled"
FOUNDING = "founding"


class Enrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything to keep, secret, about this device and its hub."""

    url: str
    world: str
    device: str
    sign_key: bytes
    seal_key: bytes
    root: bytes = b""
    """Fingerprint of the network's root, pinned when the code was entered.

    Empty in a vault that joined before there was one: it must join again.
    """
    root_pub: bytes = b""
    """What such a vault had pinned. Nothing is proven by it any more."""
    code: str = ""
    """Kept only while pending, to ask again."""
    hub: str = ""
    hub_key: bytes = b""
    org: str = ""
    role: str = ""
    org_keys: dict[int, bytes] = {}
    """The organisation's private sealing keys by epoch; retired ones still open old letters."""
    org_sign: bytes = b""
    """The organisation's private signing key, which only its admins hold."""
    cert: DeviceCert | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether the organisation has let this device in."""
        return self.cert is not None

    @property
    def is_admin(self) -> bool:
        """Say whether this device lets others in, and can."""
        return self.is_complete and bool(self.org_sign)

    @property
    def keys(self) -> DeviceKeys:
        """Return this device's keys."""
        return DeviceKeys.load(self.device, self.sign_key, self.seal_key)


class Enroller(Protocol):
    """The hub, for a device that it does not know yet."""

    def enrol(self, asked: Enrol) -> Enrolled:
        """Show the code, or ask again with it how things stand."""
        ...


def begun(url: str, world: str, root: bytes, code: str, keys: DeviceKeys) -> Enrolment:
    """Return what to keep before the first question, so that a lost answer costs nothing."""
    secrets = (keys.device, keys.sign.seed, keys.seal.secret)
    return Enrolment(url, world, *secrets, root=root, code=code.strip())


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


def is_unlisted(kept: Enrolment, answer: Enrolled, book: DirectoryBook) -> bool:
    """Say whether the keepers have yet to list the keys that this device was let in by."""
    listing, (_, signing) = listing_of(book, answer.org), _opened(kept, answer)
    if listing is None:
        return True
    return bool(signing) and SigningKey(signing).public != listing.sign_pub


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
    return renewed(msgspec.structs.replace(noted(kept, answer), code=""), answer, book)


def renewed(kept: Enrolment, answer: Enrolled, book: DirectoryBook) -> Enrolment:
    """Return the enrolment with the keys our organisation has for us now.

    Each that is in use must be the private half of what the directory lists; older ones are kept
    for good. A retired one that is another is left: two admins had made it, each alone (D-201).
    """
    if answer.cert is None:
        raise EnrolmentRefused("certificate")
    listing = listing_of(book, answer.org)
    listed = {key.epoch: key for key in listing.sealing_keys} if listing else {}
    sealing, signing = _opened(kept, answer)
    # One that the keepers have not listed yet is left at the hub: nobody has vouched for it.
    sealing = {epoch: secret for epoch, secret in sealing.items() if epoch in listed}
    others = [epoch for epoch, secret in sealing.items() if not fits(secret, listed[epoch])]
    if any(not listed[epoch].is_retired for epoch in others):
        raise EnrolmentRefused("organisation key")
    sealing = {epoch: secret for epoch, secret in sealing.items() if epoch not in others}
    if listing is None or not sealing:
        raise EnrolmentRefused("organisation key")
    if signing and SigningKey(signing).public != listing.sign_pub:
        raise EnrolmentRefused("organisation key")
    keys = {**kept.org_keys, **sealing}
    return msgspec.structs.replace(
        kept, cert=answer.cert, org_keys=keys, org_sign=signing or kept.org_sign
    )


def fits(secret: bytes, listed: SealingKey) -> bool:
    """Say whether this is the private half of a listed key."""
    return SealingPair(secret).public == listed.public


def highest_number(answer: Enrolled) -> int:
    """Return the highest number of a key that the hub tells of, listed or not."""
    return max([answer.anew_after, *(given.epoch for given in answer.org_keys)])


def held(kept: Enrolment, answer: Enrolled) -> Enrolment:
    """Return the enrolment to hand on, not to keep: with what waits for us as well, listed or not.

    Whoever gets it believes what the directory lists, and nothing of this before that.
    """
    try:
        sealing, _ = _opened(kept, answer)
    except EnrolmentRefused:
        return kept  # the hub says what is missing, and nothing of ours is at stake
    return msgspec.structs.replace(kept, org_keys={**sealing, **kept.org_keys})


def _opened(kept: Enrolment, answer: Enrolled) -> tuple[dict[int, bytes], bytes]:
    opened = {given.epoch: unwrapped(given, kept.keys) for given in answer.org_keys}
    signing = opened.pop(SIGNING, b"")
    try:
        for secret in opened.values():
            SealingPair(secret)
        if signing:
            SigningKey(signing)
    except KeyUnusable as error:
        raise EnrolmentRefused("organisation key") from error
    return opened, signing


def wrapped(epoch: int, secret: bytes, device: str, seal_pub: bytes) -> WrappedOrgKey:
    """Seal an organisation's private key to one of its devices."""
    return WrappedOrgKey(epoch, seal_to(seal_pub, secret, WRAP_CONTEXT + device.encode()))


def unwrapped(given: WrappedOrgKey, keys: DeviceKeys) -> bytes:
    """Return the organisation's private key that was sealed to this device."""
    try:
        return keys.seal.open(given.enc, WRAP_CONTEXT + keys.device.encode())
    except (Tampered, KeyUnusable) as error:
        raise EnrolmentRefused("organisation key") from error
