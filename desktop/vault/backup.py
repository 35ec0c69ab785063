"""Making a backup: the encrypted file is copied as it lies there, while nobody can change it.

A reader that finds the WAL empty holds the database file itself: until it ends, no checkpoint
writes to it (SQLite's read lock 0), while saving goes on into the WAL. So what is copied is one
moment, encrypted already, and every page of the copy proves itself (D-041). VACUUM INTO would
encrypt everything anew, and take five times as long.
"""

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import sleep

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain import backups
from desktop.domain.backups import Generation
from desktop.errors import BackupDamaged, BackupFailed, VaultDamaged
from desktop.vault import header as headers
from desktop.vault import journal
from desktop.vault.anchor import at_rest, encoded
from desktop.vault.checks import forbid
from desktop.vault.connection import connect
from desktop.vault.database import Vault
from desktop.vault.folder import Folder
from desktop.vault.header import Copy, Header
from desktop.vault.journal import Head
from desktop.vault.keys import VaultKeys
from desktop.vault.pages import PAGE, Reading, Seals
from desktop.vault.proving import prove, prove_sealed
from desktop.vault.quarantine import watched
from desktop.vault.session import Session
from desktop.vault.shelf import GoesOn, Shelf, copied, flush, put

_ONE_AT_A_TIME = Lock()
_TRIES, _PAUSE = 50, 0.1
"""So often, and so many seconds apart: somebody may be reading an older state just now."""


@dataclass(frozen=True, slots=True)
class _Before:
    """A backup that was proven when it was made."""

    head: Head
    database: Path


def always() -> bool:
    """Go on."""
    return True


def make(
    vault: Vault, now: datetime, *, reads_all: bool = False, goes_on: GoesOn = always
) -> Generation:
    """Put a proven copy of the vault into its `backup/`; from any thread, while others write.

    Header, anchor, what was journalled since the backup before, and the seal of every page that
    is not byte for byte the page proven there, are always proven; with `reads_all` every seal,
    structure, the whole journal and every row. Nothing made before is touched until then.

    Raises `BackupFailed`, `DiskFull`, `DiskFailed`, and `VaultDamaged` when the fault is the
    vault's own.
    """
    session = vault.session
    session.check_disk()
    shelf = Shelf(session.identity.folder.backup)
    with _ONE_AT_A_TIME:
        shelf.tidy()
        try:
            made = _made(session, shelf, now, reads_all, goes_on)
        except BackupDamaged as error:
            with closing(vault.sibling()) as own:
                own.verify()
            raise BackupFailed from error
        _keep_order(shelf, made, now)
    return made


def refuse_older(vault: Vault) -> None:
    """Raise `VaultDamaged` where a vault knows less than its own last backup: it was put back."""
    session = vault.session
    before = _proven_before(Shelf(session.identity.folder.backup), session.keys)
    with vault.reading() as db:
        if before and not journal.holds(db, before.head):
            raise VaultDamaged(quarantined="")


def destroy_before(folder: Folder, moment: datetime) -> int:
    """Destroy every generation made before `moment`; return how many."""
    shelf = Shelf(folder.backup)
    with _ONE_AT_A_TIME:
        old = [made for made in shelf.listing() if made.made_at < moment]
        for made in old:
            shelf.destroy(made)
    return len(old)


def destroy_older(folder: Folder, than: Generation) -> int:
    """Destroy every generation in which less had happened; return how many."""
    shelf = Shelf(folder.backup)
    with _ONE_AT_A_TIME:
        old = [made for made in shelf.listing() if made.seq < than.seq]
        for made in old:
            shelf.destroy(made)
    return len(old)


def _made(
    session: Session, shelf: Shelf, now: datetime, reads_all: bool, goes_on: GoesOn
) -> Generation:
    keys, made = session.keys, backups.generation(now, session.head.seq)
    if made in shelf.listing():
        prove(shelf.place(made), keys)
        return made
    before = _proven_before(shelf, keys)
    like = None if reads_all or before is None else before.database
    with shelf.making() as half, Seals(keys.database).reading(half.database, like) as reading:
        head = _copied_at_rest(session, half, before, reading, goes_on)
        with watched(session.identity.folder):
            header = headers.read(session.identity.folder).newest
        # Read after the database: never older than what the database has seen.
        for path in half.headers:
            put(path, header.content)
        put(half.anchor, encoded(keys.anchor, head) * 2)
        flush(half.database)
        if not reading.all_hold():
            raise BackupDamaged(name=half.path.name)
        prove_sealed(half, keys, before.head if before and not reads_all else None)
        if not goes_on():
            raise BackupFailed
        made = backups.generation(now, head.seq)
        shelf.stand(half, made)
    return made


def _copied_at_rest(
    session: Session, half: Folder, before: _Before | None, reading: Reading, goes_on: GoesOn
) -> Head:
    """Copy the database while it is held still, and let go of it at once.

    A vault that knows less than its own last backup was put back: that must be told.
    """
    folder = session.identity.folder
    session.join()
    try:
        with closing(connect(folder, session.keys.database)) as db:
            forbid(db)
            head = _held_still(session, db, goes_on)
            with watched(folder):
                if before and not journal.holds(db, before.head):
                    raise VaultDamaged(quarantined="")
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            for part in copied(folder.database, half.database, pages * PAGE, goes_on):
                reading.look(*part)
            db.execute("ROLLBACK")
    finally:
        session.leave()
    return head


def _held_still(session: Session, db: sqlcipher.Connection, goes_on: GoesOn = always) -> Head:
    """Begin a reading in which the file holds all that was committed, and nobody changes it."""
    for _ in range(_TRIES):
        with session.lock, watched(session.identity.folder):
            is_busy, logged, written = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if not is_busy and logged == written:
                db.execute("BEGIN")
                return session.last(db)
        if not goes_on():
            break
        sleep(_PAUSE)
    raise BackupFailed


def _proven_before(shelf: Shelf, keys: VaultKeys) -> _Before | None:
    """Return the newest backup of this epoch."""
    for generation in shelf.listing():
        place = shelf.place(generation)
        with suppress(OSError):  # one that cannot be read is none to go on from
            head = at_rest(keys.anchor, place.anchor.read_bytes())
            if head:
                return _Before(head, place.database)
    return None


def _keep_order(shelf: Shelf, made: Generation, now: datetime) -> None:
    """After a new one is proven: pass the key slots in force on, and destroy what is over."""
    fresh = shelf.header_of(made)
    if fresh is None:
        raise BackupFailed
    shelf.give_header(fresh.content)
    known = [g for g in shelf.listing() if _is_of(shelf.header_of(g), fresh.header)]
    for old in set(shelf.listing()) - backups.kept(known, now) - {made}:
        shelf.destroy(old)


def _is_of(told: Copy | None, header: Header) -> bool:
    # Of the epoch before: the keys were given up, and no code in force opens it.
    return told is not None and told.header.lid == header.lid
