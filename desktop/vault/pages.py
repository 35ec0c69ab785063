"""SQLCipher's pages as they lie in a file: each proves that we wrote it, and at that place.

A page ends with an HMAC-SHA512 over its content and its own number, under a key derived from the
database's (SQLCipher 4, as it comes). Checking all of them is what `cipher_integrity_check` does,
on one core and only through an open database; this needs half the time and no connection.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.hmac import HMAC

from desktop.vault.keys import KEY

if TYPE_CHECKING:
    from concurrent.futures import Future

PAGE = 4096
_SALT, _MAC = 16, 64
_HMAC_SALT = 0x3A  # the key of the pages' HMACs is salted with the salt, every byte turned by it
BLOCK = 256 * PAGE


class Reading:
    """Parts of a file that are being looked at."""

    def __init__(self, start: "Callable[[int, int], Future[bool]]") -> None:
        """`start` begins to look at one part."""
        self._start = start
        self._parts: list[Future[bool]] = []

    def look(self, at: int, length: int) -> None:
        """Look at so many bytes from there: whole pages, already written."""
        self._parts.append(self._start(at, length))

    def all_hold(self) -> bool:
        """Wait for all of it, and tell whether every page was written by us, at its place."""
        return all(part.result() for part in self._parts)


class Seals:
    """Whoever knows the database's key can tell its pages from any others."""

    def __init__(self, database: bytes) -> None:
        """`database` is the raw key and the salt, 48 bytes."""
        key, self._salt = database[:KEY], database[KEY:]
        self._fresh = HMAC(
            _page_key(key, bytes(byte ^ _HMAC_SALT for byte in self._salt)), SHA512()
        )

    def all_hold(self, path: Path) -> bool:
        """Read every page of a file; an empty file holds none, and does not hold."""
        size = path.stat().st_size
        with self.reading(path) as reading:
            for at in range(0, size, BLOCK):
                reading.look(at, min(BLOCK, size - at))
            return size > 0 and reading.all_hold()

    @contextmanager
    def reading(self, path: Path, like: Path | None = None) -> "Iterator[Reading]":
        """Read parts of a file on other cores, beside whatever the caller does meanwhile.

        A page that is byte for byte the one in `like`, a file proven before, is as good as that.
        """
        from concurrent.futures import ThreadPoolExecutor  # no window waits for it

        # `cryptography` lets go of the interpreter's lock: a second core takes half of it.
        with ThreadPoolExecutor(2) as threads:
            yield Reading(lambda at, length: threads.submit(self._hold, path, like, at, length))

    def holds(self, page: bytes, number: int) -> bool:
        """Check one page, numbered from 1."""
        return self._each_holds(memoryview(page), number)

    def _hold(self, path: Path, like: Path | None, at: int, length: int) -> bool:
        pages, number = _read(path, at, length), at // PAGE + 1
        if len(pages) != length or at % PAGE or length % PAGE:
            return False
        if like is None:
            return self._each_holds(memoryview(pages), number)
        proven = _read(like, at, length)
        return pages == proven or all(
            pages[n : n + PAGE] == proven[n : n + PAGE]
            or self.holds(pages[n : n + PAGE], number + n // PAGE)
            for n in range(0, length, PAGE)
        )

    def _each_holds(self, pages: memoryview, number: int) -> bool:
        for at in range(0, len(pages), PAGE):
            begin = at
            if number == 1:  # the salt stands before it, in the clear
                begin += _SALT
                if pages[:_SALT] != self._salt:
                    return False
            end = at + PAGE - _MAC
            seal = self._fresh.copy()
            seal.update(pages[begin:end])
            seal.update(number.to_bytes(4, "little"))
            # No secret is guessed here: comparing need not take constant time.
            if seal.finalize() != pages[end : at + PAGE]:
                return False
            number += 1
        return True


def _read(path: Path, at: int, length: int) -> bytes:
    with path.open("rb", buffering=0) as file:
        file.seek(at)
        return file.read(length) or b""


def _page_key(key: bytes, salt: bytes) -> bytes:
    """PBKDF2-HMAC-SHA512 with two rounds (`fast_kdf_iter`), 32 bytes: one block of it."""
    first = _hmac(key, salt + (1).to_bytes(4, "big"))
    second = _hmac(key, first)
    return bytes(a ^ b for a, b in zip(first, second, strict=True))[:KEY]


def _hmac(key: bytes, content: bytes) -> bytes:
    made = HMAC(key, SHA512())
    made.update(content)
    return made.finalize()
