"""One thread's connection to an open vault, made anew where SQLCipher has given it up."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import MemoryShort, VaultDamaged
from desktop.vault.checks import forbid
from desktop.vault.connection import connect
from desktop.vault.migrate import migrate
from desktop.vault.quarantine import watched
from desktop.vault.session import Session


class Connected:
    """A proven connection.

    After one page that does not prove itself, or short memory, SQLCipher refuses every further
    one, also the sound ones: what is typed next could not be kept. So the next use gets a new one.
    """

    def __init__(self, session: Session) -> None:
        """Connect, prove that nothing committed is missing, and bring the schema up to date."""
        self._session = session
        self._is_given_up = False
        self.db = self._proven()

    @contextmanager
    def used(self) -> Iterator[sqlcipher.Connection]:
        """Lend the connection; what SQLite complains about comes as ours, damage is copied."""
        try:
            with watched(self._session.identity.folder):
                yield self._sound()
        except (VaultDamaged, MemoryShort):
            self._is_given_up = True
            raise

    def close(self) -> None:
        """Let go of the connection."""
        self._is_given_up = False
        self.db.close()

    def _sound(self) -> sqlcipher.Connection:
        if self._is_given_up:
            # The old one goes last: a checkpoint is made by the last one that closes.
            given_up, self.db = self.db, self._proven()
            self._is_given_up = False
            given_up.close()
        return self.db

    def _proven(self) -> sqlcipher.Connection:
        identity = self._session.identity
        with ExitStack() as undo:
            db = connect(identity.folder, self._session.keys.database)
            undo.callback(db.close)
            # Damage is copied before close(), whose checkpoint would change the WAL.
            with watched(identity.folder):
                self._session.prove(db)
                migrate(db, identity.purpose)
                forbid(db)
            undo.pop_all()
        return db
