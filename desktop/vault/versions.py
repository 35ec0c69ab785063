"""Rows of earlier wordings. They go with their note, and no search finds them."""

from datetime import datetime

import msgspec

from desktop.domain.ids import NoteId
from desktop.domain.notes import Mark, Marks, Note
from desktop.domain.text import Checked
from desktop.domain.versions import Saved, Version, is_kept
from desktop.vault.columns import content, stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import BETWEEN


def keep_if_due(db: Db, before: Note, text: str, at: datetime) -> None:
    """Keep the words before, when `text` takes their place and a pause or a cut came between."""
    if is_kept(before, text, at, newest(db, before.id)):
        keep(db, before, at)


def keep(db: Db, note: Note, at: datetime) -> None:
    """Keep a wording as it stands now; once."""
    row = (
        str(note.id), note.version, stamp(note.saved_at), spans(note.marks), note.text,
    )  # fmt: skip
    added = db.execute(
        "INSERT INTO note_version (note, version, saved_at, marks, text) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        row,
    ).rowcount
    if added:
        db.wrote("version.kept", f"{note.id}{BETWEEN}{note.version}", 1, content(*row), at)


def newest(db: Db, note: NoteId) -> int:
    """Return the newest version kept; 0: none."""
    query = "SELECT max(version) FROM note_version WHERE note = ?"
    found: int | None = db.execute(query, (str(note),)).fetchone()[0]
    return found or 0


def of(db: Db, note: NoteId) -> tuple[Saved, ...]:
    """Return what is kept of a note, newest first, without its words."""
    rows = db.execute(
        "SELECT version, saved_at, length(text) FROM note_version WHERE note = ?"
        " ORDER BY version DESC",
        (str(note),),
    )
    return tuple(Saved(version, time(at), length) for version, at, length in rows)


def one(db: Db, note: NoteId, version: int) -> Version:
    """Return one wording; one from nowhere is a bug."""
    row = db.execute(
        "SELECT saved_at, text, marks FROM note_version WHERE note = ? AND version = ?",
        (str(note), version),
    ).fetchone()
    if row is None:
        raise LookupError
    saved_at, text, kept = row
    return Version(version, time(saved_at), Checked(text), marks_of(kept))


def holding(db: Db, note: NoteId, word: str) -> frozenset[int]:
    """Return which versions of one note hold a word: only when somebody wishes to know."""
    rows = db.execute(
        "SELECT version FROM note_version WHERE note = ? AND instr(lower(text), lower(?))",
        (str(note), word),
    )
    return frozenset(version for (version,) in rows)


def spans(marks: Marks) -> str:
    """Return marks as they are kept."""
    return msgspec.json.encode([(mark.start, mark.length) for mark in marks]).decode()


def marks_of(kept: str | None) -> Marks:
    """Read what `spans` wrote."""
    found = msgspec.json.decode(kept, type=list[tuple[int, int]]) if kept else []
    return tuple(Mark(start, length) for start, length in found)
