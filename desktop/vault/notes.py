"""Rows of notes. Nothing that sends may import this."""

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.ids import MeetingId, NoteId, OutreachId, YouthId
from desktop.domain.notes import Marks, Note, Signature
from desktop.domain.text import Checked
from desktop.errors import MemoryShort
from desktop.vault import addenda, search, versions
from desktop.vault.columns import Row, content, stamp, time, time_or_none, uuid
from desktop.vault.database import Db
from desktop.vault.subjects import GONE

_SELECT = (
    "SELECT n.n, n.id, n.youth, n.meeting, n.saved_at, n.version, n.finished_at, n.is_indexed,"
    " n.text, k.spans, s.who, s.at FROM note n LEFT JOIN note_marks k ON k.note = n.id"
    " LEFT JOIN note_signature s ON s.note = n.id "
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A note and where it stands in the index."""

    note: Note
    n: int
    is_indexed: bool


def about(db: Db, meeting: MeetingId) -> Kept | None:
    """Return the note about one meeting."""
    row = db.execute(_SELECT + "WHERE n.meeting = ?", (str(meeting),)).fetchone()
    return _read(db, row) if row else None


def one(db: Db, note: NoteId) -> Kept:
    """Return one note; an id from nowhere is a bug."""
    row = db.execute(_SELECT + "WHERE n.id = ?", (str(note),)).fetchone()
    if row is None:
        raise LookupError
    return _read(db, row)


def add(db: Db, note: Note) -> None:
    """Keep a new note."""
    search.catch_up(db, allowed=search.TYPED_AT_ONCE)
    db.execute(
        "INSERT INTO note (id, youth, meeting, saved_at, version, is_indexed, text)"
        " VALUES (?, ?, ?, ?, ?, 0, ?)",
        (
            str(note.id), str(note.youth), str(note.meeting), stamp(note.saved_at), note.version,
            note.text,
        ),
    )  # fmt: skip
    db.wrote("note.saved", note.id, note.version, _content(note), note.saved_at)
    _keep_marks(db, note.id, note.marks, note.saved_at)


def rewrite(db: Db, kept: Kept, text: Checked, at: datetime) -> Note:
    """Put other words in a note's place; those before stay as a version where that is due."""
    versions.keep_if_due(db, kept.note, text, at)
    note = replace(
        kept.note, text=text, saved_at=at, version=kept.note.version + 1, finished_at=None
    )
    if kept.is_indexed:
        search.catch_up(db, allowed=search.TYPED_AT_ONCE)
        search.take_out(db, kept.n)
    # Only what changes: SQLite rewrites the index of every column that is named.
    is_settled = kept.is_indexed or kept.note.finished_at is not None
    reopened = ", finished_at = NULL, is_indexed = 0" if is_settled else ""
    db.execute(
        f"UPDATE note SET text = ?, saved_at = ?, version = ?{reopened} WHERE n = ?",  # noqa: S608  (words of ours)
        (note.text, stamp(at), note.version, kept.n),
    )
    db.wrote("note.saved", note.id, note.version, _content(note), note.saved_at)
    return note


def mark(db: Db, note: Note, marks: Marks, at: datetime) -> Note:
    """Say which passages are sensitive. That is no change of the words."""
    if marks != note.marks:
        _keep_marks(db, note.id, marks, at)
    return replace(note, marks=marks)


def sign(db: Db, kept: Kept, signature: Signature) -> Note:
    """Let a note's words stay from now on, and take them into the index."""
    at = signature.at
    note = replace(kept.note, finished_at=at, version=kept.note.version + 1, signature=signature)
    db.execute(
        "UPDATE note SET finished_at = ?, version = ? WHERE n = ?",
        (stamp(at), note.version, kept.n),
    )
    db.wrote("note.finished", note.id, note.version, _content(note), at)
    if not kept.is_indexed:
        search.take_in(db, kept.n)
    row = (str(note.id), signature.who, stamp(at))
    db.execute("INSERT INTO note_signature (note, who, at) VALUES (?, ?, ?)", row)
    db.wrote("signature.given", note.id, 1, content(*row), at)
    return note


def lengths_on(db: Db, outreach: OutreachId) -> dict[MeetingId, tuple[int, bool]]:
    """Return, for each meeting of a night with a note, its length and whether it is finished."""
    rows = db.execute(
        "SELECT n.meeting, length(n.text), n.finished_at IS NOT NULL FROM note n"
        " JOIN meeting m ON m.id = n.meeting WHERE m.outreach = ?",
        (str(outreach),),
    )
    return {MeetingId(uuid(key)): (length, bool(is_done)) for key, length, is_done in rows}


def _keep_marks(db: Db, note: NoteId, marks: Marks, at: datetime) -> None:
    if marks:
        row = (str(note), versions.spans(marks))
        db.execute("INSERT OR REPLACE INTO note_marks (note, spans) VALUES (?, ?)", row)
        db.wrote("marks.set", note, 1, content(*row), at)
    elif db.execute("DELETE FROM note_marks WHERE note = ?", (str(note),)).rowcount:
        db.wrote("marks.dropped", note, 2, GONE, at)


def _content(note: Note) -> bytes:
    # Not read back: this is done every few seconds while somebody types.
    finished_at = stamp(note.finished_at) if note.finished_at else None
    key, youth, meeting = str(note.id), str(note.youth), str(note.meeting)
    saved_at = stamp(note.saved_at)
    return content(key, youth, meeting, saved_at, note.version, finished_at, note.text)


def _read(db: Db, row: Row) -> Kept:
    n, key, youth, meeting, saved_at, version, finished_at, is_indexed, text, spans, who, at = row
    if "\0" in text:
        # No text of ours holds one. SQLCipher hands out zeros for a page it had no memory to
        # decrypt (sqlcipher #304); shown, they could be saved over somebody's words.
        raise MemoryShort
    note = Note(
        id=NoteId(uuid(key)),
        youth=YouthId(uuid(youth)),
        meeting=MeetingId(uuid(meeting)),
        saved_at=time(saved_at),
        text=Checked(text),
        version=version,
        finished_at=time_or_none(finished_at),
        marks=versions.marks_of(spans),
        signature=Signature(who, time(at)) if at else None,
        addenda=addenda.of(db, key) if at else (),
        adding=addenda.unfinished(db, key) if at else "",
    )
    return Kept(note, n, bool(is_indexed))
