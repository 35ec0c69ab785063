"""What must be true before a vault is touched, and what SQL may never do later (R-10, R-21)."""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import MemoryShort, UnsafeBuild

_PLAIN = b"SQLite format 3\0"
_PAGE = 4096
_OLDEST_SQLITE = (3, 51, 3)  # before it, two connections can corrupt a WAL (SQLite's WAL-reset)
_PRAGMAS = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("fullfsync", "1", 1),  # macOS; elsewhere it changes nothing
    ("checkpoint_fullfsync", "1", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "2", 2),  # one PRAGMA undoes the encryption of temporary files
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("busy_timeout", "5000", 5000),
)
_MAY_ASK = frozenset({
    "data_version", "user_version", "cipher_version", "integrity_check", "quick_check",
    "cipher_integrity_check", "wal_checkpoint", "journal_mode", "synchronous", "temp_store",
    "page_count", "page_size", "freelist_count", "table_info", "foreign_key_check", "optimize",
})  # fmt: skip
_MAY_TELL = frozenset({"wal_checkpoint", "integrity_check", "quick_check", "table_info"})
_NEVER = frozenset(
    getattr(sqlcipher, f"SQLITE_{name}")
    for name in (
        "ATTACH", "DETACH", "ALTER_TABLE", "CREATE_TABLE", "CREATE_TEMP_TABLE", "CREATE_INDEX",
        "CREATE_TEMP_INDEX", "CREATE_TRIGGER", "CREATE_TEMP_TRIGGER", "CREATE_VIEW",
        "CREATE_TEMP_VIEW", "CREATE_VTABLE", "DROP_TABLE", "DROP_TEMP_TABLE", "DROP_INDEX",
        "DROP_TEMP_INDEX", "DROP_TRIGGER", "DROP_TEMP_TRIGGER", "DROP_VIEW", "DROP_TEMP_VIEW",
        "DROP_VTABLE", "REINDEX",
    )
)  # fmt: skip
_ALLOW, _DENY = 0, 1
_UNSAFE_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer"})


def check_build() -> None:
    """Refuse SQLite with the WAL-reset race, or a SQLite without encryption."""
    try:
        with closing(sqlcipher.connect(":memory:")) as db:
            cipher = db.execute("PRAGMA cipher_version").fetchone()
    except MemoryError as error:
        raise MemoryShort from error
    version = sqlcipher.sqlite_version
    if cipher is None or tuple(int(part) for part in version.split(".")) < _OLDEST_SQLITE:
        raise UnsafeBuild(found=f"SQLite {version}, SQLCipher {cipher[0] if cipher else '-'}")


def looks_encrypted(path: Path) -> bool:
    """Whether this can be our database: SQLite would take an empty file for a new one."""
    if not path.is_file() or path.stat().st_size < _PAGE:
        return False
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) != _PLAIN


def set_pragmas(db: sqlcipher.Connection) -> None:
    """Set what keeps words safe on this connection, and read every one back."""
    for name, value, _ in _PRAGMAS:
        db.execute(f"PRAGMA {name} = {value}").fetchall()
    for name, _, expected in _PRAGMAS:
        found = db.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != expected:
            raise UnsafeBuild(found=f"PRAGMA {name}")
    if db.execute("PRAGMA cipher_memory_security").fetchone() != ("1",):
        raise UnsafeBuild(found="PRAGMA cipher_memory_security")


def forbid(db: sqlcipher.Connection) -> None:
    """From now on refuse whatever could write words outside the encrypted file."""
    db.set_authorizer(_may)


def _may(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlcipher.SQLITE_PRAGMA:
        is_allowed = first in _MAY_ASK if second is None else first in _MAY_TELL
    elif action == sqlcipher.SQLITE_FUNCTION:
        is_allowed = second not in _UNSAFE_FUNCTIONS
    else:
        is_allowed = action not in _NEVER
    return _ALLOW if is_allowed else _DENY
