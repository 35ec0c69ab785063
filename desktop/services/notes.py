"""Writing about a meeting: saved as it is typed, finished when the counselor says so."""

from desktop.domain.ids import MeetingId, NoteId, YouthId
from desktop.domain.moment import Moment
from desktop.domain.notes import Note
from desktop.domain.text import Checked, checked, masked
from desktop.vault import notes
from desktop.vault.database import Vault


def save(
    vault: Vault, youth: YouthId, meeting: MeetingId, text: str, moment: Moment
) -> Note | None:
    """Keep what is written about a meeting. Nothing written yet, and nothing to keep: None.

    ResidentNumberFound and TextTooLong leave what was kept before untouched.
    """
    return _save(vault, (youth, meeting), checked(text), moment)


def rescue(
    vault: Vault, youth: YouthId, meeting: MeetingId, text: str, moment: Moment
) -> Note | None:
    """Keep the words at the last moment: a resident number is blotted out, as nobody can be asked.

    The law forbids keeping the number, not the rest (PIPA 24-2).
    """
    return _save(vault, (youth, meeting), masked(text), moment)


def finish(vault: Vault, note: NoteId, moment: Moment) -> Note:
    """Mark a note finished. It can still be corrected: saving other words opens it again."""
    with vault.transaction() as db:
        kept = notes.one(db, note)
        return kept.note if kept.note.finished_at else notes.finish(db, kept, moment.now)


def _save(
    vault: Vault, about: tuple[YouthId, MeetingId], text: Checked, moment: Moment
) -> Note | None:
    youth, meeting = about
    with vault.transaction() as db:
        kept = notes.about(db, meeting)
        if kept is not None:
            is_same = kept.note.text == text
            return kept.note if is_same else notes.rewrite(db, kept, text, moment.now)
        if not text.strip():
            return None
        note = Note(NoteId(moment.id("note")), youth, meeting, moment.now, text)
        notes.add(db, note)
        return note
