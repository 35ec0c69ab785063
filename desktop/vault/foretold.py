"""Since when it was shown that something ends: rows of what may go by itself."""

from collections.abc import Iterable
from datetime import datetime

from desktop.domain.retention import Expiry, Target
from desktop.vault.columns import stamp, time
from desktop.vault.database import Db


def since(db: Db, expiry: Expiry) -> datetime | None:
    """Return since when it was shown that this ends at just that time; None: it was not."""
    row = db.execute(
        "SELECT since FROM foretold WHERE record = ? AND due = ?",
        (expiry.target.name, stamp(expiry.due)),
    ).fetchone()
    return time(row[0]) if row else None


def begin(db: Db, ends: Iterable[Expiry], at: datetime) -> None:
    """Write down that these are shown from now on; another time of ending begins anew."""
    db.executemany(
        "INSERT OR REPLACE INTO foretold (record, due, since) VALUES (?, ?, ?)",
        [(each.target.name, stamp(each.due), stamp(at)) for each in ends],
    )


def forget(db: Db, *targets: Target) -> None:
    """Let go of what goes, or is somebody else now."""
    db.executemany("DELETE FROM foretold WHERE record = ?", [(each.name,) for each in targets])
