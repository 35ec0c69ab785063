"""The seven nights of the practice week, written into the vault in small parts."""

from datetime import timedelta

from desktop.domain.ids import AddendumId, MeetingId, NoteId, OutreachId, YouthId
from desktop.domain.notes import Addendum, Note, Signature
from desktop.domain.outreach import Meeting, Tally
from desktop.domain.text import checked
from desktop.services.practice import writing
from desktop.services.practice.cast import Names, Visit, Week, night_of, youth_of
from desktop.services.practice.words import words
from desktop.vault import addenda, jottings, nights, notes, outreach, youths
from desktop.vault.database import Db

PARTS = 5
"""Of a night: each is one short transaction."""
_TALLIES = {
    Tally.GREETING: 74, Tally.BRIEF: 41, Tally.DEEP: 9, Tally.LEAFLET: 58, Tally.MEAL: 37,
    Tally.HOT_PACK: 49, Tally.SANITARY: 8, Tally.MEDICINE: 4, Tally.CLOTHES: 3, Tally.FARE: 5,
}  # fmt: skip
_WRITTEN, _SIGNED, _ADDED = timedelta(minutes=9), timedelta(minutes=14), timedelta(hours=16)
_REST = timedelta(hours=2)


def write(db: Db, week: Week, names: Names, place: tuple[int, int], who: str) -> None:
    """Write one part of one night; `place` is both their numbers, `who` signs."""
    night, part = place
    if part == 0:
        _begin(db, week, names, night)
    visits = week.visits_on(night)
    size = -(-len(visits) // PARTS)
    for visit in visits[part * size : (part + 1) * size]:
        _meet(db, visit, names)
        _note(db, visit, names, who)
    if part == PARTS - 1:
        kept = outreach.one(db, night_of(week, night, names).id)
        nights.close(db, kept, week.ends(night), was_forgotten=False)


def person_of(visit: Visit, names: Names) -> YouthId:
    """Return the id of whoever is met here."""
    return YouthId(names.of(f"person {visit.person.number}"))


def _begin(db: Db, week: Week, names: Names, night: int) -> None:
    kept, at = night_of(week, night, names), week.opens(night)
    # Over from the beginning: it never stands in the way of the night that somebody begins.
    outreach.add(db, kept)
    if night % 2:
        outreach.pause(db, kept.id, at + _REST)
        outreach.resume(db, kept.id, at + _REST + timedelta(minutes=20))
    for tally, usual in _TALLIES.items():
        outreach.count(db, kept.id, tally, usual * (9 + night) // 12, at + timedelta(hours=1))


def _meet(db: Db, visit: Visit, names: Names) -> None:
    youth = youth_of(visit, names)
    if visit.is_first:
        youths.add(db, youth)
        if visit.person.is_nameless:
            given = words().given
            jottings.add(db, youth.id, given[visit.number % len(given)], visit.at)
    night = OutreachId(names.of(f"night {visit.night}"))
    meeting = MeetingId(names.of(f"meeting {visit.number}"))
    outreach.add_meeting(db, Meeting(meeting, night, youth.id, visit.at, visit.place))


def _note(db: Db, visit: Visit, names: Names, who: str) -> None:
    note = NoteId(names.of(f"note {visit.number}"))
    text, meeting = checked(writing.note(visit)), MeetingId(names.of(f"meeting {visit.number}"))
    youth = person_of(visit, names)
    notes.add(db, Note(note, youth, meeting, visit.at + _WRITTEN, text))
    if not writing.is_signed(visit):
        return
    kept = notes.one(db, note)
    notes.sign(db, kept, Signature(who, visit.at + _SIGNED))
    if more := writing.addendum(visit):
        key = AddendumId(names.of(f"addendum {visit.number}"))
        addenda.add(db, kept.n, note, Addendum(key, who, visit.at + _ADDED, checked(more)))
