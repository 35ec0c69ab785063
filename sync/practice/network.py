"""The practice network: its root key, its invented agencies, and the directory they sign into."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

from sync.client.hsds import Organization
from sync.client.hsds_json import organization
from sync.client.signing import SigningKey
from sync.practice.identity import Chance, Identity, identity_in, write_private
from sync.protocol.codec import canonical, packed, read_json, unpacked
from sync.protocol.directory import (
    DIRECTORY_CONTEXT,
    DirectoryBook,
    Listing,
    SignedDirectory,
)

NAME = "practice"
OWN_CENTRE = "centre"
"""File name of the counselor's own organisation; it is listed first."""
_YEAR = timedelta(days=365)
_RENEW_BEFORE = timedelta(days=90)


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

    root: SigningKey
    centre: Member
    agencies: tuple[Member, ...]
    folder: Path

    @property
    def members(self) -> tuple[Member, ...]:
        """Return the centre and the agencies."""
        return (self.centre, *self.agencies)

    def directory(self, now: datetime) -> SignedDirectory:
        """Return the directory that holds; sign a new version when it changed or nears its end."""
        file = self.folder / "directory"
        kept = unpacked(SignedDirectory, file.read_bytes()) if file.exists() else None
        version = 0
        listings = tuple(member.identity.listing(member.hsds) for member in self.members)
        if kept is not None:
            book = read_json(DirectoryBook, kept.book)
            if canonical(book.listings) == canonical(listings) and _holds(book, now):
                return kept
            version = book.version
        signed = self._signed(version + 1, listings, now)
        write_private(file, packed(signed))
        return signed

    def _signed(
        self, version: int, listings: tuple[Listing, ...], now: datetime
    ) -> SignedDirectory:
        book = canonical(DirectoryBook(NAME, NAME, version, now, now + _YEAR, listings))
        return SignedDirectory(book, self.root.sign(DIRECTORY_CONTEXT + book))


def network_in(home: Path, chance: Chance) -> Network:
    """Return the network kept in the folder; the first time, make every key of it."""
    root_file = home / "network" / "root.key"
    if not root_file.exists():
        write_private(root_file, SigningKey.make(chance).seed)
    members = {name: _member(home / "agencies", name, raw, chance) for name, raw in _records()}
    centre = members.pop(OWN_CENTRE)
    root = SigningKey(root_file.read_bytes())
    return Network(root, centre, tuple(members.values()), home / "network")


def _holds(book: DirectoryBook, now: datetime) -> bool:
    return book.issued <= now < book.expires - _RENEW_BEFORE


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
