"""Rows of the ledger of what was provided without a consent (decree 15)."""

from datetime import datetime

import msgspec

from desktop.domain.consents import Item
from desktop.domain.disclosures import Entry, Ground
from desktop.vault.columns import stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import as_it_stands
from sync.protocol.disclosures import BASES

FORM, LIMITS = "sealed-message", "purpose-only/reporter-secret"


def enter(db: Db, ref: str, message: str, at: datetime) -> None:
    """Write into the ledger that it was provided, once (decree 15)."""
    agency, name, basis, items = db.execute(
        "SELECT agency, agency_name, basis, items FROM disclosure WHERE id = ?", (ref,)
    ).fetchone()
    added = db.execute(
        "INSERT INTO disclosure_ledger (id, referral, recipient, recipient_name, purpose,"
        " legal_basis, items, at, form, limits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (message, ref, agency, name, BASES[basis].purpose, basis, items, stamp(at), FORM, LIMITS),
    ).rowcount
    if added:
        as_it_stands(db, "ledger.entered", message, 1, at)


def provided(db: Db) -> int:
    """Return how many lines the ledger has."""
    return int(db.execute("SELECT count(*) FROM disclosure_ledger").fetchone()[0])


def every(db: Db, most: int = -1) -> tuple[Entry, ...]:
    """Return every line of the ledger, or the `most` newest; the newest first."""
    rows = db.execute(
        "SELECT at, recipient_name, legal_basis, items, purpose, form, limits"
        " FROM disclosure_ledger ORDER BY at DESC, id LIMIT ?1 + 0",
        (most,),
    )
    return tuple(
        Entry(time(at), name, Ground(basis), tuple(map(Item, msgspec.json.decode(items))), *codes)
        for at, name, basis, items, *codes in rows.fetchall()
    )
