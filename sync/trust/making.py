"""Making the repository: roots that keepers sign, listings and snapshot, the hub's timestamp."""

import re
from datetime import datetime
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api import metadata as tuf
from tuf.api.exceptions import RepositoryError, UnsignedMetadataError
from tuf.api.serialization import DeserializationError
from tuf.api.serialization.json import JSONSerializer

from sync.protocol.codec import canonical
from sync.protocol.digests import sha256
from sync.protocol.directory import Listing
from sync.trust.layout import (
    LIFE,
    NETWORK,
    ORGS,
    ROOT_THRESHOLD,
    TIMESTAMP,
    Files,
    Holders,
    Network,
    NotTrusted,
    Role,
    newest,
)

_ORG = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
_written = partial(tuf.Metadata.to_bytes, serializer=JSONSerializer(compact=True))


def root(holders: Holders, now: datetime, previous: bytes = b"") -> bytes:
    """Return a root of these keys, the one after `previous`. It counts once keepers signed it."""
    version = _read(previous).signed.version + 1 if previous else 1
    made = tuf.Root(version, expires=_end(Role.ROOT, now), consistent_snapshot=True)
    for role, publics in (
        (Role.ROOT, holders.root),
        (Role.TARGETS, (holders.targets,)),
        (Role.SNAPSHOT, (holders.snapshot,)),
        (Role.TIMESTAMP, (holders.timestamp,)),
    ):
        for public in publics:
            made.add_key(_key(public), role.value)
    made.roles[Role.ROOT.value].threshold = ROOT_THRESHOLD
    return _written(tuf.Metadata(made))


def signed(raw: bytes, seed: bytes) -> bytes:
    """Return the metadata with one more signature."""
    document = _read(raw)
    document.sign(_signer(seed), append=True)
    return _written(document)


def holders(raw: bytes) -> Holders:
    """Return whose keys a root names."""
    made = _root(raw)

    def keys(role: Role) -> tuple[bytes, ...]:
        return tuple(
            bytes.fromhex(made.keys[name].keyval["public"]) for name in made.roles[role].keyids
        )

    single = (keys(role)[0] for role in (Role.TARGETS, Role.SNAPSHOT, Role.TIMESTAMP))
    return Holders(keys(Role.ROOT), *single)


def check_root(raw: bytes, previous: bytes = b"") -> None:
    """Raise `NotTrusted` unless enough keepers signed, of the new root and of the one before."""
    document = _read(raw)
    try:
        _root(raw).verify_delegate(Role.ROOT, document.signed_bytes, document.signatures)
        if previous:
            _root(previous).verify_delegate(Role.ROOT, document.signed_bytes, document.signatures)
    except UnsignedMetadataError as error:
        raise NotTrusted("signatures") from error
    if previous and document.signed.version != _read(previous).signed.version + 1:
        raise NotTrusted("version")


def fingerprint(files: Files) -> bytes:
    """Return what a new laptop pins: SHA-256 of the newest root."""
    return sha256(newest(files, Role.ROOT)[1])


def published(
    files: Files,
    network: Network,
    listings: tuple[Listing, ...],
    seeds: dict[Role, bytes],
    now: datetime,
) -> dict[str, bytes]:
    """Return the repository with these listings, signed anew; `seeds` are targets' and snapshot's.

    Roots stay; what is no longer listed goes.
    """
    contents = {NETWORK: canonical(network)}
    for listing in listings:
        if not _ORG.fullmatch(listing.org):
            raise NotTrusted("organisation id")
        contents[f"{ORGS}{listing.org}.json"] = canonical(listing)
    made = {name: raw for name, raw in files.items() if name.endswith(".root.json")}
    targets = tuf.Targets(newest(files, Role.TARGETS)[0] + 1, expires=_end(Role.TARGETS, now))
    for path, content in contents.items():
        targets.targets[path] = tuf.TargetFile.from_data(path, content, ["sha256"])
        folder, slash, name = path.rpartition("/")
        made[f"{folder}{slash}{sha256(content).hex()}.{name}"] = content
    raw = _signed(targets, seeds[Role.TARGETS])
    made[f"{targets.version}.targets.json"] = raw
    snapshot = tuf.Snapshot(newest(files, Role.SNAPSHOT)[0] + 1, expires=_end(Role.SNAPSHOT, now))
    snapshot.meta["targets.json"] = tuf.MetaFile.from_data(targets.version, raw, ["sha256"])
    made[f"{snapshot.version}.snapshot.json"] = _signed(snapshot, seeds[Role.SNAPSHOT])
    return made


def stamped(files: Files, seed: bytes, now: datetime) -> bytes:
    """Return the timestamp that says: this snapshot is the newest, as of now."""
    version, raw = newest(files, Role.SNAPSHOT)
    if not version:
        raise NotTrusted("no snapshot")
    before = files.get(TIMESTAMP, b"")
    # By the clock: a hub put back to an earlier day must not stamp lower than it once did.
    next_one = _read(before).signed.version + 1 if before else 1
    number = max(next_one, int(now.timestamp()))
    made = tuf.Timestamp(number, expires=_end(Role.TIMESTAMP, now))
    made.snapshot_meta = tuf.MetaFile.from_data(version, raw, ["sha256"])
    return _signed(made, seed)


def ends(raw: bytes) -> datetime:
    """Return when this metadata stops to count."""
    found: datetime = _read(raw).signed.expires
    return found


def public_of(seed: bytes) -> bytes:
    """Return the public half of a role's key."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _signed(made: Any, seed: bytes) -> bytes:
    document = tuf.Metadata(made)
    document.sign(_signer(seed))
    return _written(document)


def _root(raw: bytes) -> tuf.Root:
    made = _read(raw).signed
    if not isinstance(made, tuf.Root):
        raise NotTrusted("no root")
    return made


def _read(raw: bytes) -> "tuf.Metadata[Any]":
    try:
        return tuf.Metadata.from_bytes(raw)
    except (DeserializationError, RepositoryError) as error:
        raise NotTrusted("unreadable") from error


def _signer(seed: bytes) -> CryptoSigner:
    return CryptoSigner(Ed25519PrivateKey.from_private_bytes(seed))


def _key(public: bytes) -> SSlibKey:
    return SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(public))


def _end(role: Role, now: datetime) -> datetime:
    return (now + LIFE[role]).replace(microsecond=0)
