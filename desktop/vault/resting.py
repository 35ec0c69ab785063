"""A database that nobody writes to: opened so that no byte is written, and no file beside it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.errors import MemoryShort

_PRAGMAS = (
    ("temp_store", "2", 2),  # what is sorted stays in memory
    ("mmap_size", "0", 0),
    ("cell_size_check", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("query_only", "ON", 1),
)


@contextmanager
def resting(database: Path, key: bytes) -> Iterator[sqlcipher.Connection]:
    """Open a file that has no WAL, with its raw key and salt. Only where nothing writes to it.

    Raises `sqlcipher.Error` when its first page does not open, and `MemoryShort`.
    """
    try:
        with closing(_opened(database)) as db:
            _prepare(db, key)
            yield db
    except MemoryError as error:
        raise MemoryShort from error


def _opened(database: Path) -> sqlcipher.Connection:
    return sqlcipher.connect(
        f"{database.absolute().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )


def _prepare(db: sqlcipher.Connection, key: bytes) -> None:
    db.execute("PRAGMA cipher_log_level = NONE").fetchall()  # it prints to stderr
    db.execute("PRAGMA cipher_memory_security = ON")
    db.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for name, value, _ in _PRAGMAS:
        db.execute(f"PRAGMA {name} = {value}").fetchall()
    for name, _, expected in _PRAGMAS:
        if db.execute(f"PRAGMA {name}").fetchone() != (expected,):
            raise RuntimeError(f"PRAGMA {name} does not hold")
