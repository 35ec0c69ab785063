"""What a destruction leaves beside the rows, and its way out of the file.

FTS5's secure-delete takes a word out of the pages of its index. But the first word of a page also
stands in the list by which pages are found, and stays there until that piece of the index is
written anew. So it is written anew, a little at a time: in between somebody may go on typing.

SQLite's secure_delete overwrites what is given up. But when it shares rows out among pages anew,
it now and then leaves a copy in the empty middle of a page, and forgets that it is there. So the
whole file is written anew as well.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import DiskFull
from desktop.vault import meta, search
from desktop.vault.columns import stamp, time_or_none
from desktop.vault.connection import connect
from desktop.vault.database import Db, Vault
from desktop.vault.folder import Folder
from desktop.vault.quarantine import watched

_UNSWEPT = "unswept"
_STEP = 64  # pages of the index that are written anew in one transaction
_INSTRUCTIONS = 1_000  # of SQLite's machine, less than a millisecond
_MERGE = "INSERT INTO note_words (note_words, rank) VALUES ('merge', ?)"
_OPTIMIZE = "INSERT INTO note_words (note_words) VALUES ('optimize')"
_CLEAR = "INSERT INTO note_words (note_words) VALUES ('delete-all')"
_IS_USED = "SELECT 1 FROM note_words WHERE note_words MATCH ? LIMIT 1"
_OWED_LATER = "SELECT 1 FROM op WHERE kind = 'vault.kept' AND record = ? AND seq > ?"
_LAST_OWED = (
    "SELECT seq FROM op WHERE kind = 'vault.kept' AND record = ? ORDER BY seq DESC LIMIT 1"
)
_NEWEST = "SELECT n FROM note WHERE is_indexed = 1 ORDER BY n DESC LIMIT 1"


def owe(db: Db, at: datetime) -> None:
    """Remember, in the transaction that destroys, that the rest has still to be swept."""
    meta.keep(db, _UNSWEPT, stamp(at), at)


def owed_since(db: Db) -> datetime | None:
    """Return since when something has to be swept, or None."""
    return time_or_none(meta.kept(db, _UNSWEPT))


def done(db: Db, seq: int) -> bool:
    """Everything that was destroyed by then was swept; False when there was more since."""
    if db.execute(_OWED_LATER, (_UNSWEPT, seq)).fetchone():
        return False
    meta.drop(db, _UNSWEPT)
    return True


def destroyed_by(db: Db) -> int:
    """Return where the journal last tells of a destruction, or 0: what knows less holds it."""
    row = db.execute(_LAST_OWED, (_UNSWEPT,)).fetchone()
    return int(row[0]) if row else 0


def index(vault: Vault) -> None:
    """Let no word stand anywhere in the index that is in no note. Killed half way, it goes on."""
    with vault.transaction() as db:
        pieces = _stale_pieces(db)
        if not pieces:
            return
        _begin_anew(db)
        most = 2 * _size(db) // _STEP + 8
    for _ in range(most):
        with vault.transaction() as db:
            if not _are_there(db, pieces):
                return
            db.execute(_MERGE, (-_STEP,))
    with vault.transaction() as db:
        db.execute(_OPTIMIZE)


def file(vault: Vault, goes_on: Callable[[], bool]) -> bool:
    """Write the whole database anew from its rows; False when stopped, or when there is no room.

    Killed half way, nothing has changed. Nobody can write meanwhile: `goes_on` is asked often.
    """
    session, folder = vault.session, Folder(vault.folder)
    with session.lock:
        session.check_disk()
        session.join()
        try:
            # A connection of its own: that of an open vault may attach nothing.
            with watched(folder), closing(connect(folder, session.keys.database)) as db:
                return _is_written(db, goes_on)
        except DiskFull:
            return False
        finally:
            session.leave()


def _is_written(db: sqlcipher.Connection, goes_on: Callable[[], bool]) -> bool:
    db.set_progress_handler(lambda: not goes_on(), _INSTRUCTIONS)
    try:
        db.execute("VACUUM")
    except sqlcipher.OperationalError as error:
        if error.sqlite_errorcode != sqlcipher.SQLITE_INTERRUPT:
            raise
        return False
    return True


def _stale_pieces(db: Db) -> frozenset[int]:
    """Return the pieces of the index that are found by a word which no note holds any more."""
    rows = db.execute("SELECT segid, term FROM note_words_idx").fetchall()
    return frozenset(piece for piece, term in rows if _is_stale(db, bytes(term)))


def _is_stale(db: Db, term: bytes) -> bool:
    try:
        word = term[1:].decode()  # the first byte says which index; there is only one
    except UnicodeDecodeError:
        return False  # cut short in the middle of a syllable: no word
    # It may be cut short between two syllables, too: then words that begin so use it.
    return bool(word) and db.execute(_IS_USED, (f'"{word}" *',)).fetchone() is None


def _begin_anew(db: Db) -> None:
    # One piece alone is never merged with itself: a note that is put in again makes another.
    newest = db.execute(_NEWEST).fetchone()
    if newest is None:
        db.execute(_CLEAR)
        return
    search.take_out(db, *newest)
    search.take_in(db, *newest)


def _are_there(db: Db, pieces: frozenset[int]) -> bool:
    rows = db.execute("SELECT DISTINCT segid FROM note_words_idx").fetchall()
    return any(piece in pieces for (piece,) in rows)


def _size(db: Db) -> int:
    return int(db.execute("SELECT count(*) FROM note_words_data").fetchone()[0])
