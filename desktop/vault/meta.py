"""A few facts about the vault itself, inside the encrypted file."""

from desktop.vault.database import Db

_HEADER_SEQ, _CODE = "header_seq", "recovery_code"
_SHOWN = "shown"


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


def code_shown(db: Db) -> None:
    """Remember that a recovery code was made which nobody has yet proven to have on paper."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_CODE, _SHOWN))
    db.wrote("vault.code", "recovery", 1, b"")


def code_proven(db: Db) -> None:
    """The code is on paper."""
    if db.execute("DELETE FROM meta WHERE key = ?", (_CODE,)).rowcount:
        db.wrote("vault.code", "recovery", 2, b"")


def is_code_unproven(db: Db) -> bool:
    """Say whether the program ended between showing a code and its proof."""
    return db.execute("SELECT 1 FROM meta WHERE key = ?", (_CODE,)).fetchone() is not None
