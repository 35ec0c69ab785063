"""Looking for needles in files, in a disk image, in a process's memory: thousands at once."""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from prove.needles import forms

_WORD = 8
_LONG = 2 * _WORD - 1  # wherever such a pattern lies, it covers one whole aligned word
_BLOCK, _OVERLAP = 1 << 24, 1 << 12


class Sieve:
    """Knows every form of every needle."""

    def __init__(self, needles: dict[str, str | bytes]) -> None:
        self._by_word = defaultdict(set)
        self._short = []
        for name, needle in needles.items():
            for form, pattern in forms(needle).items():
                self._add(f"{name} as {form}", pattern)
        self._words = frozenset(self._by_word)

    def _add(self, name, pattern):
        if len(pattern) < _LONG:
            self._short.append((name, pattern))
            return
        for at in range(_WORD):
            word = int.from_bytes(pattern[at : at + _WORD], sys.byteorder)
            self._by_word[word].add((name, pattern))

    def found(self, content: bytes) -> set[str]:
        """Name the needles in `content`, and how each was written."""
        words = memoryview(content)[: len(content) // _WORD * _WORD].cast("Q")
        maybe = {each for word in self._words.intersection(words) for each in self._by_word[word]}
        return {name for name, pattern in (*maybe, *self._short) if pattern in content}

    def found_in_file(self, path: Path) -> set[str]:
        """Name the needles in what was ever written to a file: its holes are passed over."""
        found = set()
        with path.open("rb") as file:
            for start, end in _written(file.fileno()):
                for at in range(max(0, start - _OVERLAP), end, _BLOCK - _OVERLAP):
                    file.seek(at)
                    found |= self.found(file.read(min(_BLOCK, end - at)))
        return found

    def found_in_memory(self, pid: int) -> set[str]:
        """Name the needles in a process's memory. It must let us: see ptrace(2)."""
        found = set()
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for start, end in _readable(pid):
                for at in range(start, end, _BLOCK - _OVERLAP):
                    found |= self.found(_read(memory, at, min(_BLOCK, end - at)))
        return found


def hits(places: list[Path], needles: dict[str, str | bytes]) -> Iterator[str]:
    """Name each needle found in any file below these places, in its name too."""
    sieve = Sieve(needles)
    for place in places:
        for file in [p for p in place.rglob("*") if p.is_file()]:
            content = file.read_bytes() + b"\0" + str(file.relative_to(place)).encode()
            yield from (f"{found} in {file.name}" for found in sieve.found(content))


def hits_in_unlinked(pid: int, sieve: Sieve) -> Iterator[str]:
    """Name each needle in a file that has no name any more, but that the process still holds."""
    for held in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if str(held.readlink()).endswith(" (deleted)") and held.is_file():
                yield from (f"{found} in an unlinked file" for found in sieve.found_in_file(held))


def _written(fd: int) -> Iterator[tuple[int, int]]:
    end, size = 0, os.fstat(fd).st_size
    while end < size:
        try:
            start = os.lseek(fd, end, os.SEEK_DATA)
        except OSError:  # nothing but a hole is left
            return
        end = os.lseek(fd, start, os.SEEK_HOLE)
        yield start, end


def _readable(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        reach, rights, *_ = line.split()
        if rights.startswith("r") and not line.endswith(("[vvar]", "[vvar_vclock]", "[vsyscall]")):
            start, end = (int(part, 16) for part in reach.split("-"))
            yield start, end


def _read(memory, at: int, size: int) -> bytes:
    """Read a stretch of memory; a page that has no content (a file cut short) ends it."""
    memory.seek(at)
    try:
        return memory.read(size) or b""
    except OSError:
        return b""
