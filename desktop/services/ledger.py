"""What was provided without a consent, to be read and handed on (decree 15): nobody's name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.disclosures import Entry
from desktop.services import spreadsheets, whole_files
from desktop.vault import ledger
from desktop.vault.database import Vault


@dataclass(frozen=True, slots=True)
class Wording:
    """How the file says it: the words above its columns, and a line in their order."""

    heads: tuple[str, ...]
    line: Callable[[Entry], tuple[str, ...]]


def page(vault: Vault, most: int) -> tuple[int, tuple[Entry, ...]]:
    """Return how many lines there are, and the newest."""
    with vault.reading() as db:
        return ledger.provided(db), ledger.every(db, most)


def save(vault: Vault, file: Path, wording: Wording) -> None:
    """Write every line to a file.

    Raises `UnsafePlace` where a folder is copied elsewhere, `FileNotWritten`.
    """
    with vault.reading() as db:
        entries = ledger.every(db)
    whole_files.write(file, spreadsheets.as_csv(wording.heads, map(wording.line, entries)))
