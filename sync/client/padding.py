"""Lengths that say little: zlib, then Padmé with a floor of 1 KiB (D-018)."""

import zlib

from sync.client.errors import Tampered

FLOOR = 1024
OPENED_LIMIT = 1 << 20
"""No packet is longer than this once opened; a small seal cannot fill the memory."""
_LENGTH_BYTES = 4


def padme(length: int) -> int:
    """Return the padded length: at most 12 % more, and few values (Nikitin et al. 2019)."""
    if length <= FLOOR:
        return FLOOR
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (length + mask) & ~mask


def padded(front: bytes, body: bytes) -> bytes:
    """Return `front`, the compressed body's length, the compressed body, and zeros."""
    squeezed = _squeezed(body)
    content = front + len(squeezed).to_bytes(_LENGTH_BYTES) + squeezed
    return content.ljust(padme(len(content)), b"\0")


def _squeezed(body: bytes) -> bytes:
    # A zlib stream like any other, in a third of the time. Only what we write goes through it:
    # what others wrote is opened by the standard library.
    from isal import isal_zlib  # half a megabyte that nobody needs before the first letter

    return isal_zlib.compress(body, 2)


def unpadded(content: bytes, front_bytes: int, most: int = OPENED_LIMIT) -> tuple[bytes, bytes]:
    """Return front and body, or raise `Tampered` where anything is not as `padded` makes it."""
    start = front_bytes + _LENGTH_BYTES
    end = start + int.from_bytes(content[front_bytes:start])
    # Compared as a whole: looking at each zero takes as long as reading the rest.
    if len(content) < start or end > len(content) or content[end:] != bytes(len(content) - end):
        raise Tampered("padding")
    unzip = zlib.decompressobj()
    try:
        body = unzip.decompress(content[start:end], most)
    except zlib.error as error:
        raise Tampered("padding") from error
    if not unzip.eof or unzip.unused_data:
        raise Tampered("padding")
    return content[:front_bytes], body
