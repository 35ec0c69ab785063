"""Sealed backups at the hub: pieces named by their digest. The hub can open none of them."""

from datetime import timedelta
from typing import Annotated

import msgspec

from sync.protocol.messages import Id, Time, Wire

PIECE_BYTES = 64 << 10
"""Of every piece but a file's last."""
HANDFUL = 16
"""Pieces in one request: together no larger than a full batch."""
PIECES_AT_ONCE = 1024
"""Digests in one question about what is missing."""
FEW = 16
"""The most files of one set, and sets in one request."""
STANDS_AS = {"header": ("hdr.a", "hdr.b")}
"""Under which names a file of a set stands where a backup is brought back from."""
KEPT_WHEN_LOST = timedelta(days=90)
"""So long an organisation may fetch what a laptop left that it has shut out."""

Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
"""SHA-256 of a piece."""
Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,63}(?!\n)$")]
"""Of a set or a file: it leads nowhere but into the folder it is put in.

`$` alone would let a last newline through.
"""


class BackupRule(Wire, frozen=True):
    """Whether an organisation's laptops leave sealed backups at the hub. Off until it is said."""

    is_on: bool


class Pieces(Wire, frozen=True):
    """Names of pieces."""

    digests: tuple[Digest, ...]


class Piece(Wire, frozen=True):
    """One piece, and the digest that names it."""

    digest: Digest
    content: bytes


class Handful(Wire, frozen=True):
    """At most `HANDFUL` pieces on their way, to the hub or back."""

    pieces: tuple[Piece, ...]


class BackupFile(Wire, frozen=True):
    """One file of a backup: its pieces in order, each full but the last."""

    name: Name
    digests: tuple[Digest, ...]


class BackupSet(Wire, frozen=True):
    """One generation of a laptop's backups."""

    device: Id
    name: Name
    files: Annotated[tuple[BackupFile, ...], msgspec.Meta(min_length=1, max_length=FEW)]


class Keeping(Wire, frozen=True):
    """Body of POST /v1/backups/keep, once all of the set's pieces are there."""

    made: BackupSet
    replaces_all: bool
    """Destroy every older set of this laptop: they hold what was purged since."""


class Dropping(Wire, frozen=True):
    """Body of POST /v1/backups/drop: sets of the calling laptop to destroy."""

    names: Annotated[tuple[Name, ...], msgspec.Meta(max_length=FEW)]


class LeftBehind(Wire, frozen=True):
    """Body of POST /v1/orgs/backups/drop: destroy all that a laptop left which is shut out."""

    device: Id


class SetWanted(Wire, frozen=True):
    """Body of POST /v1/backups/set: what one set is made of."""

    device: Id
    name: Name


class PiecesWanted(Wire, frozen=True):
    """Body of POST /v1/backups/fetch: at most `HANDFUL` pieces of one device's sets."""

    device: Id
    digests: tuple[Digest, ...]


class KeptSet(Wire, frozen=True):
    """What the hub says of a set without its pieces."""

    device: str
    name: Name
    at: Time
    """The hub's clock, when the last piece was there."""
    bytes: int
    """Of all its files, once they are put together."""


class BackupSets(Wire, frozen=True):
    """What is kept: a laptop's own sets; for an admin those of the whole organisation."""

    sets: tuple[KeptSet, ...]
