"""Writing about a meeting: saved as it is typed, signed when the counselor says so."""

from desktop.domain.ids import AddendumId, MeetingId, NoteId, YouthId
from desktop.domain.moment import Moment
from desktop.domain.notes import Addendum, Note, Signature, Written, fitted
from desktop.domain.text import Checked, checked, masked
from desktop.errors import NothingWritten
from desktop.note_errors import NoteSigned
from desktop.services import looks
from desktop.vault import addenda, notes, versions
from desktop.vault.database import Db, Vault


def save(
    vault: Vault, youth: YouthId, meeting: MeetingId, written: str | Written, moment: Moment
) -> Note | None:
    """Keep what is written about a meeting. Nothing written yet, and nothing to keep: None.

    ResidentNumberFound, TextTooLong and NoteSigned leave what was kept before untouched.
    """
    paper = _paper(written)
    with vault.transaction() as db:
        return _save(db, (youth, meeting), (paper, checked(paper.text)), moment)


def rescue(
    vault: Vault, youth: YouthId, meeting: MeetingId, written: str | Written, moment: Moment
) -> Note | None:
    """Keep the words at the last moment: a resident number is blotted out, as nobody can be asked.

    The law forbids keeping the number, not the rest (PIPA 24-2). Whoever writes on after the lock
    begins a new wording, so this one stays as a version.
    """
    paper = _paper(written)
    with vault.transaction() as db:
        note = _save(db, (youth, meeting), (paper, masked(paper.text)), moment)
        if note is not None and not note.is_signed and note.text.strip():
            versions.keep(db, note, moment.now)
        return note


def sign(vault: Vault, note: NoteId, moment: Moment) -> Note:
    """Sign a note: from now on its words stay, and later ones are added. A second time: as is."""
    with vault.transaction() as db:
        kept = notes.one(db, note)
        if kept.note.is_signed:
            return kept.note
        who = looks.reader(db, vault).who
        return notes.sign(db, kept, Signature(who, moment.now))


def add(vault: Vault, note: NoteId, text: str, moment: Moment) -> Note:
    """Add words to a signed note. They stay, too: NothingWritten, ResidentNumberFound."""
    words = Checked(checked(text).strip())
    if not words:
        raise NothingWritten(field="addendum")
    with vault.transaction() as db:
        kept = notes.one(db, note)
        if not kept.note.is_signed:
            raise LookupError
        who = looks.reader(db, vault).who
        added = Addendum(AddendumId(moment.id("addendum")), who, moment.now, words)
        addenda.add(db, kept.n, note, added)
        return notes.one(db, note).note


def put_below(
    db: Db, vault: Vault, about: tuple[YouthId, MeetingId], words: str, moment: Moment
) -> None:
    """Put words that were typed elsewhere below what is written about a meeting.

    Below a signed note they are added words; what is being added there stays as it is.
    """
    kept = notes.about(db, about[1])
    if kept is not None and kept.note.is_signed:
        note, who = kept.note, looks.reader(db, vault).who
        added = Addendum(AddendumId(moment.id("addendum")), who, moment.now, checked(words))
        addenda.add(db, kept.n, note.id, added)
        if note.adding:
            addenda.set_aside(db, note.id, Checked(note.adding), moment.now)
        return
    before = kept.note.text if kept else ""
    text = checked(f"{before}\n{words}" if before else words)
    _save(db, about, (Written(text, kept.note.marks if kept else ()), text), moment)


def set_adding_aside(vault: Vault, note: NoteId, text: str, moment: Moment) -> None:
    """Keep words that are being added, as they are typed; a resident number is blotted out."""
    with vault.transaction() as db:
        if text.strip():
            addenda.set_aside(db, note, masked(text), moment.now)
        else:
            addenda.drop_unfinished(db, note, moment.now)


def own_name(vault: Vault) -> str:
    """Return what stands for the owner of this vault beside a signature."""
    return vault.vault_id.hex


def _paper(written: str | Written) -> Written:
    return Written(written) if isinstance(written, str) else written


def _save(
    db: Db, about: tuple[YouthId, MeetingId], paper: tuple[Written, Checked], moment: Moment
) -> Note | None:
    (youth, meeting), (written, text) = about, paper
    marks = fitted(written, text)
    kept = notes.about(db, meeting)
    if kept is None:
        if not text.strip():
            return None
        note = Note(NoteId(moment.id("note")), youth, meeting, moment.now, text, marks=marks)
        notes.add(db, note)
        return note
    note = kept.note
    if note.text != text:
        if note.is_signed:
            raise NoteSigned
        note = notes.rewrite(db, kept, text, moment.now)
    return notes.mark(db, note, marks, moment.now)
