"""The one row that says who this laptop is to the hub."""

from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands


def keep(db: Db, record: str) -> None:
    """Keep the record in place of the one before."""
    db.execute(
        "INSERT INTO enrolment (one, record) VALUES (1, ?)"
        " ON CONFLICT (one) DO UPDATE SET record = excluded.record",
        (record,),
    )
    as_it_stands(db, "enrolment.kept", 1)


def kept(db: Db) -> str | None:
    """Return the record, or None before the first enrolment."""
    row = db.execute("SELECT record FROM enrolment").fetchone()
    return str(row[0]) if row else None
