"""What the connections of one open vault share: keys, the lock between threads, the anchor."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.agencies import Agency
from desktop.domain.ids import VaultId
from desktop.domain.looks import Look
from desktop.domain.names import Names
from desktop.errors import DiskFailed, DiskFull, VaultDamaged
from desktop.vault import journal
from desktop.vault.anchor import Anchor
from desktop.vault.folder import Folder
from desktop.vault.keys import VaultKeys
from desktop.vault.owner import OwnerLock

if TYPE_CHECKING:
    from sync.client.addressees import Addressees


@dataclass(frozen=True, slots=True)
class Identity:
    """Which vault this is. `world` is 'practice' or 'real' (D-016), `purpose` 'own' or 'team'."""

    folder: Folder
    vault_id: VaultId
    world: str
    purpose: str = "own"


class Session:
    """Alive from unlocking until the last connection closes."""

    def __init__(self, identity: Identity, keys: VaultKeys, owner: OwnerLock) -> None:
        """Open the anchor; `owner` is let go of at the end."""
        self.identity = identity
        self.keys = keys
        self.lock = RLock()
        self._owner = owner
        self._anchor = Anchor(identity.folder.anchor, keys.anchor)
        self._head = journal.START
        self._connections = 0
        self._disk_failed = False
        self.anchor_was_torn = not self._anchor.is_whole
        self.owed_looks: list[Look] = []
        """Looks that a full disk has not taken yet (`services.looks.shown`)."""
        self.changes: Counter[str] = Counter()
        """How often each subject was changed since the vault was opened."""
        self.names: tuple[int, Names] | None = None
        """What everybody is called, after how many changes (`vault.names`)."""
        self.agencies: tuple[int, tuple[Agency, ...]] | None = None
        """Who can help, after how many new directories (`vault.directory`)."""
        self.look: tuple[int, Look] | None = None
        """The look that was last found written down, after how many changes (`vault.looks`)."""
        self._addressees: Addressees | None = None

    @property
    def is_alone(self) -> bool:
        """Whether one connection only is open."""
        return self._connections == 1

    @property
    def addressees(self) -> "Addressees":
        """Who was written to in the last minutes; nobody once this vault is locked."""
        with self.lock:
            if self._addressees is None:
                # HPKE and what it loads are not needed to open a vault.
                from sync.client.addressees import Addressees

                self._addressees = Addressees()
            return self._addressees

    def prove(self, db: sqlcipher.Connection) -> None:
        """Refuse a database that is older than, or another than, the anchor remembers."""
        with self.lock:
            known = self._anchor.newest
            if known is None or not journal.holds_since(db, self.keys, known):
                raise VaultDamaged(quarantined="")
            self._head = journal.head(db)
            if self._head != known:
                self.mend_anchor()

    @property
    def head(self) -> journal.Head:
        """The last link this process proved or committed."""
        with self.lock:
            return self._head

    def mend_anchor(self) -> None:
        """Raise the older slot to the last link: after a kill between COMMIT and flush, or a tear.

        A full disk is no reason to keep anyone out: then the next transaction raises it.
        """
        with suppress(DiskFull):
            self._anchor.raise_to(self._head)

    def last(self, db: sqlcipher.Connection) -> journal.Head:
        """Return the last link, which must be the one this process committed."""
        found = journal.head(db)
        if found != self._head:
            raise VaultDamaged(quarantined="")
        return found

    def committed(self, head: journal.Head) -> None:
        """Raise the anchor to what COMMIT has just made durable."""
        self._head = head
        try:
            self._anchor.raise_to(head)
        except DiskFull as error:
            # What was done is kept: whoever was told to try again would do it twice.
            raise DiskFailed from error

    def changed(self, subjects: Iterable[str]) -> None:
        """Count what a transaction changed, once it stands."""
        self.changes.update(subjects)

    def check_disk(self) -> None:
        """After one failed flush, believe nothing of this disk until the vault is opened anew."""
        if self._disk_failed:
            raise DiskFailed

    def disk_failed(self) -> None:
        """Remember that a write or flush failed for good."""
        self._disk_failed = True

    def join(self) -> None:
        """Count a connection."""
        with self.lock:
            self._connections += 1

    def leave(self) -> None:
        """Close everything shared after the last connection."""
        with self.lock:
            self._connections -= 1
            if self._connections == 0:
                if self._addressees is not None:
                    self._addressees.forget()
                self._anchor.close()
                self._owner.release()
