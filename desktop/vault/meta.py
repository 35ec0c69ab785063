"""A few facts about the vault itself, inside the encrypted file."""

from datetime import datetime

from desktop.vault.columns import content
from desktop.vault.database import Db
from desktop.vault.subjects import GONE

_HEADER_SEQ, _CODE = "header_seq", "recovery_code"
_SHOWN = "shown"


def keep(db: Db, key: str, value: str, at: datetime | None = None) -> None:
    """Keep a fact in place of the one before."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))
    db.wrote("vault.kept", key, 1, content(key, value), at)


def kept(db: Db, key: str) -> str | None:
    """Return a fact, or None."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def drop(db: Db, key: str) -> None:
    """Forget a fact."""
    if db.execute("DELETE FROM meta WHERE key = ?", (key,)).rowcount:
        db.wrote("vault.dropped", key, 1, GONE)


def header_seq(db: Db) -> int:
    """Return the number of the newest header this vault has seen: an older one is a rollback."""
    return int(kept(db, _HEADER_SEQ) or 0)


def saw_header(db: Db, seq: int) -> None:
    """Remember that the key slots changed."""
    keep(db, _HEADER_SEQ, str(seq))


def code_shown(db: Db) -> None:
    """Remember that a recovery code was made which nobody has yet proven to have on paper."""
    keep(db, _CODE, _SHOWN)


def code_proven(db: Db) -> None:
    """The code is on paper."""
    drop(db, _CODE)


def is_code_unproven(db: Db) -> bool:
    """Say whether the program ended between showing a code and its proof."""
    return kept(db, _CODE) is not None
