"""The row of an organisation's own heads and phrases."""

from datetime import datetime

import msgspec

from desktop.domain.templates import Template, Wrong
from desktop.note_errors import TemplateBroken
from desktop.vault.columns import content
from desktop.vault.database import Db
from desktop.vault.subjects import GONE


def kept(db: Db) -> Template | None:
    """Return what is kept; None: the program's own. `TemplateBroken` when nobody can read it."""
    row = db.execute("SELECT template FROM note_template").fetchone()
    if row is None:
        return None
    try:
        return msgspec.json.decode(row[0], type=Template)
    except msgspec.DecodeError as error:
        raise TemplateBroken("kept", 1, Wrong.UNREADABLE) from error


def keep(db: Db, template: Template, at: datetime) -> None:
    """Put a template in force."""
    row = (msgspec.json.encode(template).decode(),)
    db.execute("INSERT OR REPLACE INTO note_template (one, template) VALUES (1, ?)", row)
    db.wrote("template.kept", 1, 1, content(*row), at)


def drop(db: Db, at: datetime) -> None:
    """Go back to the program's own."""
    if db.execute("DELETE FROM note_template").rowcount:
        db.wrote("template.dropped", 1, 2, GONE, at)
