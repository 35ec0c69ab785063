"""What laptops call this hub: said to the process that serves, needed by whoever makes a code."""

from sync.server import tables
from sync.server.store import Db

_PUBLIC = "public-url"


def keep(db: Db, url: str) -> None:
    """Remember the address that laptops call."""
    if not db.change(tables.meta, {"key": _PUBLIC}, value=url):
        db.add(tables.meta, {"key": _PUBLIC, "value": url})


def public(db: Db) -> str:
    """Return it as it was said last, or nothing."""
    row = db.one(tables.meta, key=_PUBLIC)
    return str(row["value"]) if row else ""
