"""An open vault: transactions that are kept whole, flushed and witnessed, or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.ids import VaultId
from desktop.errors import DiskFailed, VaultDamaged
from desktop.vault import journal
from desktop.vault.checks import forbid
from desktop.vault.connection import connect
from desktop.vault.migrate import migrate
from desktop.vault.quarantine import watched
from desktop.vault.session import Session

Params = Sequence[object]


class Db:
    """The vault inside one transaction: SQL, and the journal of what it did."""

    def __init__(self, connection: sqlcipher.Connection, session: Session) -> None:
        """Nothing is read until the first statement."""
        self._connection = connection
        self._session = session
        self._head: journal.Head | None = None

    def execute(self, sql: str, params: Params = ()) -> sqlcipher.Cursor:
        """Run one statement."""
        return self._connection.execute(sql, params)

    def executemany(self, sql: str, rows: Iterable[Params]) -> sqlcipher.Cursor:
        """Run one statement for each row."""
        return self._connection.executemany(sql, rows)

    def wrote(self, kind: str, record: object, version: int, content: bytes) -> None:
        """Journal a change in the transaction that makes it. `content` is hashed, not kept."""
        last = self._head or self._session.last(self._connection)
        digest = journal.digest(self._session.keys, content)
        op = journal.Op(kind, str(record), version, digest)
        self._head = journal.append(self._connection, self._session.keys, last, op)

    @property
    def head(self) -> journal.Head | None:
        """The last link written here, or None when nothing was journaled."""
        return self._head


class Vault:
    """One connection to an open vault, used by one thread at a time."""

    def __init__(self, session: Session) -> None:
        """Connect, prove that nothing committed is missing, and bring the schema up to date."""
        self._session = session
        self._folder = session.identity.folder
        self._is_open = True
        with ExitStack() as undo:
            session.join()
            undo.callback(session.leave)
            self._connection = connect(self._folder, session.keys.database)
            undo.callback(self._connection.close)
            # Damage is copied before close(), whose checkpoint would change the WAL.
            with watched(self._folder):
                session.prove(self._connection)
                migrate(self._connection)
                forbid(self._connection)
            undo.pop_all()

    @property
    def folder(self) -> Path:
        """Where the vault's files are."""
        return self._folder.path

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
        with self._session.lock, self._disk_watched(), watched(self._folder):
            self._connection.execute("BEGIN IMMEDIATE")
            db = Db(self._connection, self._session)
            try:
                yield db
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            if db.head:
                self._session.committed(db.head)

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """See one consistent state, whatever another thread commits meanwhile."""
        with watched(self._folder):
            before = self._connection.total_changes
            self._connection.execute("BEGIN")
            try:
                yield Db(self._connection, self._session)
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            if self._connection.total_changes != before:
                raise RuntimeError("wrote while reading: use transaction()")

    def sibling(self) -> "Vault":
        """Open a second connection for another thread."""
        return Vault(self._session)

    def verify(self) -> None:
        """Read every page and the whole journal; raise `VaultDamaged` when anything is off."""
        with self.reading() as db:
            pages = db.execute("PRAGMA cipher_integrity_check").fetchall()
            structure = db.execute("PRAGMA integrity_check").fetchall()
            is_chained = journal.holds_since(self._connection, self._session.keys, journal.START)
            if pages or structure != [("ok",)] or not is_chained:
                raise VaultDamaged(quarantined="")

    def close(self) -> None:
        """Let go of the connection; the last one lets go of files, keys and the owner's lock."""
        if self._is_open:
            self._is_open = False
            self._connection.close()
            self._session.leave()

    @contextmanager
    def _disk_watched(self) -> Iterator[None]:
        self._session.check_disk()
        try:
            yield
        except DiskFailed:
            self._session.disk_failed()
            raise
