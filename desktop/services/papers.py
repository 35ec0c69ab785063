"""A form of paper, known by the SHA-256 of what a scanner made of it. The file is not kept."""

from pathlib import Path

from desktop.consent_errors import PaperUnreadable
from sync.protocol.digests import Digest

LARGEST = 64 * 1024 * 1024
"""Bytes. A page scanned in colour is a few million."""
_PIECE = 1 << 20


def scanned(file: Path) -> str:
    """Return the SHA-256 (hex) of a scanner's file; `PaperUnreadable`."""
    digest, read = Digest(), 0
    try:
        with file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                digest.update(piece)
                read += len(piece)
                if read > LARGEST:
                    raise PaperUnreadable
    except OSError as error:
        raise PaperUnreadable from error
    if not read:
        raise PaperUnreadable
    return digest.value().hex()
