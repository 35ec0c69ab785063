"""Who an invented organisation is: its own keys, kept in its own folder and nowhere else."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from sync.client.enrolment import wrapped
from sync.client.hybrid import HYBRID, SealingPair
from sync.client.organisation import ADMIN, certificate
from sync.client.owncopy import OwnKey
from sync.client.signing import DeviceKeys, SigningKey
from sync.protocol.codec import canonical
from sync.protocol.directory import (
    ENROL_CONTEXT,
    SIGNING,
    Approval,
    DeviceCert,
    Enrol,
    Listing,
    SealingKey,
)

Chance = Callable[[int], bytes]
Clock = Callable[[], datetime]
EPOCH = 1


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation's keys, and those of the one desk it has."""

    org: str
    role: str
    """Of the desk: `desk`, or `admin` where it lets other devices in."""
    org_sign: bytes
    org_seal: bytes
    device: str
    device_sign: bytes
    device_seal: bytes

    @property
    def keys(self) -> DeviceKeys:
        """Return the keys of the desk."""
        return DeviceKeys.load(self.device, self.device_sign, self.device_seal)

    @property
    def private_keys(self) -> dict[int, bytes]:
        """Return what opens the letters to this organisation."""
        return {EPOCH: self.org_seal}

    @property
    def sealing_key(self) -> SealingKey:
        """Return what others seal to."""
        return SealingKey(EPOCH, HYBRID, SealingPair(self.org_seal).public)

    @property
    def own_key(self) -> OwnKey:
        """Return by what this organisation reads its own copies."""
        return OwnKey(EPOCH, self.org_seal)

    def listing(self, hsds: bytes) -> Listing:
        """Return the organisation's entry for the directory."""
        sign_pub = SigningKey(self.org_sign).public
        return Listing(self.org, msgspec.Raw(hsds), sign_pub, (self.sealing_key,))

    def cert(self, device: str, role: str, sign_pub: bytes, now: datetime) -> DeviceCert:
        """Vouch for a device."""
        return certificate(SigningKey(self.org_sign), self.org, (device, role, sign_pub), now)

    def approval(self, asked: Enrol, role: str, now: datetime) -> Approval:
        """Let a device in: a certificate, and the organisation's key sealed to it."""
        secrets = {EPOCH: self.org_seal} | ({SIGNING: self.org_sign} if role == ADMIN else {})
        keys = tuple(
            wrapped(epoch, secret, asked.device, asked.seal_pub)
            for epoch, secret in secrets.items()
        )
        return Approval(asked.device, self.cert(asked.device, role, asked.sign_pub, now), keys)

    def own_request(self, code: str = "") -> Enrol:
        """Return what the desk itself shows at the hub's door."""
        keys = self.keys
        sign_pub, seal_pub = keys.sign.public, keys.seal.public
        said = code.encode() + keys.device.encode() + sign_pub + seal_pub
        return Enrol(code, keys.device, sign_pub, seal_pub, keys.sign.sign(ENROL_CONTEXT + said))


def identity_in(folder: Path, org: str, role: str, chance: Chance) -> Identity:
    """Return the identity kept in the folder; the first time, make it."""
    file = folder / "keys.json"
    if file.exists():
        return msgspec.json.decode(file.read_bytes(), type=Identity)
    device = DeviceKeys.make(str(UUID(bytes=chance(16), version=4)), chance)
    made = Identity(
        org,
        role,
        SigningKey.make(chance).seed,
        SealingPair.make(chance).secret,
        device.device,
        device.sign.seed,
        device.seal.secret,
    )
    write_private(file, canonical(made))
    return made


def write_private(file: Path, content: bytes) -> None:
    """Write a file that only we may read, whole or not at all."""
    for folder in (file.parent.parent, file.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as new:
        new.write(content)
    beside.replace(file)
