"""Making a vault folder, and opening one once its key is known."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.ids import VaultId
from desktop.errors import DiskFull, VaultDamaged, VaultInUse
from desktop.vault import header as headers
from desktop.vault import journal, meta
from desktop.vault.anchor import encoded
from desktop.vault.connection import connect
from desktop.vault.database import Vault
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder, flush_folder, write_whole
from desktop.vault.header import Copies, Copy, Header
from desktop.vault.keys import VaultKeys
from desktop.vault.migrate import migrate
from desktop.vault.owner import OwnerLock
from desktop.vault.quarantine import copy_anew, keep, watched
from desktop.vault.session import Identity, Session
from desktop.vault.swap import settle

_FIRST = 1


@dataclass(frozen=True, slots=True, repr=False)
class Proven:
    """Somebody has just shown that they may open this vault. Short-lived, and never printed."""

    vmk: bytes


@contextmanager
def appearing(place: Path, mark: str) -> Iterator[Path]:
    """Lend a place beside, where a vault is made and closed: it appears at `place` whole.

    Where anything fails nothing is left of it. Raises `VaultInUse` when something is there.
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise VaultInUse
    half = place.with_name(f".{place.name}.{mark}")
    shutil.rmtree(half, ignore_errors=True)
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, half, ignore_errors=True)
        try:
            yield half
            if place.exists():
                place.rmdir()
            half.rename(place)
            flush_folder(place.parent)
        except OSError as error:
            raise from_disk(error) from error


def make(place: Path, header: Header, vmk: bytes) -> None:
    """Make a vault at `place`: it appears there whole, or not at all. Never replaces anything."""
    with appearing(place, header.vault_id.hex) as half:
        half.mkdir(mode=0o700, parents=True)
        _fill(Folder(half), header, header.keys(vmk))


def approach(folder: Folder) -> tuple[OwnerLock, Copies]:
    """Take the vault for this process, end what a kill cut short, and read who may open it.

    Raises `VaultInUse`, `VaultDamaged`, `VaultTooNew`. The caller lets go of the lock.
    """
    with ExitStack() as undo:
        folder.make_private()
        owner = OwnerLock(folder.owner)
        undo.callback(owner.release)
        copy_anew(folder)
        settle(folder)
        with watched(folder):
            copies = headers.read(folder)
        undo.pop_all()
    return owner, copies


def open_vault(
    folder: Folder, copies: Copies, vmk: bytes, owner: OwnerLock
) -> tuple[Vault, tuple[str, ...]]:
    """Prove header, database and anchor against each other; return the vault and what was odd.

    Raises `VaultDamaged`, after a copy of everything was kept.
    """
    header, seq = copies.newest.header, copies.newest.seq
    was_closed = not folder.wal.exists() or folder.wal.stat().st_size == 0
    with ExitStack() as undo:
        with watched(folder):
            keys = header.keys(vmk)
            if not copies.newest.is_genuine(keys.header):
                raise VaultDamaged(quarantined="")
            session = Session(identity_of(folder, header), keys, owner)
        vault = Vault(session)
        undo.callback(vault.close)
        with watched(folder):
            _refuse_older_header(vault, seq)
        if not was_closed or folder.suspect.exists():
            _read_all(vault, folder)
        odd = {
            "header_copy_damaged": copies.is_one_damaged,
            "anchor_torn": session.anchor_was_torn,
            "not_closed": not was_closed,
        }
        _mend(folder, copies, session)
        undo.pop_all()
    return vault, tuple(name for name, is_so in odd.items() if is_so)


def current(vault: Vault) -> Copy:
    """Read the header of an open vault again, and prove it; raises `VaultDamaged`."""
    folder = Folder(vault.folder)
    with watched(folder):
        newest = headers.read(folder).newest
        with vault.reading() as db:
            seen = meta.header_seq(db)
        if not newest.is_genuine(vault.session.keys.header) or newest.seq < seen:
            raise VaultDamaged(quarantined="")
    return newest


def replace_header(vault: Vault, header: Header, seq: int) -> None:
    """Put new key slots in force. Killed at any moment, the old ones or the new ones open."""
    headers.write(Folder(vault.folder), headers.encode(seq, header, vault.session.keys.header))
    with vault.transaction() as db:
        meta.saw_header(db, seq)


def _fill(folder: Folder, header: Header, keys: VaultKeys) -> None:
    db = connect(folder, keys.database, "rwc")
    try:
        with watched(folder):
            migrate(db, header.policy.purpose)
    finally:
        db.close()
    write_whole(folder.anchor, encoded(keys.anchor, journal.START) * 2)
    headers.write(folder, headers.encode(_FIRST, header, keys.header))
    vault = Vault(Session(identity_of(folder, header), keys, OwnerLock(folder.owner)))
    try:
        with vault.transaction() as written:
            meta.saw_header(written, _FIRST)
            meta.code_shown(written)
    finally:
        vault.close()


def identity_of(folder: Folder, header: Header) -> Identity:
    """Return which vault this header speaks of."""
    return Identity(folder, VaultId(header.vault_id), header.world, header.policy.purpose)


def _refuse_older_header(vault: Vault, seq: int) -> None:
    """An older header would let a passphrase that was taken away open the vault again."""
    with vault.reading() as db:
        seen = meta.header_seq(db)
    if seq < seen:
        raise VaultDamaged(quarantined="")
    if seq > seen:
        with suppress(DiskFull), vault.transaction() as db:
            meta.saw_header(db, seq)


def _read_all(vault: Vault, folder: Folder) -> None:
    """After a kill, or once damage was met while it was open."""
    from desktop.vault import backup  # no usual opening needs it

    vault.verify()
    backup.refuse_older(vault)
    with suppress(OSError):  # then all of it is read the next time, too
        folder.suspect.unlink(missing_ok=True)


def _mend(folder: Folder, copies: Copies, session: Session) -> None:
    """Make both copies whole again from the proven one; the damaged bytes are kept first."""
    if copies.is_one_damaged or session.anchor_was_torn:
        keep(folder)
    if session.anchor_was_torn:
        session.mend_anchor()
    if not copies.are_alike:
        with suppress(DiskFull):
            headers.write(folder, copies.newest.content)
