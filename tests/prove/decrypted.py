"""What lies in a vault's files once they are decrypted, page by page: also what nothing points to.

A dump by SQL shows rows. Words may also lie in pages that were given up, between two rows, in the
log, and in the index, where FTS5 writes of most words only how they differ from the one before.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from desktop.vault.resting import resting

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
_LOG_HEAD, _FRAME_HEAD = 32, 24
_HANGUL = re.compile(b"(?:[\xea-\xed][\x80-\xbf]{2}){2,}")
_LEAVES = "SELECT id, block FROM note_words_data WHERE id > 10"
_CONTENTS = "SELECT term FROM note_words_idx"


def pages(database: Path, key: bytes) -> Iterator[bytes]:
    """Yield every page of a database file."""
    content = database.read_bytes()
    for at in range(0, len(content), PAGE):
        yield _page(content[at : at + PAGE], key, is_first=at == 0)


def frames(log: Path, key: bytes) -> Iterator[bytes]:
    """Yield every page in a WAL, those of earlier rounds too."""
    content = log.read_bytes() if log.exists() else b""
    for at in range(_LOG_HEAD, len(content) - PAGE, _FRAME_HEAD + PAGE):
        number = int.from_bytes(content[at : at + 4], "big")
        start = at + _FRAME_HEAD
        yield _page(content[start : start + PAGE], key, is_first=number == 1)


def syllables(content: bytes) -> set[str]:
    """Return every two syllables of Hangul that stand together anywhere in these bytes."""
    runs = {run.decode(errors="replace") for run in _HANGUL.findall(content)}
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def indexed(database: Path, key: bytes) -> set[str]:
    """Return every word in the pages of the full-text index, put together again."""
    with resting(database, key) as db:
        leaves = [bytes(block) for id, block in db.execute(_LEAVES) if _is_leaf(id)]
        found = {bytes(term) for (term,) in db.execute(_CONTENTS)}
    for leaf in leaves:
        found |= set(_terms(leaf))
    return {term[1:].decode(errors="replace") for term in found}


def _page(raw: bytes, key: bytes, *, is_first: bool) -> bytes:
    body, vector = raw[: PAGE - RESERVED], raw[PAGE - RESERVED :][:IV]
    cipher = Cipher(algorithms.AES(key[:32]), modes.CBC(vector)).decryptor()
    return cipher.update(body[SALT if is_first else 0 :]) + cipher.finalize()


def _is_leaf(id: int) -> bool:
    return not id >> 31 & 0x3F  # neither a higher level nor a list of pages of one word


def _terms(leaf: bytes) -> Iterator[bytes]:
    """Read a leaf as FTS5's own comments describe it: where each word begins, then the words."""
    at, begins, term = int.from_bytes(leaf[2:4], "big"), 0, b""
    while at < len(leaf):
        step, at = _number(leaf, at)
        begins, is_first = begins + step, not begins
        same, here = (0, begins) if is_first else _number(leaf, begins)
        length, here = _number(leaf, here)
        term = term[:same] + leaf[here : here + length]
        yield term


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Read one of SQLite's numbers of one to nine bytes; return it and where it ends."""
    number = 0
    for count in range(9):
        byte = content[at + count]
        if count == 8:
            return number << 8 | byte, at + 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return number, at + count + 1
