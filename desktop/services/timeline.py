"""What happened with one young person, page by page. Whoever was merged into them is in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain import looks as sights
from desktop.domain.ids import YouthId
from desktop.domain.looks import Sight
from desktop.domain.moment import Moment
from desktop.domain.notes import without_sensitive
from desktop.domain.timeline import Cursor, Event, Kind, first_line
from desktop.services import looks, templates
from desktop.vault import timeline
from desktop.vault.database import Db, Vault
from desktop.vault.timeline import Raw

SHOWN = 40
"""Rows a page: a screen and a half."""
_LOOKS = {
    Kind.MEETING: sights.Kind.NOTE,
    Kind.ADDENDUM: sights.Kind.NOTE,
    Kind.ANSWER: sights.Kind.REFERRAL,
    Kind.PROMISE: sights.Kind.PROMISE,
    Kind.PROMISE_ENDED: sights.Kind.PROMISE,
    Kind.JUDGEMENT: sights.Kind.JUDGEMENT,
    Kind.SUPERVISED: sights.Kind.JUDGEMENT,
}
"""Whose words stand in a row; the rest are no words of theirs, and the page itself is a look."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How words are shown: without the program's own heads, and without sensitive passages."""

    heads: tuple[str, ...] = ()
    stand_in: str = "…"
    """In place of a passage that is marked as sensitive."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what happened, the newest first, and where the next page begins."""

    youth: YouthId
    events: tuple[Event, ...]
    next: Cursor | None
    """None: there is nothing older."""


def page(
    vault: Vault, youth: YouthId, after: Cursor | None, reading: Reading, moment: Moment
) -> Page:
    """Return what happened, from the newest or after `after`: a look at each that shows words."""
    return looks.shown(vault, lambda db: _page(db, youth, after, reading, moment), _sights, moment)


def _page(db: Db, youth: YouthId, after: Cursor | None, reading: Reading, moment: Moment) -> Page:
    own = templates.usable(db)
    heads = (*reading.heads, *((*own.heads, *own.former) if own else ()))
    found = timeline.page(db, youth, after, SHOWN + 1, moment.now)
    events = tuple(_event(raw, heads, reading.stand_in) for raw in found[:SHOWN])
    return Page(youth, events, events[-1].cursor() if len(found) > SHOWN else None)


def _event(raw: Raw, heads: tuple[str, ...], stand_in: str) -> Event:
    marks = tuple(mark for mark in raw.marks if mark.start < len(raw.text))
    text = without_sensitive(raw.text, marks, stand_in) if marks else raw.text
    return replace(raw.event, words=first_line(text, heads))


def _sights(found: Page) -> Iterator[Sight]:
    yield sights.at_youth(found.youth)
    for event in found.events:
        if event.words and event.kind in _LOOKS:
            yield Sight(_LOOKS[event.kind], event.record, found.youth)
