"""How the ledger says a line: on the screen, and in the file that is handed on (decree 15)."""

from desktop.domain.disclosures import Entry
from desktop.services.ledger import Wording
from desktop.services.spreadsheets import clock
from i18n import formats, tr
from ui import item_words


def wording() -> Wording:
    """Return how the file says it, in the language that is read now."""
    heads = (
        tr("When"), tr("To whom"), tr("What for"), tr("Law"), tr("What was passed on"),
        tr("How"), tr("Limits"),
    )  # fmt: skip
    return Wording(heads, _line)


def purpose(code: str) -> str:
    """Say what it was told for."""
    return {
        "child-protection": tr("To protect a child"),
        "rescue": tr("To save life or body"),
    }.get(code, code)


def form(code: str) -> str:
    """Say how it went."""
    return {
        "sealed-message": tr("Each went sealed through the Youth Safety Net."),
    }.get(code, code)


def limits(code: str) -> str:
    """Say what whoever has it may do with it."""
    return {
        "purpose-only/reporter-secret": tr(
            "Each was for that purpose alone, and who reported must stay secret."
        ),
    }.get(code, code)


def items(entry: Entry) -> str:
    """Name what was told."""
    return formats.names(tuple(item_words.item(item) for item in entry.items))


def _line(entry: Entry) -> tuple[str, ...]:
    return (
        clock(entry.at), entry.recipient_name, purpose(entry.purpose), entry.ground.article,
        items(entry), form(entry.form), limits(entry.limits),
    )  # fmt: skip
