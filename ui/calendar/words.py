"""What stands on a day, in words."""

from datetime import date
from typing import Final

from desktop.domain.calendar import Entry, Kind
from desktop.domain.days import begins
from desktop.domain.nights import Month
from desktop.services.calendar import MonthPage
from i18n import formats, ntr, tr

ICONS: Final = {
    Kind.NIGHT: "moon",
    Kind.PROMISE: "calendar-check",
    Kind.APPOINTMENT: "building-2",
    Kind.CONSENT: "shield",
}


def month_title(month: Month) -> str:
    """Say which month."""
    return formats.month(month.span()[0])


def day_title(day: date, holiday: str) -> str:
    """Say which day, and which holiday it is."""
    at = begins(day)
    named = tr("{weekday}, {day}", weekday=formats.weekday(at), day=formats.full_day(at))
    return f"{named} · {holiday}" if holiday else named


def title(entry: Entry) -> str:
    """Say what it is."""
    match entry.kind:
        case Kind.NIGHT:
            return tr("Night at {place}", place=entry.name)
        case Kind.PROMISE:
            return tr("Promise: {alias}", alias=entry.alias)
        case Kind.APPOINTMENT:
            return tr("Awaited by {agency}: {alias}", agency=entry.name, alias=entry.alias)
        case Kind.CONSENT:
            return tr("Consent for {agency} ends: {alias}", agency=entry.name, alias=entry.alias)


def time(entry: Entry) -> str:
    """Say when on the day, where a time was meant; what is due has the day."""
    return "" if entry.kind is Kind.PROMISE else formats.clock(entry.at)


def spoken(page: MonthPage, day: date) -> str:
    """Say all of a day, to a screen reader."""
    counts = page.counts.get(day, {})
    parts = (day_title(day, page.holidays.get(day, "")), *map(_counted, counts.items()))
    today = (tr("today"),) if day == page.today else ()
    return ", ".join((*parts, *today))


def legend() -> tuple[tuple[str, str], ...]:
    """Return what each icon on a day means."""
    return (
        (ICONS[Kind.NIGHT], tr("Night out")),
        (ICONS[Kind.PROMISE], tr("Promise due")),
        (ICONS[Kind.APPOINTMENT], tr("Agency visit")),
        (ICONS[Kind.CONSENT], tr("Consent ends")),
    )


def weekday_heads(week: tuple[date, ...]) -> tuple[str, ...]:
    """Return the short names of a week's days."""
    return tuple(formats.short_weekday(begins(day)) for day in week)


def _counted(each: tuple[Kind, int]) -> str:
    kind, n = each
    return {
        Kind.NIGHT: ntr("{n} night", "{n} nights", n),
        Kind.PROMISE: ntr("{n} promise due", "{n} promises due", n),
        Kind.APPOINTMENT: ntr("{n} appointment", "{n} appointments", n),
        Kind.CONSENT: ntr("{n} consent ends", "{n} consents end", n),
    }[kind]
