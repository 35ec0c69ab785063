"""Earlier wordings of a note: when they were saved, and what has changed since."""

from dataclasses import dataclass

from desktop.domain.ids import NoteId
from desktop.domain.looks import Kind, Sight, at_record
from desktop.domain.moment import Moment
from desktop.domain.notes import Note
from desktop.domain.text import clean
from desktop.domain.versions import Piece, Saved, Version, compared
from desktop.services import looks
from desktop.vault import notes, versions
from desktop.vault.database import Db, Vault


@dataclass(frozen=True, slots=True)
class History:
    """A note as it is now, and what is kept of it from before, newest first."""

    note: Note
    versions: tuple[Saved, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One earlier wording, and how the note has changed since."""

    version: Version
    pieces: tuple[Piece, ...]


def of(vault: Vault, note: NoteId, moment: Moment) -> History:
    """Return what is kept of a note: a look at it."""
    return looks.shown(vault, lambda db: _history(db, note), _sights, moment)


def compare(vault: Vault, note: NoteId, version: int) -> Comparison:
    """Return one earlier wording beside the note as it is now. Its look is that of `of`."""
    with vault.reading() as db:
        found, now = versions.one(db, note, version), notes.one(db, note).note
    return Comparison(found, compared(found.text, now.text))


def holding(vault: Vault, note: NoteId, word: str) -> frozenset[int]:
    """Return which earlier wordings of one note hold a word: no other search looks at them."""
    with vault.reading() as db:
        return versions.holding(db, note, clean(word).strip())


def _history(db: Db, note: NoteId) -> History:
    return History(notes.one(db, note).note, versions.of(db, note))


def _sights(history: History) -> tuple[Sight, ...]:
    note = history.note
    return (at_record(Kind.NOTE, note.id, note.youth),)
