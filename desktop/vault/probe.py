"""A throw-away encrypted file, made to see that this build really encrypts (R-10)."""

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.vault.checks import check_build, looks_encrypted
from desktop.vault.connection import connect
from desktop.vault.folder import Folder

_KEY_AND_SALT = 48


@dataclass(frozen=True, slots=True)
class Build:
    """What the probe found. It exists only when every pragma read back as it was set."""

    sqlite: str
    sqlcipher: str
    is_encrypting: bool


def probe() -> Build:
    """Open a scratch file the way vaults are opened; raises `UnsafeBuild` as they would."""
    check_build()
    with TemporaryDirectory(prefix="bammajung-") as scratch:
        folder = Folder(Path(scratch))
        db = connect(folder, os.urandom(_KEY_AND_SALT), "rwc")
        try:
            cipher = db.execute("PRAGMA cipher_version").fetchone()[0]
            db.execute("CREATE TABLE probe (word TEXT) STRICT")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            db.close()
        return Build(sqlcipher.sqlite_version, cipher, looks_encrypted(folder.database))
