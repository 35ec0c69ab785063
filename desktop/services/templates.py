"""How an organisation's notes begin, and what it writes every night."""

from desktop.domain import templates as lines
from desktop.domain.moment import Moment
from desktop.domain.templates import Template
from desktop.note_errors import TemplateBroken
from desktop.vault import templates
from desktop.vault.database import Db, Vault


def kept(vault: Vault) -> Template | None:
    """Return what the organisation keeps; None: the program's own. `TemplateBroken` names it."""
    with vault.reading() as db:
        return templates.kept(db)


def usable(db: Db) -> Template | None:
    """Return the same, or None where nobody can read it: a note opens all the same."""
    try:
        return templates.kept(db)
    except TemplateBroken:
        return None


def keep(vault: Vault, typed: tuple[str, str], own: Template, moment: Moment) -> Template:
    """Keep heads and phrases as typed; `own` are those of the program, in use until now.

    `TemplateBroken` names the line that is wrong, and nothing is changed.
    """
    read = lines.read(*typed)
    with vault.transaction() as db:
        template = read.after(usable(db) or own)
        templates.keep(db, template, moment.now)
    return template


def drop(vault: Vault, moment: Moment) -> None:
    """Go back to the program's own."""
    with vault.transaction() as db:
        templates.drop(db, moment.now)
