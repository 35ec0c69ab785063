"""Sealed backups at the hub: pieces named by their digest. The hub can open none of them."""

from sync.protocol.messages import Wire

PIECE_BYTES = 256 << 10
PIECES_AT_ONCE = 1024


class BackupRule(Wire, frozen=True):
    """Whether an organisation's laptops leave sealed backups at the hub. Off until it is said."""

    is_on: bool


class Pieces(Wire, frozen=True):
    """Names of pieces: the SHA-256 of each."""

    digests: tuple[bytes, ...]


class Piece(Wire, frozen=True):
    """One piece, and the digest that names it."""

    digest: bytes
    content: bytes


class BackupFile(Wire, frozen=True):
    """One file of a backup: its pieces in order, each full but the last."""

    name: str
    digests: tuple[bytes, ...]


class BackupSet(Wire, frozen=True):
    """One generation of a laptop's backups, once all of its pieces are there."""

    device: str
    name: str
    files: tuple[BackupFile, ...]


class BackupSets(Wire, frozen=True):
    """What is kept: a laptop's own sets; for an admin those of the whole organisation."""

    sets: tuple[BackupSet, ...]


class PieceWanted(Wire, frozen=True):
    """Body of POST /v1/backups/fetch: a piece of this device's sets."""

    device: str
    digest: bytes
