"""What lies where in the repository, how long each role's word holds, and what is too much."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

import msgspec

from sync.protocol.messages import Wire

Files = Mapping[str, bytes]
"""Path as it is served, and what is there."""

NETWORK = "network.json"
ORGS = "orgs/"
ROOTS = "roots/"
"""A root by its fingerprint: where a new laptop begins."""
TIMESTAMP = "timestamp.json"
TARGETS_TAIL = ".targets.json"
WHOLE = "whole"
"""Every target in one answer, for who has none yet: MessagePack of path and content."""
WHOLE_BYTES = 32 << 20
ROOT_BYTES = 64 << 10
TIMESTAMP_BYTES = 8 << 10
LISTING_BYTES = 128 << 10
TARGETS_BYTES = 8 << 20
"""About twenty thousand organisations."""
ORGS_AT_MOST = 20_000
ROOT_THRESHOLD = 2


class Role(StrEnum):
    """Who may say what (TUF 1.0.34, 2.1)."""

    ROOT = "root"
    """Which keys count. Two of three keepers, on paper and sticks in three places."""
    TARGETS = "targets"
    """Who is listed with which keys. Offline."""
    SNAPSHOT = "snapshot"
    """Which versions belong together. Offline."""
    TIMESTAMP = "timestamp"
    """That this is still the newest. On the hub: the only key that is online."""


LIFE = {
    Role.ROOT: timedelta(days=365),
    Role.TARGETS: timedelta(days=90),
    Role.SNAPSHOT: timedelta(days=90),
    Role.TIMESTAMP: timedelta(days=7),
}
"""A hub in wrong hands can hold everybody back, and for no longer than a snapshot lives."""


class Network(Wire, frozen=True):
    """The target that says which network this is, and of which world."""

    name: str
    world: str


class Holders(msgspec.Struct, frozen=True):
    """The public keys of every role, 32 bytes each."""

    root: tuple[bytes, ...]
    targets: bytes
    snapshot: bytes
    timestamp: bytes


class NotTrusted(Exception):
    """A repository, or a part of one, fails its proof. `why` is a word for it."""

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(why)
        self.why = why


def newest(files: Files, role: Role) -> tuple[int, bytes]:
    """Return version and content of the newest file of a role; (0, b"") when there is none."""
    if role is Role.TIMESTAMP:
        return (0, files.get(TIMESTAMP, b""))
    tail = f".{role}.json"
    versions = [name.removesuffix(tail) for name in files if name.endswith(tail)]
    version = max((int(one) for one in versions if one.isdigit()), default=0)
    return version, files.get(f"{version}{tail}", b"")
