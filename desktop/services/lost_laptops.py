"""What a lost laptop left at the hub, brought to a stick: there it is a backup like any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.backups import Generation, named
from desktop.errors import BackupDamaged, CopyFailed, WrongWorld
from desktop.paths import refuse_synced
from desktop.services import enrolment
from desktop.services.backups import ON_A_STICK, elsewhere
from desktop.services.office_line import (
    ANSWER_SECONDS,
    Handfuls,
    Progress,
    Watch,
    go_on,
    in_our_words,
    patiently,
)
from desktop.vault import pieces
from desktop.vault.database import Vault
from desktop.vault.pieces import File
from desktop.vault.shelf import Shelf
from sync.client import backups, errors
from sync.protocol.backups import PIECE_BYTES, BackupSet, KeptSet

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

__all__ = ["LostBackup", "Progress", "Watch", "bring", "destroy", "lost"]

_ROUNDED = len(pieces.FILES) * PIECE_BYTES


@dataclass(frozen=True, slots=True)
class LostBackup:
    """A backup at the hub, as the hub describes it: proven only by restoring it."""

    device: str
    """Which laptop left it: `devices.Device.id`."""
    generation: Generation
    size: int
    """Bytes."""
    left_at: datetime
    is_own: bool
    """This laptop left it itself."""


def lost(vault: Vault, hub: "HttpHub", now: datetime) -> tuple[LostBackup, ...]:
    """Return what may be brought, newest first: for an admin what any laptop of ours left.

    Raises HubAway, NotEnrolled.
    """
    with vault.reading() as db:
        own = enrolment.current(db)
    with in_our_words():
        sets = backups.kept(hub, now)
    found = [
        LostBackup(each.device, made, each.bytes, each.at, each.device == own.device)
        for each in sets
        if (made := named(each.name))
    ]
    return tuple(sorted(found, key=lambda each: (each.left_at, each.generation.seq)))[::-1]


def bring(vault: Vault, hub: "HttpHub", which: LostBackup, place: Path, watch: Watch) -> Path:
    """Bring one to a stick, whole or not at all; returns the folder that `restore` takes.

    Nothing of it can be opened here: only the recovery code of its owner does. Raises HubAway,
    HubRefused, BackupDamaged when a piece is another than it was left as, BackupFailed when it
    was stopped, WrongWorld, UnsafePlace, NoRoomThere, CopyFailed.
    """
    if not place.is_dir():
        raise CopyFailed
    refuse_synced(place)
    hub.answer_seconds = ANSWER_SECONDS
    name = which.generation.name
    asked = KeptSet(which.device, name, which.left_at, which.size)
    try:
        with in_our_words(), elsewhere():
            fetching = _Fetching(hub, backups.made_of(hub, asked, watch.clock()), watch)
            return _brought(vault, fetching, place, which)
    except BackupDamaged as error:
        raise BackupDamaged(name=name) from error


def destroy(vault: Vault, hub: "HttpHub", device: str, now: datetime) -> tuple[LostBackup, ...]:
    """Have all destroyed at the hub that a laptop left which is shut out; return what stays.

    What its owner purged since is still in it. Raises HubAway, HubRefused, NotAdmin.
    """
    with in_our_words():
        backups.drop_lost(hub, device, now)
    return lost(vault, hub, now)


def _brought(vault: Vault, fetching: "_Fetching", place: Path, which: LostBackup) -> Path:
    made = which.generation
    if fetching.total > which.size + _ROUNDED:  # more than a person was told
        raise BackupDamaged(name=made.name)
    shelf = Shelf(place / ON_A_STICK)
    shelf.tidy()
    with shelf.making() as half:
        told = pieces.put_together(half, fetching.files(), fetching)
        if told.header.world != vault.world:
            raise WrongWorld
        there = Shelf(shelf.path / told.header.vault_id.hex[:8])
        there.path.mkdir(mode=0o700, exist_ok=True)
        if made in there.listing():
            there.destroy(made)  # it may be half of what it was: nobody here can tell
        there.stand(half, made)
    return there.place(made).path


class _Fetching:
    """Gives the pieces of one set, and tells how far it is."""

    def __init__(self, hub: "HttpHub", made: BackupSet, watch: Watch) -> None:
        self._hub, self._made, self._watch = hub, made, watch
        self.total = sum(file.size for file in self.files())
        """Bytes, every last piece counted as a full one."""
        self._done = 0

    def files(self) -> tuple[File, ...]:
        """Return the files; how long the last piece of each is, is not known yet."""
        return tuple(
            File(each.name, len(each.digests) * PIECE_BYTES, each.digests)
            for each in self._made.files
        )

    def __call__(self, file: File) -> Iterator[bytes]:
        """Yield the pieces of a file, each what its digest says."""
        hub, watch, device = self._hub, self._watch, self._made.device
        for some in Handfuls(file.digests):
            go_on(watch)
            try:
                ask = partial(backups.fetched, hub, device, some, watch.clock())
                found = patiently(watch, ask)
            except errors.Tampered as error:
                raise BackupDamaged(name=self._made.name) from error
            self._done += len(some) * PIECE_BYTES
            watch.told(Progress(self._done, self.total))
            yield from found
