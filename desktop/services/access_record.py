"""The access record as a page shows it, and as the file a supervisor is handed (PIPA 29)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from desktop.domain.ids import YouthId
from desktop.domain.looks import KEPT, Look, Reader
from desktop.domain.moment import Moment
from desktop.paths import refuse_synced
from desktop.services import looks, spreadsheets, whole_files
from desktop.vault import looks as rows
from desktop.vault.database import Vault

SHOWN = 200
"""Of the looks at anybody, the newest; the file holds all. About one person all are shown."""
_INSTANT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Page:
    """Looks, newest first, and who "I" am among them."""

    looks: tuple[Look, ...]
    me: Reader
    """Whose vault this is, on this laptop."""
    count: int
    """How many there are, shown or not."""
    aliases: Mapping[YouthId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taking:
    """What the file holds, and how it says it."""

    days: int
    with_aliases: bool
    heads: tuple[str, ...]
    line: Callable[[Look, str], tuple[str, ...]]
    """Of a look, and the alias of whom it was at; in the order of `heads`."""


def page(vault: Vault, youth: YouthId | None, moment: Moment, days: int = 30) -> Page:
    """Return the looks at one young person, or at anybody within so many days."""
    with vault.reading() as db:
        own = Reader(vault.vault_id.hex, looks.reader(db, vault).place)
    if youth is not None:
        found = looks.of(vault, youth)
        return Page(found, own, len(found))
    span = moment.now - timedelta(days=days), moment.now + _INSTANT
    with vault.reading() as db:
        found = rows.newest(db, *span, SHOWN)
        about = {look.sight.youth for look in found if look.sight.youth}
        return Page(found, own, rows.count(db, *span), rows.aliases(db, about))


def save(vault: Vault, file: Path, what: Taking, moment: Moment) -> None:
    """Write the looks of a time to a file, and write down that they were taken out.

    Raises `UnsafePlace` where a folder is copied elsewhere, `FileNotWritten`, `DiskFull`.
    """
    refuse_synced(file.parent)
    span = moment.now - min(KEPT, timedelta(days=what.days)), moment.now + _INSTANT
    found, aliases = looks.taken_as_file(vault, span, moment, with_aliases=what.with_aliases)
    lines = (what.line(look, _alias(look, aliases)) for look in found)
    whole_files.write(file, spreadsheets.as_csv(what.heads, lines))


def _alias(look: Look, aliases: Mapping[YouthId, str]) -> str:
    return aliases.get(look.sight.youth, "") if look.sight.youth else ""
