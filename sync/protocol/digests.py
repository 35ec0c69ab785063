"""SHA-256 by `cryptography`: a second OpenSSL, which `hashlib` would load, is 3.4 MiB (D-036)."""

from cryptography.hazmat.primitives.hashes import SHA256, Hash

_SHA256 = SHA256()


class Digest:
    """SHA-256 of what is given piece by piece."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._hash = Hash(_SHA256)

    def update(self, piece: bytes) -> None:
        """Take the next piece."""
        self._hash.update(piece)

    def value(self) -> bytes:
        """Return the 32 bytes; nothing can be added after it."""
        return self._hash.finalize()


def sha256(content: bytes) -> bytes:
    """Return the 32 bytes of SHA-256 (FIPS 180-4)."""
    return Hash.hash(_SHA256, content)
