"""What was provided without a consent, to be read and handed on (decree 15): nobody's name."""

import csv
from io import StringIO
from pathlib import Path

from desktop.domain.disclosures import Entry
from desktop.services import whole_files
from desktop.vault import ledger
from desktop.vault.database import Vault

COLUMNS = ("at", "recipient", "purpose", "basis", "items", "form", "limits")


def page(vault: Vault, most: int) -> tuple[int, tuple[Entry, ...]]:
    """Return how many lines there are, and the newest."""
    with vault.reading() as db:
        return ledger.provided(db), ledger.every(db, most)


def save(vault: Vault, file: Path) -> None:
    """Write every line to a file.

    Raises `UnsafePlace` where a folder is copied elsewhere, `FileNotWritten`.
    """
    with vault.reading() as db:
        entries = ledger.every(db)
    table = StringIO()
    lines = csv.writer(table)
    lines.writerow(COLUMNS)
    lines.writerows(map(_cells, entries))
    # The mark lets spreadsheets read Korean.
    whole_files.write(file, table.getvalue().encode("utf-8-sig"))


def _cells(entry: Entry) -> tuple[str, ...]:
    at, items = entry.at.isoformat(timespec="seconds"), " ".join(i.value for i in entry.items)
    # A name that begins like a formula would be one in a spreadsheet.
    name = entry.recipient_name
    name = f"'{name}" if name[:1] in ("=", "+", "-", "@") else name
    return at, name, entry.purpose, entry.ground.article, items, entry.form, entry.limits
