"""Rows of words added to a signed note, and of those still being written."""

from datetime import datetime

from desktop.domain.ids import AddendumId, NoteId
from desktop.domain.notes import Addendum
from desktop.domain.text import Checked
from desktop.vault import search
from desktop.vault.columns import content, stamp, time, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE


def of(db: Db, note: str) -> tuple[Addendum, ...]:
    """Return what was added to a note, in its order."""
    rows = db.execute(
        "SELECT id, who, at, text FROM addendum WHERE note = ? ORDER BY at, rowid", (note,)
    ).fetchall()
    return tuple(
        Addendum(AddendumId(uuid(key)), who, time(at), Checked(text))
        for key, who, at, text in rows
    )


def add(db: Db, n: int, note: NoteId, added: Addendum) -> None:
    """Add words to the note that is row `n`, found together with its own from now on."""
    search.take_out(db, n)
    row = (str(added.id), str(note), added.who, stamp(added.at), added.text)
    db.execute("INSERT INTO addendum (id, note, who, at, text) VALUES (?, ?, ?, ?, ?)", row)
    db.wrote("addendum.added", added.id, 1, content(*row), added.at)
    search.take_in(db, n)
    drop_unfinished(db, note, added.at)


def unfinished(db: Db, note: str) -> str:
    """Return the words that were being added; "" where none are."""
    row = db.execute("SELECT text FROM unfinished_addendum WHERE note = ?", (note,)).fetchone()
    return str(row[0]) if row else ""


def set_aside(db: Db, note: NoteId, text: Checked, at: datetime) -> None:
    """Keep words that are being added, in place of those before."""
    row = (str(note), text)
    db.execute("INSERT OR REPLACE INTO unfinished_addendum (note, text) VALUES (?, ?)", row)
    db.wrote("adding.kept", note, 1, content(*row), at)


def drop_unfinished(db: Db, note: NoteId, at: datetime) -> None:
    """Throw them away: they were added, or not wanted."""
    if db.execute("DELETE FROM unfinished_addendum WHERE note = ?", (str(note),)).rowcount:
        db.wrote("adding.dropped", note, 2, GONE, at)
