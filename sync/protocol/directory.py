"""Who is who: enrolment of a device, and the signed directory of organisations."""

from typing import Annotated

import msgspec

from sync.protocol.messages import Id, Time, Wire


class Enrol(Wire, frozen=True):
    """A laptop or a desk asks to join, with its one-time code."""

    code: str
    device: Id
    """Made on the device."""
    sign_pub: bytes
    seal_pub: bytes
    """Hybrid ML-KEM-768 + X25519, 1,216 bytes."""
    proof: bytes
    """Ed25519 over `ENROL_CONTEXT + code + device + sign_pub + seal_pub`."""


SEAL_BYTES = 1184 + 32
"""Of a public sealing key: ML-KEM-768, then X25519."""
ENROL_CONTEXT = b"ysn/v1/enrol\0"


class DeviceClaim(Wire, frozen=True):
    """What an organisation says of one of its devices."""

    org: str
    device: str
    role: str
    sign_pub: bytes
    valid_until: Time


class DeviceCert(Wire, frozen=True):
    """A device claim signed with the organisation's key, which the directory names."""

    claim: bytes
    sig: bytes
    """Ed25519 by the organisation key over `CERT_CONTEXT + claim`."""


CERT_CONTEXT = b"ysn/v1/device\0"
_HIGHEST = 1 << 62


class WrappedOrgKey(Wire, frozen=True):
    """The organisation's private sealing key of one epoch, sealed to a device."""

    epoch: Annotated[int, msgspec.Meta(ge=0, le=_HIGHEST)]
    """`SIGNING` for the key that signs certificates, which only admins are given."""
    enc: bytes
    """HPKE to the device's `seal_pub`, info `WRAP_CONTEXT + device`."""


WRAP_CONTEXT = b"ysn/v1/orgkey\0"
SIGNING = 0


class Enrolled(Wire, frozen=True, omit_defaults=True):
    """The hub's answer. `status` is `pending` until the organisation approves.

    `founding`: the hub's office let this admin in, who has yet to hand over the organisation's
    keys.
    """

    status: str
    hub: str
    world: str
    org: str
    role: str
    hub_key: bytes
    """Ed25519 public key that signs receipts."""
    cert: DeviceCert | None = None
    org_keys: tuple[WrappedOrgKey, ...] = ()
    epoch: str = ""
    """Which life of the hub this is: known before anything is offered to it (I9)."""
    anew_after: Annotated[int, msgspec.Meta(ge=0, le=_HIGHEST)] = 0
    """Not 0 where `founding` admins shall make other keys than those before, which are lost.

    It is the highest number that a key of the organisation ever had: theirs begin above (D-194).
    To an admin who is in it is told where nothing else shows it: a renewed key begins above, too
    (D-201).
    """


class PendingDevice(Wire, frozen=True):
    """A device that showed a valid code and waits for its organisation."""

    device: str
    role: str
    sign_pub: bytes
    seal_pub: bytes
    asked_at: Time


class PendingDevices(Wire, frozen=True):
    """Answer of GET /v1/devices/pending: those of the asking admin's organisation."""

    devices: tuple[PendingDevice, ...]


class OrgDevice(Wire, frozen=True):
    """One device of an organisation, for its admins."""

    device: str
    role: str
    status: str
    sign_pub: bytes
    seal_pub: bytes
    asked_at: Time
    decided_at: Time | None = None


class OrgDevices(Wire, frozen=True):
    """Answer of GET /v1/devices, and of what changes them: the asking admin's organisation."""

    devices: tuple[OrgDevice, ...]


class Revocation(Wire, frozen=True):
    """Body of POST /v1/devices/revoke: shut a device out, or turn one away at the door."""

    device: Id


class Approval(Wire, frozen=True):
    """Body of POST /v1/devices/approve: an admin lets a device in. The hub keeps it as it is."""

    device: Id
    cert: DeviceCert
    org_keys: tuple[WrappedOrgKey, ...]
    """The organisation's private sealing keys, each sealed to the new device."""


class Hello(Wire, frozen=True):
    """Answer of GET /v1/hello, unsigned: enough to tell a wrong hub from a right one."""

    hub: str
    world: str
    protocol: int
    time: Time
    hub_key: bytes


class SealingKey(Wire, frozen=True):
    """An organisation's public sealing key of one epoch."""

    epoch: int
    suite: int
    public: bytes
    is_retired: bool = False
    """Nothing new is sealed to it; what was is still opened with it."""


class OrgKeysClaim(Wire, frozen=True):
    """Which keys an organisation wants to be listed with."""

    org: str
    sign_pub: bytes
    sealing_keys: tuple[SealingKey, ...]
    """Newest epoch last."""


class OrgKeys(Wire, frozen=True):
    """That claim, signed with the organisation's own key."""

    claim: bytes
    sig: bytes
    """Ed25519 by `sign_pub` over `ORG_KEYS_CONTEXT + claim`."""


ORG_KEYS_CONTEXT = b"ysn/v1/orgkeys\0"


class Founding(Wire, frozen=True):
    """Body of POST /v1/orgs/found: an organisation's first admin device makes its keys."""

    keys: OrgKeys
    cert: DeviceCert
    own: tuple[WrappedOrgKey, ...]
    """The new private keys, sealed to the very device that made them."""


class KeyFor(Wire, frozen=True):
    """A private key of the organisation, sealed to one of its devices."""

    device: Id
    key: WrappedOrgKey


class Rotation(Wire, frozen=True):
    """Body of POST /v1/orgs/rotate: a new sealing key, for those who are still there."""

    keys: OrgKeys
    wrapped: tuple[KeyFor, ...]


class Proposal(Wire, frozen=True):
    """What a hub's office hands to the keepers: an organisation's record and its keys."""

    hsds: msgspec.Raw
    keys: OrgKeys


class Listing(Wire, frozen=True):
    """One organisation in the directory: its HSDS record and its keys."""

    org: str
    hsds: msgspec.Raw
    """The HSDS 3.1 organization, services inside, as published."""
    sign_pub: bytes
    sealing_keys: tuple[SealingKey, ...]
    """Newest epoch last."""


class DirectoryBook(Wire, frozen=True):
    """Everyone, at one version, as the TUF repository was read and proven."""

    network: str
    world: str
    version: int
    """The snapshot's."""
    issued: Time
    """When it was proven."""
    expires: Time
    """When the first signature stops to count: by then it must be proven anew."""
    listings: tuple[Listing, ...]
