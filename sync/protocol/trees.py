"""Merkle trees as RFC 9162 section 2.1 hashes them: one signature over many statements.

Every statement can still be proven alone, and without the others: by the hashes beside its way up.
"""

from collections.abc import Sequence
from functools import lru_cache

from sync.protocol.digests import sha256

_LEAF, _NODE = b"\0", b"\1"


class Tree:
    """The tree over some statements, of which there is at least one."""

    def __init__(self, contents: Sequence[bytes]) -> None:
        """Hash everything once."""
        self.size = len(contents)
        self._rows = [tuple(map(leaf, contents))]
        while len(self._rows[-1]) > 1:
            self._rows.append(_above(self._rows[-1]))

    @property
    def root(self) -> bytes:
        """Return the hash that stands for all of them, in their order."""
        return self._rows[-1][0]

    def path(self, position: int) -> tuple[bytes, ...]:
        """Return the hashes that lead from one statement to the root, from below."""
        beside = [(row, (position >> height) ^ 1) for height, row in enumerate(self._rows)]
        return tuple(row[at] for row, at in beside if at < len(row))


def root_above(content: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root to which the path leads (section 2.1.3.2), or None if it fits no tree."""
    if not 0 <= position < size:
        return None
    at, last, root = position, size - 1, leaf(content)
    for beside in path:
        if not last:
            return None
        if at % 2 or at == last:
            root = _node(beside, root)
            while at and not at % 2:
                # Alone at the end of its row, a hash stands in the next row as it is.
                at, last = at >> 1, last >> 1
        else:
            root = _node(root, beside)
        at, last = at >> 1, last >> 1
    return None if last else root


# A whole answer's paths meet at the same nodes, and whoever makes a tree proves it soon after.
@lru_cache(maxsize=256)
def leaf(content: bytes) -> bytes:
    """Return the hash of one statement."""
    return sha256(_LEAF + content)


@lru_cache(maxsize=256)
def _node(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right)


def _above(row: tuple[bytes, ...]) -> tuple[bytes, ...]:
    pairs = zip(row[::2], row[1::2], strict=False)
    return (*(_node(left, right) for left, right in pairs), *(row[-1:] if len(row) % 2 else ()))
