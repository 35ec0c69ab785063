"""Meeting a young person, for the first time or again, and opening what is kept about them."""

from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.consents import Consent
from desktop.domain.guardians import Named
from desktop.domain.ids import AgencyId, MeetingId, OutreachId, YouthId
from desktop.domain.jottings import Jotting
from desktop.domain.looks import Kind, Sight, at_record, at_youth
from desktop.domain.merging import Merged
from desktop.domain.moment import Moment
from desktop.domain.notes import Note
from desktop.domain.outreach import Meeting
from desktop.domain.own_data import Request
from desktop.domain.referrals import Draft, Tracking
from desktop.domain.retention import Ground
from desktop.domain.screening import Judgement, Unfinished
from desktop.domain.templates import Template
from desktop.domain.text import LINE_LIMIT, checked
from desktop.domain.youths import About, Age, Gender, Youth
from desktop.errors import NothingWritten
from desktop.services import agencies, entrustments, looks, templates
from desktop.services.guardians import destroy_named
from desktop.services.notes import put_below
from desktop.services.outreach import Met, at_work, met_on
from desktop.vault import (
    consents,
    drafts,
    guardians,
    jottings,
    merging,
    notes,
    outreach,
    own_data,
    referrals,
    screening,
    sending,
    youths,
)
from desktop.vault.database import Db, Vault


@dataclass(frozen=True, slots=True)
class NewYouth:
    """What is typed about someone met for the first time."""

    alias: str
    age: Age
    gender: Gender = Gender.UNSAID
    language: str = "ko"
    keep_from_guardian: bool = False
    is_nameless: bool = False
    """No alias was given: what is noted about them goes, unless they agree to it later."""
    given: str = ""
    """What was handed out, in words: with an alias it stands in the note."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What was typed beside, before it turned out that somebody is known."""

    keep_from_guardian: bool = False
    """Only ever adds that: nobody's guardian may be told again because nothing was ticked."""
    given: str = ""
    about: About | None = None
    """Fills in what was not known, or only guessed of a child (`About.filled`)."""


_NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class YouthFile:
    """Everything the middle and right of the window show about one young person."""

    youth: Youth
    meeting: Meeting | None
    """The meeting asked for, or the latest."""
    times_met: int
    met_before: datetime | None
    """When they were met last before `meeting`."""
    note: Note | None
    """About `meeting`."""
    judgement: Judgement | None
    consents: tuple[Consent, ...]
    """Newest first."""
    trackings: tuple[Tracking, ...]
    """Newest first."""
    draft: Draft | None
    unfinished: Unfinished | None = None
    """Grounds that were being written when the screen locked."""
    jotting: Jotting | None = None
    """When what is noted about somebody without an alias goes."""
    named: Named | None = None
    """A guardian whom a child named, to be asked; its days may be over."""
    merged: tuple[Merged, ...] = ()
    """Who was put to this person and may be parted again, the newest first."""
    template: Template | None = None
    """The organisation's own heads and phrases; None: the program's."""
    is_entrusted: bool = False
    """Whether a number may be written, asked about and told (PIPA 24)."""
    request: Request | None = None
    """What they asked about their own data and waits for an answer, the most urgent of it."""
    phones: dict[AgencyId, str] = field(default_factory=dict)
    """Of every agency in the directory that says one; none while nothing was referred."""


def meet(vault: Vault, who: NewYouth, place: str, moment: Moment) -> Met:
    """Keep a young person and tonight's meeting with them; needs a night under way."""
    youth = Youth(
        id=YouthId(moment.id("youth")),
        alias=who.alias,
        age=who.age,
        met_first=moment.now,
        gender=who.gender,
        language=who.language,
        keep_from_guardian=who.keep_from_guardian,
    )
    with vault.transaction() as db:
        night = _tonight(db, moment)
        youths.add(db, youth)
        if who.is_nameless:
            jottings.add(db, youth.id, checked(who.given, LINE_LIMIT).strip(), moment.now)
        met = _met(db, night, youth.id, place, moment)
        if not who.is_nameless:
            _note_given(db, vault, met, who.given, moment)
    return met


def meet_again(
    vault: Vault, youth: YouthId, place: str, moment: Moment, beside: Beside = _NOTHING
) -> Met:
    """Keep tonight's meeting with someone known; once a night, the same meeting comes back.

    A guardian who was named to be asked, and is not any more, is destroyed: then
    `retention.sweep` has to follow, as after `guardians.keep_from` and `tell`.
    """
    with vault.transaction() as db:
        met = _met(db, _tonight(db, moment), youth, place, moment)
        _note_given(db, vault, met, beside.given, moment)
        if beside.about is not None:
            told(db, vault, youth, met.youth.about.filled(beside.about), moment)
        if beside.keep_from_guardian and not met.youth.keep_from_guardian:
            destroy_named(db, vault, (youth,), (Ground.ANSWERED, moment))
            guardians.mark(db, youth, moment.now)
            sending.hold(db, moment.now)
    return met


def tell(vault: Vault, youth: YouthId, about: About, moment: Moment) -> bool:
    """Keep what became known of somebody since, or put it right (PIPA 36).

    What was told to an agency stays as it was told. A guardian who was named to be asked is
    destroyed where none is asked any more: then True, and `retention.sweep` has to follow.
    """
    with vault.transaction() as db:
        return told(db, vault, youth, about, moment)


def told(db: Db, vault: Vault, youth: YouthId, about: About, moment: Moment) -> bool:
    """Do the same inside a transaction."""
    if about == youths.one(db, youth).about:
        return False
    youths.tell(db, youth, about, moment.now)
    sending.hold(db, moment.now)
    is_over = not about.age.may_be_under_14() and guardians.named(db, youth) is not None
    if is_over:
        destroy_named(db, vault, (youth,), (Ground.ANSWERED, moment))
    return is_over


def open_file(
    vault: Vault, youth: YouthId, meeting: MeetingId | None, moment: Moment
) -> YouthFile:
    """Return what is kept about one young person, seen from one meeting or the latest: a look."""
    return looks.shown(vault, lambda db: _file(db, youth, meeting, moment), _sights, moment)


def _file(db: Db, youth: YouthId, meeting: MeetingId | None, moment: Moment) -> YouthFile:
    meetings = outreach.meetings_with(db, youth)
    at = next((n for n, m in enumerate(meetings) if m.id == meeting), 0)
    shown = meetings[at] if meetings else None
    kept = notes.about(db, shown.id) if shown else None
    before = meetings[at + 1 :]
    trackings = referrals.of_youth(db, youth)
    return YouthFile(
        youth=youths.one(db, youth),
        meeting=shown,
        times_met=len(meetings),
        met_before=before[0].met_at if before else None,
        note=kept.note if kept else None,
        judgement=screening.latest(db, youth),
        consents=consents.of_youth(db, youth),
        trackings=trackings,
        draft=drafts.of_youth(db, youth),
        unfinished=screening.unfinished(db, youth),
        jotting=jottings.of(db, youth),
        named=guardians.named(db, youth),
        merged=merging.into(db, youth),
        template=templates.usable(db),
        is_entrusted=entrustments.is_on(db, moment.now),
        request=own_data.next_of(db, youth),
        # The directory is read only where somebody may have to be called.
        phones=agencies.phones(db) if trackings else {},
    )


def _sights(file: YouthFile) -> tuple[Sight, ...]:
    youth = file.youth.id
    note = (at_record(Kind.NOTE, file.note.id, youth),) if file.note else ()
    referred = (at_record(Kind.REFERRAL, each.referral.id, youth) for each in file.trackings)
    return (at_youth(youth), *note, *referred)


def _tonight(db: Db, moment: Moment) -> OutreachId:
    night = at_work(db, moment)
    if night is None:
        raise NothingWritten(field="outreach")
    return night.id


def _note_given(db: Db, vault: Vault, met: Met, given: str, moment: Moment) -> None:
    if words := checked(given, LINE_LIMIT).strip():
        put_below(db, vault, (met.youth.id, met.meeting.id), words, moment)


def _met(db: Db, night: OutreachId, youth: YouthId, place: str, moment: Moment) -> Met:
    known = [m for m in outreach.meetings_with(db, youth) if m.outreach == night]
    if not known:
        where = checked(place, LINE_LIMIT).strip()
        meeting = Meeting(MeetingId(moment.id("meeting")), night, youth, moment.now, where)
        outreach.add_meeting(db, meeting)
    return next(met for met in met_on(db, night) if met.youth.id == youth)
