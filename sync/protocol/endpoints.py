"""Every address that the hub answers at: what is asked, what is told, who may ask."""

from dataclasses import dataclass

from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.backups import (
    BackupRule,
    BackupSet,
    BackupSets,
    Dropping,
    Handful,
    Keeping,
    LeftBehind,
    Pieces,
    PiecesWanted,
    SetWanted,
)
from sync.protocol.carrying import CarriedAll, Carry
from sync.protocol.codec import WIRE_TYPE
from sync.protocol.directory import (
    Approval,
    Enrol,
    Enrolled,
    Founding,
    Hello,
    OrgDevices,
    PendingDevices,
    Revocation,
    Rotation,
)

_ANYWHERE = (
    "malformed",
    "address-too-long",
    "protocol-too-old",
    "header-too-large",
    "bug",
    "busy",
)
_BODY = ("malformed", "too-slow", "too-large", "not-msgpack")
_SIGNED = ("unknown-key", "bad-signature", "clock-skew", "device-revoked", *_BODY, "too-often")
_BROUGHT = ("piece-wrong", "backups-off", "backups-full")
_KEPT = ("backups-off", "piece-unknown")
_FETCHED = ("role", "not-found")
_LOST = ("role", "backups-off")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method at one address."""

    method: str
    path: str
    summary: str
    asked: type | None = None
    """What the body holds; None for no body."""
    told: type | None = None
    """What a 200 holds; None where `media` is not this protocol's own."""
    media: str = WIRE_TYPE
    own: tuple[str, ...] = ()
    """Problems of this endpoint beside those of its kind."""
    is_signed: bool = False
    queries: tuple[str, ...] = ()
    """Whole numbers from 1 that the address may carry."""
    has_tag: bool = False
    """Whether a caller who names the `etag` they have is answered 304."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Return every problem that a caller may meet here, by code."""
        kinds = (*_ANYWHERE, *self.own, *(_SIGNED if self.is_signed else ()))
        return tuple(dict.fromkeys(kinds))


def _admins(method: str, path: str, summary: str, asked: type | None, told: type) -> Endpoint:
    own = ("role",) if asked is None else ("role", "cert-refused", "keys-refused")
    return Endpoint(method, path, summary, asked, told, own=own, is_signed=True)


def _backups(path: str, summary: str, asked: type, told: type, *own: str) -> Endpoint:
    return Endpoint("post", path, summary, asked, told, own=own, is_signed=True)


ENDPOINTS = (
    Endpoint("get", "/v1/hello", "Say which hub this is.", None, Hello, own=("too-often",)),
    Endpoint(
        "get",
        "/v1/tuf/{path}",
        "Hand out a file of the directory, a TUF repository that the network's keepers signed.",
        media="application/octet-stream",
        own=("not-found", "too-often"),
        has_tag=True,
    ),
    Endpoint(
        "post",
        "/v1/enrol",
        "Take a device to the door with its one-time code; asking again tells how it stands.",
        Enrol,
        Enrolled,
        own=("code-refused", "device-revoked", *_BODY, "too-often"),
    ),
    Endpoint(
        "post",
        "/v1/exchange",
        "One round: take what the caller brings, and tell what waits for them.",
        Exchange,
        Exchanged,
        is_signed=True,
    ),
    Endpoint(
        "post",
        "/v1/carry",
        "Take the rounds of colleagues' laptops that have no line, each for itself.",
        Carry,
        CarriedAll,
        is_signed=True,
    ),
    Endpoint(
        "get",
        "/v1/devices/me",
        "Say how the calling device stands, with the keys that it may open.",
        None,
        Enrolled,
        is_signed=True,
    ),
    _admins("get", "/v1/devices", "List the organisation's devices.", None, OrgDevices),
    _admins("get", "/v1/devices/pending", "List who waits at the door.", None, PendingDevices),
    _admins("post", "/v1/devices/approve", "Let a device in.", Approval, PendingDevices),
    _admins("post", "/v1/devices/revoke", "Shut a device out.", Revocation, OrgDevices),
    _admins("post", "/v1/orgs/found", "Take an organisation's first keys.", Founding, Enrolled),
    _admins("post", "/v1/orgs/rotate", "Take a new sealing key.", Rotation, OrgDevices),
    Endpoint(
        "get",
        "/v1/backups",
        "List the sealed backups that the caller may fetch.",
        None,
        BackupSets,
        is_signed=True,
    ),
    Endpoint(
        "get",
        "/v1/backups/rule",
        "Say whether the organisation's sealed backups are kept.",
        None,
        BackupRule,
        is_signed=True,
    ),
    _backups("/v1/orgs/backups", "Keep backups, or destroy all.", BackupRule, BackupRule, "role"),
    _backups("/v1/orgs/backups/drop", "End a lost one's sets.", LeftBehind, BackupSets, *_LOST),
    _backups("/v1/backups/missing", "Say which pieces to bring.", Pieces, Pieces, "backups-off"),
    _backups("/v1/backups/pieces", "Keep sealed pieces.", Handful, Pieces, *_BROUGHT),
    _backups("/v1/backups/keep", "Keep a set.", Keeping, BackupSets, *_KEPT),
    _backups("/v1/backups/drop", "Destroy own sets.", Dropping, BackupSets, "backups-off"),
    _backups("/v1/backups/set", "Say what a set is made of.", SetWanted, BackupSet, *_FETCHED),
    _backups("/v1/backups/fetch", "Hand out pieces.", PiecesWanted, Handful, *_FETCHED),
    Endpoint(
        "get",
        "/hsds/organizations",
        "Hand out a page of the public directory, as Open Referral HSDS 3.1 describes it.",
        media="application/json",
        own=("too-often",),
        queries=("page", "per_page"),
    ),
    Endpoint("get", "/livez", "Say that the process answers.", media="text/plain"),
    Endpoint("get", "/readyz", "Say that the database answers too.", media="text/plain"),
)
