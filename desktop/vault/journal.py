"""The append-only chain of what happened: the database's memory of its own order."""

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
        "INSERT INTO op (seq, kind, record, version, digest, h) VALUES (?, ?, ?, ?, ?, ?)",
        (link.seq, op.kind, op.record, op.version, op.digest, link.h),
    )
    return link


def holds_since(db: sqlcipher.Connection, keys: VaultKeys, known: Head) -> bool:
    """Whether `known` is in the chain and everything after it follows from it."""
    if known != START and _link_at(db, known.seq) != known.h:
        return False
    last = known
    rows = db.execute(
        "SELECT seq, kind, record, version, digest, h FROM op WHERE seq > ? ORDER BY seq",
        (known.seq,),
    )
    for seq, kind, record, version, content, h in rows:
        last = _next(keys, last, Op(kind, record, version, content))
        if last != Head(seq, h):
            return False
    return True


def _link_at(db: sqlcipher.Connection, seq: int) -> bytes | None:
    row = db.execute("SELECT h FROM op WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else None


def _next(keys: VaultKeys, last: Head, op: Op) -> Head:
    parts = (
        last.h,
        str(last.seq + 1).encode(),
        op.kind.encode(),
        op.record.encode(),
        str(op.version).encode(),
        op.digest,
    )
    # Lengths first: ("ab", "c") and ("a", "bc") are different things that happened.
    row = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return Head(last.seq + 1, mac(keys.chain, row))
