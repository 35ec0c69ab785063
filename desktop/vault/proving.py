"""Whether a backup is what was once written, whole: read only, beside whatever else goes on."""

from contextlib import suppress

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import BackupDamaged, VaultDamaged
from desktop.vault import header as headers
from desktop.vault import index, journal, meta, rows
from desktop.vault.anchor import at_rest
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder
from desktop.vault.journal import Head
from desktop.vault.keys import VaultKeys
from desktop.vault.migrate import scripts, version
from desktop.vault.pages import Seals
from desktop.vault.resting import resting


def prove(place: Folder, keys: VaultKeys) -> Head:
    """Read every byte of a generation, its structure, its journal and every row.

    Returns the last link of its journal; raises `BackupDamaged`.
    """
    try:
        if not Seals(keys.database).all_hold(place.database):
            raise BackupDamaged(name=place.path.name)
    except OSError as error:
        raise from_disk(error) from error
    return prove_sealed(place, keys)


def prove_sealed(place: Folder, keys: VaultKeys, known: Head | None = None) -> Head:
    """Prove all but the pages' seals. With `known`, a link that was proven before, read only on.

    Header, anchor and database must speak of one moment.
    """
    with suppress(VaultDamaged, sqlcipher.Error):
        try:
            copies, content = headers.read(place), place.anchor.read_bytes()
            with resting(place.database, keys.database) as db:
                head = journal.head(db)
                is_one = (
                    copies.are_alike
                    and copies.newest.is_genuine(keys.header)
                    and copies.newest.seq >= meta.header_seq(db)
                    and at_rest(keys.anchor, content) == head
                )
                if is_one and (_goes_on(db, keys, known) if known else _is_whole(db, keys)):
                    return head
        except OSError as error:
            raise from_disk(error) from error
    raise BackupDamaged(name=place.path.name)


def _goes_on(db: sqlcipher.Connection, keys: VaultKeys, known: Head) -> bool:
    return journal.holds_since(db, keys, known)


def _is_whole(db: sqlcipher.Connection, keys: VaultKeys) -> bool:
    if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)] or not index.is_whole(db):
        return False
    last = rows.latest(journal.since(db, keys, journal.START))
    if last is None:
        return False
    # An older program's rows are read once they were brought up to date: when restored.
    return version(db) < len(scripts()) or not any(rows.odd(db, keys, last))
