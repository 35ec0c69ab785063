"""The one row that holds the newest proven directory, and the public files that prove the next."""

from collections.abc import Callable, Mapping

from desktop.domain.agencies import Agency
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands
from sync.protocol.codec import Unreadable, canonical, packed, unpacked
from sync.protocol.directory import DirectoryBook


def keep(db: Db, book: DirectoryBook, files: Mapping[str, bytes]) -> None:
    """Keep a directory that was proven, and what it was proven by."""
    db.execute(
        "INSERT INTO directory (one, version, book, sig) VALUES (1, ?, ?, ?)"
        " ON CONFLICT (one) DO UPDATE SET version = excluded.version, book = excluded.book,"
        " sig = excluded.sig",
        (book.version, canonical(book), packed(dict(files))),
    )
    as_it_stands(db, "directory.kept", 1, book.version)


def version(db: Db) -> int:
    """Return the version we have; 0 for none."""
    row = db.execute("SELECT version FROM directory").fetchone()
    return int(row[0]) if row else 0


def kept(db: Db) -> bytes | None:
    """Return the directory in canonical JSON."""
    row = db.execute("SELECT book FROM directory").fetchone()
    return bytes(row[0]) if row else None


def agencies(db: Db, read: Callable[[bytes], tuple[Agency, ...]]) -> tuple[Agency, ...]:
    """Return what `read` makes of the directory: once, and again after a new one was kept."""
    session, state = db.session, db.seen("directory")
    known = session.agencies
    if known is not None and known[0] == state:
        return known[1]
    book = kept(db)
    found = read(book) if book else ()
    if state is not None:
        session.agencies = (state, found)
    return found


def files(db: Db) -> dict[str, bytes]:
    """Return the files by which the next directory is proven; none before the first."""
    row = db.execute("SELECT sig FROM directory").fetchone()
    try:
        return unpacked(dict[str, bytes], row[0]) if row else {}
    except Unreadable:
        return {}  # a single signature: kept before there were files (D-C1)
