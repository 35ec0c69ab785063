"""New keys for a vault: a new, proven file takes the place of the old one (R-04, D-038).

What was copied before stays what it was: a backup, or a copy that a removed member has already
made, opens with the old keys for ever. Only what is written afterwards is out of reach.
"""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

import msgspec

from desktop.errors import VaultInUse
from desktop.vault import header as headers
from desktop.vault import meta, opening
from desktop.vault.anchor import encoded
from desktop.vault.database import Db, Vault
from desktop.vault.export import export, flush
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder, write_whole
from desktop.vault.header import Header
from desktop.vault.keys import KEY, NONCE, Chance, VaultKeys, carried, scope_of
from desktop.vault.owner import OwnerLock
from desktop.vault.session import Session
from desktop.vault.slots import Lid, Slot
from desktop.vault.swap import Step, commit, quietly


@dataclass(frozen=True, slots=True, repr=False)
class Epoch:
    """The epoch to come: its VMK, its number, and the slots that will open it."""

    header: Header
    seq: int
    vmk: bytes

    @property
    def lid(self) -> Lid:
        """What each new slot is bound to."""
        return self.header.lid

    def opened_by(self, *slots: Slot) -> "Epoch":
        """Return the same epoch with these slots, and no others."""
        return replace(self, header=self.header.with_slots(slots))


def next_epoch(vault: Vault, chance: Chance) -> Epoch:
    """Return the epoch after this one, with a new VMK and no slot yet."""
    copy, vmk = opening.current(vault), chance(KEY)
    old = copy.header
    scope = scope_of(old.vault_id, old.epoch + 1)
    journal_keys = carried(vault.session.keys, vmk, scope, chance(NONCE))
    header = msgspec.structs.replace(old, epoch=old.epoch + 1, slots=(), carried=journal_keys)
    return Epoch(header, copy.seq + 1, vmk)


def renew(vault: Vault, epoch: Epoch, write: Callable[[Db], None], step: Step = quietly) -> None:
    """Put everything in `vault` under the keys of `epoch`, and close it. Open it anew afterwards.

    `write` makes the changes that belong to the new epoch. Killed at any moment, the old keys
    open or the new ones do. Raises `VaultInUse` while another connection is open, `DiskFull`,
    `DiskFailed`, `VaultDamaged`: then the old keys are still in force, and `vault` stays open.
    """
    folder, session = Folder(vault.folder), vault.session
    with session.lock:
        session.check_disk()
        if not session.is_alone:
            raise VaultInUse
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, folder.half.path, ignore_errors=True)
            _prepare(folder, session, epoch, write, step)
            _commit(folder, session)
            undo.pop_all()
        step("committed")
        # The new files move in when the vault is opened (`swap.settle`), here or by a restart.
        vault.close()


def _prepare(
    folder: Folder, session: Session, epoch: Epoch, write: Callable[[Db], None], step: Step
) -> None:
    half, keys = folder.half, epoch.header.keys(epoch.vmk)
    try:
        shutil.rmtree(half.path, ignore_errors=True)
        half.path.mkdir(mode=0o700)
    except OSError as error:
        raise from_disk(error) from error
    export(folder, session.keys.database, half, keys.database)
    step("exported")
    write_whole(half.anchor, encoded(keys.anchor, session.head) * 2)
    headers.write(half, headers.encode(epoch.seq, epoch.header, keys.header))
    step("headed")
    _prove(half, keys, epoch, write)
    step("proven")
    flush(half)
    step("flushed")


def _prove(half: Folder, keys: VaultKeys, epoch: Epoch, write: Callable[[Db], None]) -> None:
    """Open the new files as any vault is opened, write what is new, and read every byte."""
    identity = opening.identity_of(half, epoch.header)
    fresh = Vault(Session(identity, keys, OwnerLock(half.owner)))
    try:
        with fresh.transaction() as db:
            meta.saw_header(db, epoch.seq)
            write(db)
        fresh.verify()
    finally:
        fresh.close()


def _commit(folder: Folder, session: Session) -> None:
    try:
        commit(folder)
    except OSError as error:
        # The rename may have happened: what the old file took from now on could be lost.
        session.disk_failed()
        raise from_disk(error) from error
