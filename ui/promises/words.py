"""What promises are called on the screen, and what can be typed for them."""

from datetime import date, datetime, timedelta

from desktop.domain.days import begins, day_of
from desktop.domain.promises import Due, Part, Promise, Promiser, Snooze
from i18n import formats, ntr, tr

_FAR = timedelta(days=300)
"""From here on a date without a year might be taken for another."""


def part_words(part: Part) -> str:
    """Name a part of the day; all of it has no name."""
    return {
        Part.ALL: "",
        Part.MORNING: tr("morning"),
        Part.NOON: tr("noon"),
        Part.AFTERNOON: tr("afternoon"),
        Part.EVENING: tr("evening"),
        Part.NIGHT: tr("night"),
        Part.SMALL_HOURS: tr("small hours"),
    }[part]


def due_words(due: Due, now: datetime, holiday: str = "") -> str:
    """Say when, with the date always in it: tomorrow noon · Sat, Nov 21."""
    written, near = formats.day(due.opens()), _near(due, now)
    if due.written_day() != due.day:
        night = tr("in the night of {day}", day=near or formats.day(begins(due.day)))
        said = f"{written} {_time(due)} · {night}"
    else:
        said = f"{_near_time(due, now)} · {written}" if near else f"{written} {_time(due)}".strip()
    return f"{said} · {holiday_words(holiday)}" if holiday else said


def short_words(due: Due, now: datetime) -> str:
    """Say when in as little room as a row has."""
    if due.written_day() == due.day and _near(due, now):
        return _near_time(due, now)
    return f"{formats.day(due.opens())} {_time(due)}".strip()


def holiday_words(name: str) -> str:
    """Say that offices are closed; nothing on any other day."""
    return tr("holiday: {name}", name=name) if name else ""


def typed_words(due: Due, now: datetime) -> str:
    """Return words that are read as exactly this."""
    today = day_of(now)
    if due.part is Part.SMALL_HOURS:
        day = _written(due.day + timedelta(days=1), today)
        return f"{tr('today') if due.day == today else day} {tr('small hours')}"
    time = part_words(due.part)
    if due.clock is not None:
        is_after_midnight = due.written_day() != due.day
        time = f"{tr('night')} {due.clock:%H:%M}" if is_after_midnight else f"{due.clock:%H:%M}"
    return f"{_written(due.day, today)} {time}".strip()


def what_words(promise: Promise) -> str:
    """Say what was promised, by whom where it was not the reader, and how often it was put off."""
    put_off = ntr("put off {n} time", "put off {n} times", promise.snoozed)
    parts = (promise.what, _who(promise), put_off if promise.snoozed else "")
    return " · ".join(part for part in parts if part)


def snooze_words(until: Snooze) -> str:
    """Name a later time."""
    return {
        Snooze.TONIGHT: tr("Later tonight"),
        Snooze.TOMORROW: tr("Tomorrow"),
        Snooze.WORKING: tr("Next workday"),
    }[until]


def short_snooze(until: Snooze) -> str:
    """Name a later time on a small button."""
    return {
        Snooze.TONIGHT: tr("Tonight"),
        Snooze.TOMORROW: tr("Tomorrow"),
        Snooze.WORKING: tr("Workday"),
    }[until]


def quiet_words(since: datetime, now: datetime) -> str:
    """Say how long ago the last contact was."""
    ago = ntr("{n} day ago", "{n} days ago", (day_of(now) - day_of(since)).days)
    return tr("Last contact {ago} · {day}", ago=ago, day=formats.short_day(since))


def _who(promise: Promise) -> str:
    match promise.by:
        case Promiser.ME:
            return ""
        case Promiser.COLLEAGUE:
            return promise.name or tr("A colleague")
        case Promiser.YOUTH:
            return tr("They promised")


def _time(due: Due) -> str:
    return f"{due.clock:%H:%M}" if due.clock else part_words(due.part)


def _near_time(due: Due, now: datetime) -> str:
    is_tonight = due.day == day_of(now) and due.part is Part.NIGHT
    return tr("tonight") if is_tonight else f"{_near(due, now)} {_time(due)}".strip()


def _near(due: Due, now: datetime) -> str:
    near = {-1: tr("yesterday"), 0: tr("today"), 1: tr("tomorrow")}
    return near.get((due.day - day_of(now)).days, "")


def _written(day: date, today: date) -> str:
    is_plain = today <= day < today + _FAR
    return formats.day(begins(day)) if is_plain else day.isoformat()
