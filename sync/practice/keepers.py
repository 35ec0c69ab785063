"""The practice network's keepers: three roots, and the keys of targets and snapshot, in a folder.

In the real world these are people in different places (`bammajung-root`); here they are files.
"""

from datetime import datetime, timedelta
from pathlib import Path

from sync.practice.identity import Chance, write_private
from sync.protocol.codec import canonical, packed, unpacked
from sync.protocol.directory import Listing
from sync.trust.layout import (
    NETWORK,
    ORGS,
    TARGETS_TAIL,
    Files,
    Holders,
    Network,
    Role,
    newest,
)
from sync.trust.making import ends, holders, public_of, published, root, signed

_ROOTS = ("root-1", "root-2", "root-3")
_RENEW_BEFORE = {Role.ROOT: timedelta(days=90), Role.TARGETS: timedelta(days=30)}


class Keepers:
    """Whoever lists who takes part in practice."""

    def __init__(self, folder: Path, chance: Chance) -> None:
        """Work with the keys in this folder; the first time, make them."""
        self._folder, self._chance = folder, chance

    def repository(
        self, network: Network, listings: tuple[Listing, ...], timestamp: bytes, now: datetime
    ) -> Files:
        """Return the repository that holds; sign anew what changed or nears its end.

        `timestamp` is the public key of the hub that stamps it.
        """
        file = self._folder / "repository"
        kept = unpacked(dict[str, bytes], file.read_bytes()) if file.exists() else {}
        files = {**kept, **self._new_root(kept, timestamp, now)}
        if files != kept or not _holds(files, network, listings, now):
            seeds = {role: self._key(role) for role in (Role.TARGETS, Role.SNAPSHOT)}
            files = published(files, network, listings, seeds, now)
            write_private(file, packed(files))
        return files

    def _new_root(self, files: Files, timestamp: bytes, now: datetime) -> Files:
        version, before = newest(files, Role.ROOT)
        wanted = Holders(
            tuple(public_of(self._key(name)) for name in _ROOTS),
            public_of(self._key(Role.TARGETS)),
            public_of(self._key(Role.SNAPSHOT)),
            timestamp,
        )
        if before and holders(before) == wanted and _lasts(before, Role.ROOT, now):
            return {}
        made = root(wanted, now, before)
        for name in _ROOTS[:2]:
            made = signed(made, self._key(name))
        return {f"{version + 1}.root.json": made}

    def _key(self, name: str) -> bytes:
        file = self._folder / f"{name}.key"
        if not file.exists():
            write_private(file, self._chance(32))
        return file.read_bytes()


def _holds(files: Files, network: Network, listings: tuple[Listing, ...], now: datetime) -> bool:
    wanted = {NETWORK: canonical(network)}
    wanted |= {f"{ORGS}{each.org}.json": canonical(each) for each in listings}
    plain = {_without_digest(path): raw for path, raw in files.items() if not _is_metadata(path)}
    return plain == wanted and _lasts(newest(files, Role.TARGETS)[1], Role.TARGETS, now)


def _lasts(raw: bytes, role: Role, now: datetime) -> bool:
    return bool(raw) and ends(raw) - now > _RENEW_BEFORE[role]


def _is_metadata(path: str) -> bool:
    return path.endswith((".root.json", ".snapshot.json", TARGETS_TAIL))


def _without_digest(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{name.partition('.')[2]}"
