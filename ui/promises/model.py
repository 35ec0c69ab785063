"""Promises by when they are due, what else has a day, and who has gone quiet: rows under heads."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.consents import Consent
from desktop.domain.ids import YouthId
from desktop.domain.own_data import Request
from desktop.domain.promises import Promise, When
from desktop.services.living import Ending
from desktop.services.own_data import Waiting
from desktop.services.promises import Listed, Lists, Quiet
from i18n import formats, ntr, tr
from ui.people import left_words
from ui.promises import words
from ui.request_words import days_words, wish_words
from ui.widgets.headed import HeadedModel


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: a head with a title alone, a promise, a consent, or a quiet one."""

    title: str
    first: str = ""
    second: str = ""
    tone: str = "text2"
    youth: YouthId | None = None
    promise: Promise | None = None
    consent: Consent | None = None
    """One that runs out soon."""
    request: Request | None = None
    """One about their own data that waits for an answer."""

    @property
    def is_head(self) -> bool:
        """Whether nothing can be done with it."""
        return self.youth is None

    def is_same(self, other: "Row") -> bool:
        """Whether both are about the same promise, request, consent, or the same quiet."""
        return self._about() == other._about()

    def _about(self) -> tuple[object, ...]:
        about = (self.promise, self.request, self.consent)
        return self.youth, *(each and each.id for each in about)

    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(part for part in (self.title, self.first, self.second) if part)


def rows_of(lists: Lists, asked: tuple[Waiting, ...], now: datetime) -> tuple[Row, ...]:
    """Return every row to show; a list without rows has no head."""
    days = ntr("{n} day", "{n} days", lists.quiet_days)
    quiet, count = tr("Not heard of for {days}", days=days), lists.counts
    return (
        *_under(tr("Overdue"), count.overdue, [_row(each, now) for each in lists.overdue]),
        *_under(tr("Today"), count.today, [_row(each, now) for each in lists.today]),
        *_under(tr("Requests about their own data"), len(asked), [_asked(each) for each in asked]),
        *_under(tr("Coming"), count.coming, [_row(each, now) for each in lists.coming]),
        *_under(tr("Consent runs out"), count.ending, [_ending(e, now) for e in lists.ending]),
        *_under(quiet, count.quiet, [_quiet(each, now) for each in lists.quiet]),
    )


class PromiseModel(HeadedModel):
    """Promises, and who has gone quiet."""

    rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def next_from(self, at: int) -> int | None:
        """Return the row from here on that can be chosen; where there is none, the last before."""
        able = [n for n, row in enumerate(self.rows) if not row.is_head]
        return next((n for n in able if n >= at), able[-1] if able else None)


def _under(title: str, count: int, rows: list[Row]) -> tuple[Row, ...]:
    return (Row(f"{title} {count}"), *rows) if rows else ()


def _row(listed: Listed, now: datetime) -> Row:
    promise, due = listed.promise, listed.promise.due
    tone = "lamp_text" if due.opens() <= now else "text2"
    if promise.when(now) is When.OVERDUE:
        tone = "danger_text"
    parts = (words.what_words(promise), words.holiday_words(listed.holiday))
    second, when = " · ".join(part for part in parts if part), words.short_words(due, now)
    return Row(listed.youth.alias, when, second, tone, listed.youth.id, promise)


def _asked(waiting: Waiting) -> Row:
    request, left = waiting.request, waiting.days_left
    days, said = days_words(left), wish_words(request.wish)
    tone = "danger_text" if left < 0 else "lamp_text"
    return Row(waiting.youth.alias, days, said, tone, waiting.youth.id, request=request)


def _ending(ending: Ending, now: datetime) -> Row:
    consent, youth = ending.consent, ending.youth
    left, day = left_words(consent.valid_until, now), formats.day(consent.valid_until)
    said = tr("{agency} · until {day}", agency=consent.agency_name, day=day)
    return Row(youth.alias, left, said, "lamp_text", youth.id, consent=consent)


def _quiet(quiet: Quiet, now: datetime) -> Row:
    said = words.quiet_words(quiet.since, now)
    return Row(quiet.youth.alias, "", said, youth=quiet.youth.id)
