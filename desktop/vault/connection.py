"""One keyed connection with every safety setting on."""

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import AppError, VaultDamaged
from desktop.vault.checks import looks_encrypted, set_pragmas
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder
from desktop.vault.quarantine import watched

_STATEMENTS = 512
"""Prepared ones that are kept: all there are. Of the usual hundred each new one ousts another."""


def connect(folder: Folder, key: bytes, mode: str = "rw") -> sqlcipher.Connection:
    """Open the database with its raw key and salt. Only `mode` "rwc" makes one."""
    with watched(folder):
        if mode == "rw" and not _is_there(folder):
            raise VaultDamaged(quarantined="")
        db = sqlcipher.connect(
            f"{folder.database.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=_STATEMENTS,
        )
    try:
        # Damage is copied before close() below, whose checkpoint would change the WAL.
        with watched(folder):
            db.execute("PRAGMA cipher_log_level = NONE").fetchall()  # it prints to stderr
            db.execute("PRAGMA cipher_memory_security = ON")
            db.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            set_pragmas(db)
    except (AppError, sqlcipher.Error):
        db.close()
        raise
    return db


def _is_there(folder: Folder) -> bool:
    try:
        return looks_encrypted(folder.database)
    except OSError as error:
        raise from_disk(error) from error
