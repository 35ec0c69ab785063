"""A database copied under other keys into a new file, and compared with it row by row."""

import os
from itertools import zip_longest

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import DiskFailed, DiskFull, VaultDamaged
from desktop.vault.connection import connect
from desktop.vault.failures import from_disk, from_sqlite
from desktop.vault.folder import Folder, flush_folder
from desktop.vault.quarantine import watched

_SAME = object()


def export(source: Folder, key: bytes, target: Folder, fresh_key: bytes) -> None:
    """Copy everything in `source` into a new database in `target`, and prove that it is there.

    Nobody may write to `source` meanwhile. Raises `DiskFull`, `DiskFailed`, `VaultDamaged`.
    """
    # A connection of its own: that of an open vault may attach nothing.
    db = connect(source, key)
    try:
        with watched(source):
            attached = (str(target.database), f"x'{fresh_key.hex()}'")
            db.execute("ATTACH DATABASE ? AS fresh KEY ?", attached)
            # Whatever goes wrong, the new file is thrown away: it needs no journal of its own.
            db.execute("PRAGMA fresh.journal_mode = OFF").fetchall()
            _copy(db, target)
            version = db.execute("PRAGMA main.user_version").fetchone()[0]
            db.execute(f"PRAGMA fresh.user_version = {int(version)}")
            if not _are_alike(db):
                raise VaultDamaged(quarantined="")
            db.execute("DETACH DATABASE fresh")
    finally:
        db.close()


def _copy(db: sqlcipher.Connection, target: Folder) -> None:
    try:
        db.execute("SELECT sqlcipher_export('fresh')").fetchall()
    except sqlcipher.OperationalError as error:
        # This function passes on SQLite's words, and not its code.
        if from_sqlite(error):
            raise
        if "malformed" in str(error):
            raise VaultDamaged(quarantined="") from error
        raise (DiskFull() if target.has_no_room() else DiskFailed()) from error


def flush(folder: Folder) -> None:
    """Put every file of a vault that nobody has open on the disk."""
    try:
        for path in folder.kept:
            if path.exists():
                # Windows flushes only what may be written.
                with path.open("r+b") as file:
                    os.fsync(file.fileno())
        flush_folder(folder.path)
    except OSError as error:
        raise from_disk(error) from error


def _are_alike(db: sqlcipher.Connection) -> bool:
    masters = [
        db.execute(
            f"SELECT type, name, tbl_name, sql FROM {name}.sqlite_master ORDER BY type, name"  # noqa: S608  (names of ours)
        ).fetchall()
        for name in ("main", "fresh")
    ]
    return masters[0] == masters[1] and all(_holds_the_same(db, table) for table in _tables(db))


def _tables(db: sqlcipher.Connection) -> list[tuple[str, bool]]:
    """Return every table that holds rows, those of the full-text index too, and its rowids."""
    rows = db.execute("PRAGMA main.table_list").fetchall()
    return [
        (name, not is_without_rowid)
        for schema, name, kind, _, is_without_rowid, _ in rows
        if schema == "main" and kind in {"table", "shadow"} and not name.startswith("sqlite_")
    ]


def _holds_the_same(db: sqlcipher.Connection, table: tuple[str, bool]) -> bool:
    name, has_rowid = table
    columns = "rowid, *" if has_rowid else "*"
    olds, news = (
        db.execute(f'SELECT {columns} FROM {schema}."{name}"')  # noqa: S608  (names of ours)
        for schema in ("main", "fresh")
    )
    return all(old == new for old, new in zip_longest(olds, news, fillvalue=_SAME))
