"""What an organisation's admin device makes: its keys, certificates, and keys for others."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sync.client.enrolment import Enrolment, wrapped
from sync.client.hybrid import HYBRID, SealingPair
from sync.client.signing import SigningKey
from sync.protocol.codec import canonical
from sync.protocol.directory import (
    CERT_CONTEXT,
    ORG_KEYS_CONTEXT,
    SIGNING,
    Approval,
    DeviceCert,
    DeviceClaim,
    Founding,
    KeyFor,
    Listing,
    OrgDevice,
    OrgKeys,
    OrgKeysClaim,
    Rotation,
    SealingKey,
)

ADMIN = "admin"
ENROLLED = "enrolled"
CERT_LIFE = timedelta(days=3650)
"""A device is shut out by its organisation, not by a date."""

Chance = Callable[[int], bytes]


def founding(kept: Enrolment, now: datetime, chance: Chance, after: int = 0) -> Founding:
    """Make an organisation's first keys, sealed to the device that makes them.

    `after`: the highest number that a key of it ever had. Under one of those, a colleague would
    lose the key before, and every letter that it opens (D-194).
    """
    sign, seal = SigningKey.make(chance), SealingPair.make(chance)
    own, number = kept.keys, after + 1
    keys = _signed(kept.org, sign, (SealingKey(number, HYBRID, seal.public),))
    given = tuple(
        wrapped(epoch, secret, own.device, own.seal.public)
        for epoch, secret in ((SIGNING, sign.seed), (number, seal.secret))
    )
    cert = certificate(sign, kept.org, (own.device, kept.role, own.sign.public), now)
    return Founding(keys, cert, given)


def refounding(kept: Enrolment, org_sign: bytes, listing: Listing, now: datetime) -> Founding:
    """Hand over again the keys that an organisation has, for its only admin's new device."""
    own, sign = kept.keys, SigningKey(org_sign)
    given = tuple(
        wrapped(epoch, secret, own.device, own.seal.public)
        for epoch, secret in ((SIGNING, org_sign), *sorted(kept.org_keys.items()))
    )
    cert = certificate(sign, kept.org, (own.device, kept.role, own.sign.public), now)
    return Founding(_signed(kept.org, sign, listing.sealing_keys), cert, given)


def approval(kept: Enrolment, device: OrgDevice, now: datetime) -> Approval:
    """Let a device in: a certificate, and every key of the organisation that it is to hold."""
    secrets = dict(kept.org_keys)
    if device.role == ADMIN:
        secrets[SIGNING] = kept.org_sign
    given = tuple(
        wrapped(epoch, secret, device.device, device.seal_pub)
        for epoch, secret in sorted(secrets.items())
    )
    named = (device.device, device.role, device.sign_pub)
    return Approval(
        device.device, certificate(SigningKey(kept.org_sign), kept.org, named, now), given
    )


def rotation(
    kept: Enrolment,
    listing: Listing,
    devices: tuple[OrgDevice, ...],
    chance: Chance,
    after: int = 0,
) -> Rotation:
    """Make the next sealing key for the devices that are in; those before are retired.

    `after`: the highest number that the hub knows, also of what nobody has listed yet (D-201).
    """
    seal = SealingPair.make(chance)
    epoch = max([after, *kept.org_keys, *(key.epoch for key in listing.sealing_keys)]) + 1
    before = tuple(
        SealingKey(key.epoch, key.suite, key.public, is_retired=True)
        for key in listing.sealing_keys
    )
    keys = (*before, SealingKey(epoch, HYBRID, seal.public))
    given = tuple(
        KeyFor(each.device, wrapped(epoch, seal.secret, each.device, each.seal_pub))
        for each in devices
        if each.status == ENROLLED
    )
    return Rotation(_signed(kept.org, SigningKey(kept.org_sign), keys), given)


def certificate(
    key: SigningKey, org: str, device: tuple[str, str, bytes], now: datetime
) -> DeviceCert:
    """Vouch for a device: its id, role and public signing key."""
    name, role, sign_pub = device
    claim = canonical(DeviceClaim(org, name, role, sign_pub, now + CERT_LIFE))
    return DeviceCert(claim, key.sign(CERT_CONTEXT + claim))


def _signed(org: str, key: SigningKey, sealing_keys: tuple[SealingKey, ...]) -> OrgKeys:
    claim = canonical(OrgKeysClaim(org, key.public, sealing_keys))
    return OrgKeys(claim, key.sign(ORG_KEYS_CONTEXT + claim))
