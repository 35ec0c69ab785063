"""Reading what a damaged vault still holds, and saying exactly what it does not (R-18).

Nothing is repaired and nothing deleted. The damaged files are kept as they are; what is read comes
from a copy of them, and goes into a new vault at a new place only when a person wishes so.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Unpack

from desktop.errors import VaultDamaged, WrongPassphrase
from desktop.services import backups, members
from desktop.services.backups import Found as Backup
from desktop.services.members import Making
from desktop.services.unlocking import Finder
from desktop.vault import carrying, opening, quarantine, rebuilding, salvage
from desktop.vault import header as headers
from desktop.vault.carrying import Restored
from desktop.vault.columns import stamp
from desktop.vault.folder import Folder
from desktop.vault.header import Header
from desktop.vault.keys import VaultKeys
from desktop.vault.salvage import Gap, Lost, Name, Salvage


@dataclass(frozen=True, slots=True)
class Missing:
    """One record whose last state could not be read: id and time, never words."""

    subject: str
    record: str
    state: str
    """'missing': nothing of it; 'older' or 'unproven': something else of it was read."""
    at: str
    held_by: tuple[str, ...]
    """The backups that hold exactly what was lost, newest first."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Entries of the journal that are lost: what they were about cannot be said."""

    count: int
    after: str
    """The time of the last entry before them, where that is known."""
    held_by: tuple[str, ...]
    """The backups that were made later, and so hold what they were about."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a damaged vault still holds, and exactly what it does not."""

    copy: Path
    """Where the damaged files are kept."""
    world: str
    found: dict[str, int]
    """How many records of each subject could be read."""
    missing: tuple[Missing, ...]
    unknown: tuple[Unknown, ...]
    is_end_known: bool
    """False: the anchor is lost too, so nobody can say how much came after what was read."""
    backups: tuple[str, ...]
    """Every backup these keys open, newest first."""
    what: Salvage = field(repr=False)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing and that is certain."""
        return self.is_end_known and not self.missing and not self.unknown


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A new vault with everything that was read, closed, and its recovery code to write down."""

    folder: Path
    recovery_code: str
    left_out: tuple[Name, ...]
    """Records that make no sense without what was lost: they stay in the damaged copy."""
    keyring_failed: bool
    """The keyring could not keep its secret: the passphrase alone opens the new vault (D-017)."""


def look(place: Path, find: Finder) -> Salvaged:
    """Read a vault's folder, or one of the damaged copies in its `quarantine/`.

    Raises `WrongPassphrase`, `VaultDamaged` when no header is left anywhere, `DiskFull`.
    """
    is_copy = place.parent.name == "quarantine"
    folder = place.parents[1] if is_copy else place
    copy = place if is_copy else _kept_aside(Folder(folder))
    known = backups.found_at(folder)
    header = _header(Folder(copy), known)
    vmk = find(header)
    if vmk is None:
        raise WrongPassphrase
    what = salvage.look(Folder(copy), header, vmk)
    opened = [(each, each.header.keys(vmk)) for each in known if each.header.lid == header.lid]
    return _told(copy, header, what, opened)


def keep(
    salvaged: Salvaged, place: Path, passphrase: str, now: datetime, **making: Unpack[Making]
) -> Kept:
    """Make a new vault at `place` and write everything into it that was read.

    Raises what `members.create` raises. When it fails, nothing is left at `place`.
    """
    # Made where it stands, an empty one would open there after a full disk or a power cut.
    with opening.appearing(place, "salvaged") as half:
        created = members.create(half, passphrase, **making)
        with closing(created.vault) as vault:
            with vault.transaction() as db:
                left_out = rebuilding.rebuild(db, salvaged.what.read, now)
                # The hub may have seen more of the old vault: a person put this in its place.
                carrying.remember(db, Restored(now, salvaged.what.last, now))
            vault.verify()
    return Kept(place, created.recovery_code, left_out, created.keyring_failed)


def _kept_aside(folder: Folder) -> Path:
    name = quarantine.keep(folder)
    if not name:
        raise VaultDamaged(quarantined="")
    return folder.quarantine / name


def _header(copy: Folder, known: tuple[Backup, ...]) -> Header:
    try:
        return headers.read(copy).newest.header
    except VaultDamaged:
        if not known:
            raise
        return known[0].header  # each backup carries the key slots in force


def _told(
    copy: Path, header: Header, what: Salvage, opened: list[tuple[Backup, VaultKeys]]
) -> Salvaged:
    holds = {
        each.path.name: salvage.held(Folder(each.path), keys, what.lost) for each, keys in opened
    }
    made = [each for each, _ in opened]
    return Salvaged(
        copy,
        header.world,
        dict(Counter(each.subject for each in what.read)),
        tuple(_missing(each, holds) for each in what.lost),
        tuple(piece for gap in what.gaps for piece in _pieces(gap, made)),
        what.is_end_known,
        tuple(holds),
        what,
    )


def _pieces(gap: Gap, made: list[Backup]) -> Iterator[Unknown]:
    """Part a gap where backups were made: up to there, each of them knows what happened."""
    times = {each.generation.seq: stamp(each.generation.made_at) for each in made}
    first, after = gap.first, gap.after
    for end in (*sorted(seq for seq in times if gap.first <= seq < gap.last), gap.last):
        held_by = tuple(each.path.name for each in made if each.generation.seq >= end)
        yield Unknown(end - first + 1, after, held_by)
        first, after = end + 1, times.get(end, "")


def _missing(lost: Lost, holds: dict[str, frozenset[Name]]) -> Missing:
    name = (lost.subject, lost.record)
    held_by = tuple(backup for backup, names in holds.items() if name in names)
    return Missing(*name, lost.state, lost.at, held_by)
