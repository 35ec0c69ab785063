"""How far the hub has told each case to have come, so that an older word moves nothing back."""

from desktop.vault import mailbox
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands


def advanced(db: Db, ref: str, version: int) -> bool:
    """Know a case as having come so far in this life of the hub; say whether that is further."""
    further = db.execute(
        "INSERT INTO received_reached (received, epoch, version) VALUES (?, ?, ?)"
        " ON CONFLICT (received) DO UPDATE SET epoch = excluded.epoch, version = excluded.version"
        " WHERE epoch <> excluded.epoch OR version < excluded.version",
        (ref, mailbox.place(db).epoch, version),
    ).rowcount
    if further:
        as_it_stands(db, "reached.told", ref)
    return bool(further)
