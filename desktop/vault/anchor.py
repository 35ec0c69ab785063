"""The high-water mark outside the database: what SQLCipher alone cannot notice is missing."""

import errno
import os
from pathlib import Path

from desktop.errors import VaultDamaged
from desktop.vault.failures import from_disk
from desktop.vault.journal import Head
from desktop.vault.keys import is_mac, mac

_MAGIC = b"BMJANCH1"
_MAC = 32
SLOT = 512
# macOS and Windows have no fdatasync; there fsync is the flush Python offers.
_flush = getattr(os, "fdatasync", os.fsync)


class Anchor:
    """Two slots written in turn, so that a torn write leaves the one before it whole."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open the file and read both slots."""
        self._key = key
        try:
            if not path.is_file():  # none, or a pipe that would be waited for for ever
                raise VaultDamaged(quarantined="")
            self._fd = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            content = os.read(self._fd, 2 * SLOT + 1)
        except OSError as error:
            raise from_disk(error) from error
        is_sized = len(content) == 2 * SLOT
        self._slots = [
            _decoded(key, content[at : at + SLOT]) if is_sized else None for at in (0, SLOT)
        ]

    @property
    def newest(self) -> Head | None:
        """The highest mark that is whole, or None when none is."""
        return max((slot for slot in self._slots if slot), key=_seq, default=None)

    @property
    def is_whole(self) -> bool:
        """Whether both slots hold. A power cut may have torn one."""
        return None not in self._slots

    def raise_to(self, head: Head) -> None:
        """Remember `head`. It is on the disk, not merely on its way, when this returns."""
        turn = 0 if _seq(self._slots[0]) <= _seq(self._slots[1]) else 1
        try:
            self._write(turn * SLOT, encoded(self._key, head))
        except OSError as error:
            raise from_disk(error) from error
        self._slots[turn] = head

    def _write(self, at: int, slot: bytes) -> None:
        os.lseek(self._fd, at, os.SEEK_SET)
        if os.write(self._fd, slot) != SLOT:
            raise OSError(errno.ENOSPC, "short write")
        _flush(self._fd)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._fd)


def encoded(key: bytes, head: Head) -> bytes:
    """Return one slot: magic, seq, h, zeros, and a MAC over all of it."""
    body = (_MAGIC + head.seq.to_bytes(8, "big") + head.h).ljust(SLOT - _MAC, b"\0")
    return body + mac(key, body)


def at_rest(key: bytes, content: bytes) -> Head | None:
    """Return the mark in a file that nobody raises; None unless both slots hold the same one."""
    slots = {_decoded(key, content[at : at + SLOT]) for at in (0, SLOT)}
    return slots.pop() if len(slots) == 1 and len(content) == 2 * SLOT else None


def _decoded(key: bytes, slot: bytes) -> Head | None:
    body, told = slot[:-_MAC], slot[-_MAC:]
    if not is_mac(key, body, told) or body[:8] != _MAGIC:
        return None
    return Head(int.from_bytes(body[8:16], "big"), body[16:48])


def _seq(slot: Head | None) -> int:
    return slot.seq if slot else -1
