"""A few facts about the vault itself, inside the encrypted file."""

from desktop.vault.database import Db

_HEADER_SEQ = "header_seq"


def header_seq(db: Db) -> int:
    """Return the number of the newest header this vault has seen: an older one is a rollback."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (_HEADER_SEQ,)).fetchone()
    return int(row[0]) if row else 0


def saw_header(db: Db, seq: int) -> None:
    """Remember that the key slots changed."""
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value",
        (_HEADER_SEQ, str(seq)),
    )
    db.wrote("vault.slots", "header", seq, str(seq).encode())
