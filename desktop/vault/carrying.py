"""A backup taken elsewhere: to a stick, and from there, or from anywhere, to a new place."""

import shutil
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop.domain.backups import Generation, named
from desktop.errors import BackupDamaged, BackupFailed, CopyFailed, PlaceTaken, VaultDamaged
from desktop.vault import header as headers
from desktop.vault import meta, sending
from desktop.vault.backup import always
from desktop.vault.columns import stamp, time
from desktop.vault.database import Db, Vault
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder, flush_folder
from desktop.vault.keys import VaultKeys
from desktop.vault.opening import identity_of
from desktop.vault.owner import OwnerLock
from desktop.vault.proving import prove
from desktop.vault.session import Session
from desktop.vault.shelf import GoesOn, Shelf, copied, flush, forget, put

_RESTORED = "restored"
_SINCE = (
    "SELECT 1 FROM op WHERE seq > (SELECT seq FROM op WHERE kind = 'vault.kept'"
    " AND record = ? ORDER BY seq DESC LIMIT 1) AND kind = ? AND record = ?"
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a vault that came out of a backup knows of that: why it is older than the hub saw."""

    made_at: datetime
    seq: int
    at: datetime


def carry(source: Folder, shelf: Shelf, keys: VaultKeys, goes_on: GoesOn) -> Generation:
    """Copy a generation to another shelf, read it back from the disk there, and prove it.

    What stood there before and knows no more than it goes afterwards: a purged word must not
    live on in it. Raises `BackupDamaged` when `source` is, `CopyFailed` when what was read back is
    something else, `BackupFailed` when it was stopped, `DiskFull`, `DiskFailed`.
    """
    made = named(source.path.name)
    if made is None:
        raise BackupDamaged(name=source.path.name)
    shelf.tidy()
    if made in shelf.listing():
        with suppress(BackupDamaged):
            prove(shelf.place(made), keys)
            return made
        shelf.destroy(made)
    with shelf.making() as half:
        _copy(source, half, goes_on)
        forget(half.database)
        try:
            prove(half, keys)
        except BackupDamaged as error:
            prove(source, keys)
            raise CopyFailed from error
        shelf.stand(half, made)
    for old in shelf.listing():
        if old != made and old.seq <= made.seq:
            shelf.destroy(old)
    return made


def restore(
    source: Folder, place: Folder, keys: VaultKeys, now: datetime, goes_on: GoesOn = always
) -> None:
    """Put the vault of a generation at `place`: it appears there whole and proven, or not at all.

    Raises `PlaceTaken`, `BackupDamaged`, `BackupFailed` when it was stopped or `source` ended
    early, `DiskFull`, `DiskFailed`, `VaultTooNew`.
    """
    made = named(source.path.name)
    if made is None:
        raise BackupDamaged(name=source.path.name)
    if place.path.exists() and (not place.path.is_dir() or any(place.path.iterdir())):
        raise PlaceTaken
    half = Folder(place.path.with_name(f".{place.path.name}.restoring"))
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, half.path, ignore_errors=True)
        try:
            shutil.rmtree(half.path, ignore_errors=True)
            half.path.mkdir(mode=0o700, parents=True)
            _proven_copy(source, half, keys, goes_on)
            _mark(half, keys, Restored(made.made_at, made.seq, now))
            _go_on(goes_on)
            if place.path.exists():
                place.path.rmdir()
            half.path.rename(place.path)
            flush_folder(place.path.parent)
        except BackupDamaged as error:
            raise BackupDamaged(name=made.name) from error
        except OSError as error:
            raise from_disk(error) from error


def restored(db: Db) -> Restored | None:
    """Return when this vault came out of a backup, and out of which; None when it never did."""
    text = meta.kept(db, _RESTORED)
    if text is None:
        return None
    made_at, seq, at = text.split()
    return Restored(time(made_at), int(seq), time(at))


def may_have_forgotten(db: Db, born: str, record: UUID) -> bool:
    """Say whether this vault came out of a backup that knew this record, journalled as `born`.

    What was done about it after the backup is not known here. The journal tells, and no clock.
    """
    if restored(db) is None:
        return False
    return db.execute(_SINCE, (_RESTORED, born, str(record))).fetchone() is None


def remember(db: Db, what: Restored) -> None:
    """Write down in a vault where it comes from. Nothing says any more that what waits never left.

    Whoever had the vault may have sent it after the backup was made (D-154).
    """
    words = f"{stamp(what.made_at)} {what.seq} {stamp(what.at)}"
    meta.keep(db, _RESTORED, words, what.at)
    sending.may_have_left(db, what.at)


def _proven_copy(source: Folder, half: Folder, keys: VaultKeys, goes_on: GoesOn) -> None:
    _copy(source, half, goes_on)
    _go_on(goes_on)
    prove(half, keys)
    _go_on(goes_on)


def _go_on(goes_on: GoesOn) -> None:
    if not goes_on():
        raise BackupFailed


def _mark(half: Folder, keys: VaultKeys, what: Restored) -> None:
    """Bring it up to date, read every row, and write down in it where it comes from."""
    header = headers.read(half).newest.header
    session = Session(identity_of(half, header), keys, OwnerLock(half.owner))
    with closing(Vault(session)) as vault:
        try:
            vault.verify()
        except VaultDamaged as error:
            raise BackupDamaged(name=half.path.name) from error
        with vault.transaction() as db:
            remember(db, what)


def _copy(source: Folder, half: Folder, goes_on: GoesOn) -> None:
    for old, new in zip(source.headers, half.headers, strict=True):
        put(new, old.read_bytes())
    put(half.anchor, source.anchor.read_bytes())
    size = source.database.stat().st_size
    for _ in copied(source.database, half.database, size, goes_on):
        pass
    flush(half.database)
