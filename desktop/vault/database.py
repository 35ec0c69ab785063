"""An open vault: transactions that are kept whole, flushed and witnessed, or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.ids import VaultId
from desktop.errors import DiskFailed, DiskFull, VaultDamaged
from desktop.vault import index, journal, rows, salts
from desktop.vault.columns import stamp
from desktop.vault.connected import Connected
from desktop.vault.session import Session
from desktop.vault.subjects import GONE, subject_of

if TYPE_CHECKING:
    from sync.client.addressees import Addressees

Params = Sequence[object]


class Db:
    """The vault inside one transaction: SQL, and the journal of what it did."""

    def __init__(self, connection: sqlcipher.Connection, session: Session) -> None:
        """Nothing is read until the first statement."""
        self._connection = connection
        self._session = session
        self._head: journal.Head | None = None
        self._subjects: set[str] = set()
        self._before = session.changes.copy()

    def execute(self, sql: str, params: Params = ()) -> sqlcipher.Cursor:
        """Run one statement.

        A bare `LIMIT ?` makes SQLite prepare it again each time; `LIMIT ? + 0` does not.
        """
        return self._connection.execute(sql, params)

    def executemany(self, sql: str, rows: Iterable[Params]) -> sqlcipher.Cursor:
        """Run one statement for each row."""
        return self._connection.executemany(sql, rows)

    def wrote(
        self,
        kind: str,
        record: object,
        version: int,
        content: bytes,
        at: datetime | None = None,
    ) -> None:
        """Journal a change in the transaction that makes it. `content` is hashed, not kept.

        It is what `subjects.content_of` reads back afterwards; `subjects.GONE` once deleted.
        """
        last = self._head or self._session.last(self._connection)
        digest = self.digest(kind, record, content)
        self._subjects.add(subject_of(kind))
        op = journal.Op(kind, str(record), version, digest, stamp(at) if at else "")
        self._head = journal.append(self._connection, self._session.keys, last, op)

    def digest(self, kind: str, record: object, content: bytes) -> bytes:
        """Return what stands for `content` in the journal: keyed, and salted until it is gone."""
        subject, name = subject_of(kind), str(record)
        if content == GONE:
            # What is gone has nothing to guess; what was said of it before cannot be any more.
            salts.destroy(self._connection, subject, name)
            return journal.digest(self._session.keys, GONE)
        salt = salts.salt_for(self._connection, subject, name)
        return journal.digest(self._session.keys, salt + content)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Keep everything done inside, or nothing of it: the rest of the transaction stands."""
        head, subjects, is_whole = self._head, self._subjects.copy(), False
        self._connection.execute("SAVEPOINT apart")
        try:
            yield
            is_whole = True
        finally:
            if self._connection.in_transaction:  # a full disk has ended all of it
                if not is_whole:
                    self._head, self._subjects = head, subjects
                    self._connection.execute("ROLLBACK TO apart")
                self._connection.execute("RELEASE apart")

    @property
    def addressees(self) -> "Addressees":
        """Who was written to since the vault was unlocked; in memory only."""
        return self._session.addressees

    @property
    def head(self) -> journal.Head | None:
        """The last link written here, or None when nothing was journaled."""
        return self._head

    @property
    def subjects(self) -> frozenset[str]:
        """What was written about here."""
        return frozenset(self._subjects)

    @property
    def session(self) -> Session:
        """What the vault's connections share. For modules of the vault only."""
        return self._session

    def seen(self, subject: str) -> int | None:
        """Return which state of a subject is seen here; None once this transaction changed it."""
        return None if subject in self._subjects else self._before[subject]


class Vault:
    """One connection to an open vault, used by one thread at a time."""

    def __init__(self, session: Session) -> None:
        """Connect, prove that nothing committed is missing, and bring the schema up to date."""
        self._session = session
        self._is_open = True
        with ExitStack() as undo:
            session.join()
            undo.callback(session.leave)
            self._connected = Connected(session)
            undo.pop_all()

    @property
    def session(self) -> Session:
        """What its connections share. For modules of the vault only."""
        return self._session

    @property
    def folder(self) -> Path:
        """Where the vault's files are."""
        return self._session.identity.folder.path

    @property
    def vault_id(self) -> VaultId:
        """The vault's own id, from its authenticated header."""
        return self._session.identity.vault_id

    @property
    def world(self) -> str:
        """'practice' or 'real', from the authenticated header (D-016)."""
        return self._session.identity.world

    @contextmanager
    def transaction(self) -> Iterator[Db]:
        """Keep everything done inside, or nothing. Returns once it is flushed and witnessed.

        Raises `DiskFull` (try again) or `DiskFailed` (only reopening helps).
        """
        with self._session.lock, self._disk_watched(), self._connected.used() as connection:
            connection.execute("BEGIN IMMEDIATE")
            db = Db(connection, self._session)
            try:
                yield db
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            if db.head:
                self._session.changed(db.subjects)
                self._session.committed(db.head)

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """See one consistent state, whatever another thread commits meanwhile."""
        with self._connected.used() as connection:
            before = connection.total_changes
            connection.execute("BEGIN")
            try:
                yield Db(connection, self._session)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            if connection.total_changes != before:
                raise RuntimeError("wrote while reading: use transaction()")

    def sibling(self) -> "Vault":
        """Open a second connection for another thread."""
        return Vault(self._session)

    def verify(self) -> None:
        """Read every page, the whole journal and every row; raise `VaultDamaged` when one is off.

        Another thread may go on writing meanwhile: one moment is looked at.
        """
        known = self._session.head
        is_folded_in = self._fold_in_log()
        with self.reading() as db:
            pages = is_folded_in and db.execute("PRAGMA cipher_integrity_check").fetchall()
            structure = db.execute("PRAGMA integrity_check").fetchall()
            if pages or structure != [("ok",)] or not index.is_whole(db):
                raise VaultDamaged(quarantined="")
            last = rows.latest(journal.since(self._connection, self._session.keys, journal.START))
            if last is None or not journal.holds(self._connection, known):
                raise VaultDamaged(quarantined="")
            odd = tuple(rows.odd(db, self._session.keys, last))
            if odd:
                raise VaultDamaged(quarantined="", records=odd)

    def _fold_in_log(self) -> bool:
        """Bring the log into the file; say whether the pages of the file can be judged by now.

        SQLCipher checks the pages of the file alone. After a power cut in a checkpoint one may be
        torn there that the log, which the journal has proven, still holds whole.
        """
        try:
            with self._connected.used() as connection:
                row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except DiskFull:  # no reason to keep anyone out
            return False
        return bool(row == (0, 0, 0))

    def empty_log(self) -> bool:
        """Put all of the WAL into the database and cut it to nothing; False: somebody reads it."""
        with self._session.lock, self._disk_watched(), self._connected.used() as connection:
            done = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return bool(done[0] == 0)

    def close(self) -> None:
        """Let go of the connection; the last one lets go of files, keys and the owner's lock."""
        if self._is_open:
            self._is_open = False
            self._connected.close()
            self._session.leave()

    @property
    def _connection(self) -> sqlcipher.Connection:
        return self._connected.db

    @contextmanager
    def _disk_watched(self) -> Iterator[None]:
        self._session.check_disk()
        try:
            yield
        except DiskFailed:
            self._session.disk_failed()
            raise
