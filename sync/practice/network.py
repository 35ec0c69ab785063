"""The practice network: its keepers, its invented agencies, and the directory they are in."""

import json
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from sync.hsds.json_files import organization
from sync.hsds.records import Organization
from sync.practice.identity import Chance, Identity, identity_in
from sync.practice.keepers import Keepers
from sync.protocol.codec import canonical
from sync.trust.layout import Files
from sync.trust.layout import Network as Named

NAME = "practice"
OWN_CENTRE = "centre"
"""File name of the counselor's own organisation; it is listed first."""


@dataclass(frozen=True, slots=True)
class Member:
    """One invented organisation: what it says of itself, its keys, and how it answers."""

    record: Organization
    hsds: bytes
    identity: Identity
    folder: Path
    reply: str


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody in the practice world."""

    keepers: Keepers
    centre: Member
    agencies: tuple[Member, ...]

    @property
    def members(self) -> tuple[Member, ...]:
        """Return the centre and the agencies."""
        return (self.centre, *self.agencies)

    def repository(self, timestamp: bytes, now: datetime) -> Files:
        """Return the directory that holds, for the hub that stamps with this public key."""
        listings = tuple(member.identity.listing(member.hsds) for member in self.members)
        return self.keepers.repository(Named(NAME, NAME), listings, timestamp, now)


def network_in(home: Path, chance: Chance) -> Network:
    """Return the network kept in the folder; the first time, make every key of it."""
    members = {name: _member(home / "agencies", name, raw, chance) for name, raw in _records()}
    centre = members.pop(OWN_CENTRE)
    keepers = Keepers(home / "network", chance)
    return Network(keepers, centre, tuple(members.values()))


def _records() -> tuple[tuple[str, bytes], ...]:
    folder = resources.files(__package__) / "agencies"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    found = [(file.name, file.read_bytes()) for file in files if file.name.endswith(".json")]
    # Canonical, so that another layout of the same file is not another directory.
    return tuple((name.removesuffix(".json"), canonical(json.loads(raw))) for name, raw in found)


def _member(agencies: Path, name: str, hsds: bytes, chance: Chance) -> Member:
    record = organization(hsds, f"{name}.json")
    folder = agencies / record.id
    role = "admin" if name == OWN_CENTRE else "desk"
    identity = identity_in(folder, record.id, role, chance)
    return Member(record, hsds, identity, folder, _reply_of(record.kind))


def _reply_of(kind: str) -> str:
    raw = (resources.files(__package__) / "replies.json").read_text("utf-8")
    replies: dict[str, str] = json.loads(raw)
    return replies.get(kind, replies["other"])
