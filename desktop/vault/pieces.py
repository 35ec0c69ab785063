"""A backup in pieces, as it leaves for the hub and as it comes back: sealed bytes and no key.

Its header is made anew with the recovery code's slot alone, and no name on it: who has the pieces
has 130 random bits to guess, and never a passphrase.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop.domain.backups import Generation
from desktop.errors import BackupDamaged, BackupFailed, NoBackup
from desktop.vault import header as headers
from desktop.vault.anchor import SLOT, at_rest
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder
from desktop.vault.header import Copy, Policy
from desktop.vault.keys import VaultKeys
from desktop.vault.pages import Seals
from desktop.vault.shelf import GoesOn, Shelf, flush, put
from desktop.vault.slots import RecoverySlot
from sync.protocol.backups import PIECE_BYTES
from sync.protocol.digests import sha256

HEADER, ANCHOR, DATABASE = "header", "anchor", "notes.db"
FILES = frozenset({HEADER, ANCHOR, DATABASE})
"""Of a set. Both copies of the header are one of them."""
_MOST_SMALL = 2 * PIECE_BYTES


@dataclass(frozen=True, slots=True)
class File:
    """One file of a set: how long it is, and the digests of its pieces in order."""

    name: str
    size: int
    digests: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A generation on its way, and where its pieces are read from."""

    generation: Generation
    header: bytes
    place: Folder
    files: tuple[File, ...]

    @property
    def header_digest(self) -> bytes:
        """Return what tells whether the same code opens it as another."""
        return sha256(self.header)

    def sizes(self) -> dict[bytes, int]:
        """Return every piece once, in the order they are brought, and how long it is."""
        return {
            digest: min(PIECE_BYTES, file.size - number * PIECE_BYTES)
            for file in self.files
            for number, digest in enumerate(file.digests)
        }

    def pieces(self, wanted: frozenset[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield these pieces, each with its digest, read as they are asked for.

        Raises `NoBackup` when it was destroyed meanwhile, `BackupDamaged` when it changed.
        """
        left = set(wanted)
        for file in self.files:
            for number, digest in enumerate(file.digests):
                if digest in left:
                    left.discard(digest)
                    content = self._read(file, number)
                    if sha256(content) != digest:
                        raise BackupDamaged(name=self.generation.name)
                    yield digest, content

    def _read(self, file: File, number: int) -> bytes:
        if file.name == HEADER:
            return self.header[number * PIECE_BYTES :][:PIECE_BYTES]
        path = self.place.anchor if file.name == ANCHOR else self.place.database
        return _piece(path, number)


def sealed(shelf: Shelf, generation: Generation, keys: VaultKeys, goes_on: GoesOn) -> Sealed:
    """Return a generation as it may leave, read through: every page of it is ours.

    Raises `NoBackup` when it is not there any more, `BackupDamaged`, and `BackupFailed` when it
    was stopped or no recovery code opens it.
    """
    place, told = shelf.place(generation), shelf.header_of(generation)
    if told is None:
        raise NoBackup
    try:
        anchor, size = place.anchor.read_bytes(), place.database.stat().st_size
        is_ours = told.is_genuine(keys.header) and at_rest(keys.anchor, anchor) is not None
        if not (is_ours and Seals(keys.database).all_hold(place.database)):
            raise BackupDamaged(name=generation.name)
    except FileNotFoundError as error:
        raise NoBackup from error
    except OSError as error:
        raise from_disk(error) from error
    header = for_the_code(told, keys)
    digests = tuple(_digests(place.database, size, goes_on))
    files = (_small(HEADER, header), _small(ANCHOR, anchor), File(DATABASE, size, digests))
    return Sealed(generation, header, place, files)


def newest(shelf: Shelf, keys: VaultKeys) -> Generation:
    """Return the newest generation that the keys in force made; raises `NoBackup`."""
    for generation in shelf.listing():
        told = shelf.header_of(generation)
        if told and told.is_genuine(keys.header):
            return generation
    raise NoBackup


Fetch = Callable[[File], Iterable[bytes]]
"""Gives the pieces of one file, each proven by its digest."""


def put_together(half: Folder, files: tuple[File, ...], fetch: Fetch) -> Copy:
    """Write the files of a set into a new folder, flushed; returns who may open it, unproven.

    Raises `BackupDamaged` when they are not the files of a backup, `DiskFull`, `DiskFailed`.
    """
    of_name = {file.name: file for file in files}
    if of_name.keys() != FILES or len(files) != len(of_name):
        raise BackupDamaged(name=half.path.name)
    if any(of_name[name].size > _MOST_SMALL for name in (HEADER, ANCHOR)):
        raise BackupDamaged(name=half.path.name)
    header, anchor = (b"".join(fetch(of_name[name])) for name in (HEADER, ANCHOR))
    told = headers.decode(header)
    if told is None or len(anchor) != 2 * SLOT:
        raise BackupDamaged(name=half.path.name)
    for path in half.headers:
        put(path, header)
    put(half.anchor, anchor)
    with half.database.open("xb") as file:
        for piece in fetch(of_name[DATABASE]):
            file.write(piece)
    flush(half.database)
    return told


def for_the_code(told: Copy, keys: VaultKeys) -> bytes:
    """Return the header that leaves in place of this one; raises `BackupFailed` without a code."""
    slots = tuple(slot for slot in told.header.slots if isinstance(slot, RecoverySlot))
    if not slots:
        raise BackupFailed
    bare = msgspec.structs.replace(
        told.header, slots=slots, policy=Policy(purpose=told.header.policy.purpose)
    )
    # The same number: a vault that comes out of it has seen no newer one.
    return headers.encode(told.seq, bare, keys.header)


def _small(name: str, content: bytes) -> File:
    parts = (content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES))
    return File(name, len(content), tuple(map(sha256, parts)))


def _digests(path: Path, size: int, goes_on: GoesOn) -> Iterator[bytes]:
    for number in range(-(-size // PIECE_BYTES)):
        if not goes_on():
            raise BackupFailed
        yield sha256(_piece(path, number))


def _piece(path: Path, number: int) -> bytes:
    # Opened for each piece: on Windows nothing that is held open can be destroyed.
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(number * PIECE_BYTES)
            return file.read(PIECE_BYTES) or b""
    except FileNotFoundError as error:
        raise NoBackup from error
    except OSError as error:
        raise from_disk(error) from error
