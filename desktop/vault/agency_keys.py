"""Which sealing key of each agency was last used or compared, and since when there is another."""

from dataclasses import dataclass
from datetime import datetime

from desktop.vault.columns import stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands


@dataclass(frozen=True, slots=True)
class KnownKey:
    """What is remembered of an agency's sealing keys."""

    epoch: int
    """Last used or compared; 0 before the first letter."""
    digest: bytes
    newest: int
    seen_at: datetime


def of(db: Db, agency: str) -> KnownKey | None:
    """Return what is remembered of an agency."""
    row = db.execute(
        "SELECT epoch, digest, newest, seen_at FROM agency_key WHERE agency = ?", (agency,)
    ).fetchone()
    return KnownKey(int(row[0]), bytes(row[1]), int(row[2]), time(row[3])) if row else None


def keep(db: Db, agency: str, known: KnownKey) -> None:
    """Remember it."""
    db.execute(
        "INSERT INTO agency_key (agency, epoch, digest, newest, seen_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (agency) DO UPDATE SET epoch = excluded.epoch, digest = excluded.digest,"
        " newest = excluded.newest, seen_at = excluded.seen_at",
        (agency, known.epoch, known.digest, known.newest, stamp(known.seen_at)),
    )
    as_it_stands(db, "agency_key.kept", agency, known.newest)
