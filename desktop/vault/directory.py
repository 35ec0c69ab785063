"""The one row that holds the newest signed directory."""

from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands
from sync.protocol.directory import SignedDirectory


def keep(db: Db, version: int, signed: SignedDirectory) -> None:
    """Keep a directory that was verified."""
    db.execute(
        "INSERT INTO directory (one, version, book, sig) VALUES (1, ?, ?, ?)"
        " ON CONFLICT (one) DO UPDATE SET version = excluded.version, book = excluded.book,"
        " sig = excluded.sig",
        (version, signed.book, signed.sig),
    )
    as_it_stands(db, "directory.kept", 1, version)


def version(db: Db) -> int:
    """Return the version we have; 0 for none."""
    row = db.execute("SELECT version FROM directory").fetchone()
    return int(row[0]) if row else 0


def kept(db: Db) -> SignedDirectory | None:
    """Return the directory as it was signed."""
    row = db.execute("SELECT book, sig FROM directory").fetchone()
    return SignedDirectory(book=row[0], sig=row[1]) if row else None
