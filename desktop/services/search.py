"""Finding a note by a word, and a young person by alias, initial consonants, or with a slip."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from desktop.domain.agencies import Agency
from desktop.domain.filters import ANY, Filters
from desktop.domain.hangul import is_initials
from desktop.domain.ids import MeetingId, NoteId, YouthId
from desktop.domain.looks import Act, Kind, Sight
from desktop.domain.moment import Moment
from desktop.domain.text import clean
from desktop.domain.youths import Youth
from desktop.services import agencies, looks, slips
from desktop.vault import names, search
from desktop.vault.columns import Row, time, uuid
from desktop.vault.database import Db, Vault

ALIKE = 4
"""So many are shown whose alias is almost what was typed."""
AGENCIES = 4
"""So many agencies are shown: the directory has the rest."""
AROUND = 30
"""So many characters are shown on either side."""
_WORD = re.compile(r"\w+")
_BREAKS = re.compile(r"[\n\t]+")


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note that holds the words, with a little of what stands around them."""

    note_id: NoteId
    youth_id: YouthId
    meeting_id: MeetingId
    alias: str
    met_at: datetime
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found."""

    youths: tuple[Youth, ...] = ()
    alike: tuple[Youth, ...] = ()
    """Called almost so: one letter of what was typed is another."""
    notes: tuple[FoundNote, ...] = ()
    agencies: tuple[Agency, ...] = ()
    """From the directory: public, so that finding them is no look."""


@dataclass(frozen=True, slots=True)
class _Asked:
    query: str
    words: tuple[str, ...]
    limit: int
    filters: Filters


def everything(
    vault: Vault, query: str, moment: Moment, limit: int = 20, filters: Filters = ANY
) -> Results:
    """Return the young people and notes that match; notes being written first, then newest.

    Without a word, what the filters leave of the newest notes.

    Names in a list are no look. Pieces of notes are: one, at all notes, for all that is typed
    within ten minutes; what was searched for is kept nowhere. Opening what was found is another.
    The number of a slip finds whoever took it along.
    """
    query = clean(query).strip()
    words = tuple(dict.fromkeys(_WORD.findall(query.lower())))
    if not words and filters.is_any:
        return Results()
    if slips.is_a_number(query):
        with vault.reading() as db:
            if carrying := slips.whose(db, query):
                return Results(carrying)
    asked = _Asked(query, words, limit, filters)
    if is_initials(query):
        with vault.reading() as db:
            return Results(_called(db, asked), agencies=_agencies(db, asked))
    return looks.shown(vault, lambda db: _results(db, asked), _sights, moment)


def people(vault: Vault, alias: str, limit: int = 20) -> tuple[Youth, ...]:
    """Return the young people whose alias holds this, typed whole or as initial consonants."""
    query = clean(alias).strip()
    if not query:
        return ()
    with vault.reading() as db:
        return names.holding(db, query, limit)


def _results(db: Db, asked: _Asked) -> Results:
    patterns = tuple(re.compile(re.escape(word), re.IGNORECASE) for word in asked.words)
    rows = search.candidates(db, asked.words, asked.filters)
    called = names.caller(db)
    matches = (_found(row, patterns, called) for row in rows)
    found = tuple(islice((note for note in matches if note), asked.limit))
    alike = names.alike(db, asked.query, ALIKE) if len(asked.words) == 1 else ()
    youths, alike = _called(db, asked), _narrowed(db, alike, asked.filters)
    return Results(youths, alike, found, _agencies(db, asked))


def _agencies(db: Db, asked: _Asked) -> tuple[Agency, ...]:
    if not asked.filters.is_any or not asked.query:
        return ()
    return agencies.called(db, asked.query, AGENCIES)


def _called(db: Db, asked: _Asked) -> tuple[Youth, ...]:
    return _narrowed(db, names.holding(db, asked.query, asked.limit), asked.filters)


def _narrowed(db: Db, youths: tuple[Youth, ...], filters: Filters) -> tuple[Youth, ...]:
    if filters.is_any or not youths:
        return youths
    met = search.met(db, (youth.id for youth in youths), filters)
    return tuple(youth for youth in youths if youth.id in met)


def _sights(found: Results) -> tuple[Sight, ...]:
    return (Sight(Kind.NOTES, "notes", act=Act.SEARCHED),) if found.notes else ()


def _found(
    row: Row, words: tuple[re.Pattern[str], ...], called: Callable[[str], str]
) -> FoundNote | None:
    # The index knows pairs, not words: the text itself has the last word.
    key, youth, meeting, text, met_at, _ = row
    places = [word.search(text) for word in words]
    if None in places:
        return None
    start, end = places[0].span() if places and places[0] else (0, 0)
    return FoundNote(
        note_id=NoteId(uuid(key)),
        youth_id=YouthId(uuid(youth)),
        meeting_id=MeetingId(uuid(meeting)),
        alias=called(youth),
        met_at=time(met_at),
        before=_one_line(text[max(0, start - AROUND) : start]),
        match=text[start:end],
        after=_one_line(text[end : end + AROUND]),
    )


def _one_line(text: str) -> str:
    return text if text.isprintable() else _BREAKS.sub(" ", text)
