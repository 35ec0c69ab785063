"""Looks into the hub's own database, as whoever steals it would, and through every file."""

import sqlite3
import unicodedata
from pathlib import Path


def sealed_copies(network: Path, ref: str) -> int:
    """Return how many sealed packets of one case the practice hub still holds."""
    database = next((network / "hub").glob("*.db"))
    with sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True) as db:
        held = db.execute(
            "SELECT count(*) FROM packet WHERE kind IN ('referral.request', 'task.note')"
            " AND ref = ?",
            (ref,),
        ).fetchone()
    db.close()
    return int(held[0])


def readable(folder: Path, needles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files under `folder` in which one of the needles can be read."""
    hidden = tuple(form for needle in needles for form in _forms(needle))
    return tuple(
        str(file.relative_to(folder))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(form in file.read_bytes() for form in hidden)
    )


def _forms(needle: str) -> tuple[bytes, ...]:
    apart = unicodedata.normalize("NFD", needle)
    return (
        needle.encode(),
        apart.encode(),
        needle.encode("utf-16-le"),
        needle.encode("utf-16-be"),
        needle.encode().hex().encode(),
    )
