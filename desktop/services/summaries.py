"""A summary on paper: gathered for a preview, and journalled before any file is written.

The journal says who printed what, when and why, and the SHA-256 of the file; it holds no word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain import looks as sights
from desktop.domain.ids import YouthId
from desktop.domain.looks import Act, Sight
from desktop.domain.moment import Moment
from desktop.domain.notes import Note, joined, without_sensitive
from desktop.domain.outreach import Meeting
from desktop.domain.summaries import LARGEST, Chosen, Section, Summary
from desktop.domain.text import Checked
from desktop.note_errors import SummaryTooLong
from desktop.paths import refuse_synced
from desktop.services import looks, whole_files
from desktop.vault import (
    consents,
    notes,
    outreach,
    promises,
    referrals,
    safety,
    screening,
    youths,
)
from desktop.vault.database import Db, Vault
from sync.protocol.digests import sha256

_Noted = tuple[Meeting, Note]


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that is about to be written: its bytes are what somebody has just seen."""

    summary: Summary
    content: bytes

    def digest(self) -> str:
        """Return the SHA-256 of the file, in hex."""
        return sha256(self.content).hex()


def gather(vault: Vault, youth: YouthId, chosen: Chosen, stand_in: str, moment: Moment) -> Summary:
    """Return what was chosen about somebody, to be shown first: a look at each record in it.

    `stand_in` stands where a passage marked as sensitive is left out. Raises `SummaryTooLong`.
    """
    return looks.shown(
        vault,
        lambda db: _gathered(db, youth, chosen, stand_in),
        lambda found: _sights(found, Act.PREVIEWED),
        moment,
    )


def save(vault: Vault, printed: Printed, file: Path, moment: Moment) -> None:
    """Journal a printing in one transaction, then write the file whole or not at all.

    Raises `UnsafePlace` where a service copies the folder elsewhere, `DiskFull` and `DiskFailed`
    before anything is written; `FileNotWritten` after: then the journal says more than there is.
    """
    refuse_synced(file.parent)
    summary = printed.summary
    record = f"{printed.digest()}/{summary.chosen.code()}"
    about = Sight(sights.Kind.SUMMARY, record, summary.youth.id, Act.PRINTED)
    every = (about, *_sights(summary, Act.PRINTED))
    looks.taken_out(vault, every, moment, summary.chosen.reason)
    whole_files.write(file, printed.content)


def _gathered(db: Db, youth: YouthId, chosen: Chosen, stand_in: str) -> Summary:
    has = chosen.sections.__contains__
    meetings = outreach.meetings_with(db, youth)
    noted = tuple(_noted(db, meetings, chosen.notes)) if has(Section.NOTES) else ()
    if sum(_length(note) for _, note in noted) > LARGEST:
        raise SummaryTooLong
    marks = 0 if chosen.with_sensitive else sum(len(joined(note.marks)) for _, note in noted)
    if marks:
        noted = tuple((meeting, _told(note, stand_in)) for meeting, note in noted)
    return Summary(
        youth=youths.one(db, youth),
        chosen=chosen,
        meetings=meetings if has(Section.MEETINGS) else (),
        notes=noted,
        judgement=screening.latest(db, youth) if has(Section.JUDGEMENT) else None,
        promises=promises.of_youth(db, youth) if has(Section.PROMISES) else (),
        plan=safety.newest(db, youth) if has(Section.PLAN) else None,
        consents=consents.of_youth(db, youth) if has(Section.CONSENTS) else (),
        referrals=referrals.of_youth(db, youth) if has(Section.REFERRALS) else (),
        left_out=marks,
    )


def _noted(db: Db, meetings: tuple[Meeting, ...], count: int) -> Iterator[_Noted]:
    for meeting in meetings:
        kept = notes.about(db, meeting.id)
        if kept is not None and kept.note.text.strip() and count > 0:
            count -= 1
            yield meeting, kept.note


def _length(note: Note) -> int:
    return len(note.text) + sum(len(added.text) for added in note.addenda)


def _told(note: Note, stand_in: str) -> Note:
    text = Checked(without_sensitive(note.text, note.marks, stand_in))
    return replace(note, text=text, marks=())


def _sights(found: Summary, act: Act) -> Iterator[Sight]:
    youth, kinds = found.youth.id, sights.Kind
    yield sights.at_youth(youth, act)
    records = (
        *((kinds.NOTE, note.id) for _, note in found.notes),
        *((kinds.JUDGEMENT, each.id) for each in (found.judgement,) if each),
        *((kinds.PROMISE, each.id) for each in found.promises),
        *((kinds.PLAN, each.id) for each in (found.plan,) if each),
        *((kinds.REFERRAL, each.referral.id) for each in found.referrals),
    )
    for kind, record in records:
        yield Sight(kind, str(record), youth, act)
