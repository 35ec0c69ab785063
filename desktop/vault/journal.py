"""The append-only chain of what happened: the database's memory of its own order."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.vault.keys import VaultKeys, mac


@dataclass(frozen=True, slots=True)
class Head:
    """The last link: how many things happened, and the hash over all of them."""

    seq: int
    h: bytes


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that happened to one record. Holds no words."""

    kind: str
    record: str
    version: int
    digest: bytes
    at: str = ""
    """When the person did it, as `columns.stamp` writes it; empty where nobody asked the time."""


START = Head(0, bytes(32))


def digest(keys: VaultKeys, content: bytes) -> bytes:
    """Return what stands for `content` in the journal: keyed, so it cannot be guessed at."""
    return mac(keys.digest, content)


def head(db: sqlcipher.Connection) -> Head:
    """Return the last link."""
    row = db.execute("SELECT seq, h FROM op ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else START


def append(db: sqlcipher.Connection, keys: VaultKeys, last: Head, op: Op) -> Head:
    """Add one link and return it."""
    link = _next(keys, last, op)
    db.execute(
        "INSERT INTO op (seq, kind, record, version, digest, at, h) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (link.seq, op.kind, op.record, op.version, op.digest, op.at, link.h),
    )
    return link


def holds_since(db: sqlcipher.Connection, keys: VaultKeys, known: Head) -> bool:
    """Whether `known` is in the chain and everything after it follows from it."""
    if not holds(db, known):
        return False
    return all(op is not None for op in since(db, keys, known))


def holds(db: sqlcipher.Connection, known: Head) -> bool:
    """Whether `known` is in the chain."""
    if known == START:
        return True
    row = db.execute("SELECT h FROM op WHERE seq = ?", (known.seq,)).fetchone()
    return row is not None and row[0] == known.h


def since(db: sqlcipher.Connection, keys: VaultKeys, known: Head) -> Iterator[Op | None]:
    """Yield what happened after `known`, in order; None, and no more, where the chain breaks."""
    last = known
    rows = db.execute(
        "SELECT seq, kind, record, version, digest, at, h FROM op WHERE seq > ? ORDER BY seq",
        (known.seq,),
    )
    for seq, kind, record, version, content, at, h in rows:
        op = Op(kind, record, version, content, at)
        last = _next(keys, last, op)
        if last != Head(seq, h):
            yield None
            return
        yield op


def _next(keys: VaultKeys, last: Head, op: Op) -> Head:
    parts = (
        last.h,
        str(last.seq + 1).encode(),
        op.kind.encode(),
        op.record.encode(),
        str(op.version).encode(),
        op.digest,
        op.at.encode(),
    )
    # Lengths first: ("ab", "c") and ("a", "bc") are different things that happened.
    row = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return Head(last.seq + 1, mac(keys.chain, row))
