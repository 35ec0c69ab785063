"""Days and times in plain Korean and English words, read without a line: 내일 점심, next Tuesday.

What was understood is always shown before it is kept, so a guess may be made where people guess:
three o'clock without more is the afternoon's, a date without a year is the next one.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.domain.days import ONE_DAY, day_of
from desktop.domain.outreach import KOREA
from desktop.domain.promises import Due, Part
from desktop.domain.time_grammar import (
    AGAIN,
    CLOCKS,
    DAYS,
    MONTHS,
    NUMBERS,
    OFFSETS,
    PARTS,
    SOON,
    WEEKDAYS,
    WEEKS,
)

_PARTS = {
    "새벽": Part.SMALL_HOURS, "early morning": Part.SMALL_HOURS, "small hours": Part.SMALL_HOURS,
    "dawn": Part.SMALL_HOURS, "아침": Part.MORNING, "오전": Part.MORNING, "morning": Part.MORNING,
    "점심": Part.NOON, "정오": Part.NOON, "noon": Part.NOON, "midday": Part.NOON,
    "lunch": Part.NOON, "lunchtime": Part.NOON, "lunch time": Part.NOON,
    "낮": Part.AFTERNOON, "오후": Part.AFTERNOON, "afternoon": Part.AFTERNOON,
    "저녁": Part.EVENING, "evening": Part.EVENING, "밤": Part.NIGHT, "한밤": Part.NIGHT,
    "night": Part.NIGHT, "tonight": Part.NIGHT, "자정": Part.NIGHT, "midnight": Part.NIGHT,
    "am": Part.MORNING, "pm": Part.AFTERNOON,
}  # fmt: skip
_AT = {"자정": time(0), "midnight": time(0), "정오": time(12)}
_SMALL = time(6)


@dataclass(frozen=True, slots=True)
class Understood:
    """A day or time found in words, and the words that are left without it."""

    due: Due
    rest: str


def understood(text: str, now: datetime) -> Understood | None:
    """Read a day, a part of it or a time out of `text`; None when there is none."""
    left = _Left(unicodedata.normalize("NFC", text))
    today = day_of(now)
    soon = left.take(SOON)
    if soon is not None:
        return Understood(_soon(soon, now), left.words())
    with suppress(ValueError, OverflowError):  # no such day, no such hour
        named, kind = _day(left, today)
        clock, part = _clock(left)
        if named is not None or clock is not None or part is not Part.ALL:
            due = _due(named, (part, clock), now, is_counted=kind in _COUNTED)
            return Understood(due, left.words())
    return None


class _Left:
    """Text of which pieces are taken."""

    def __init__(self, text: str) -> None:
        self._text = text

    def take(self, patterns: Iterable[re.Pattern[str]]) -> re.Match[str] | None:
        for pattern in patterns:
            if found := pattern.search(self._text):
                self._text = f"{self._text[: found.start()]} {self._text[found.end() :]}"
                return found
        return None

    def words(self) -> str:
        return " ".join(self._text.split()).strip(" ,.·:;")


def _day(left: _Left, today: date) -> tuple[date | None, str]:
    for kind, pattern in DAYS:
        if found := left.take((pattern,)):
            told = {name: value for name, value in found.groupdict().items() if value}
            if kind == "date":
                left.take(AGAIN)
            return _DAY[kind](told, today), kind
    return None, ""


def _dated(told: dict[str, str], today: date) -> date:
    day = int(told["d"])
    if "month" in told:
        month = MONTHS.index(told["month"][:3].lower()) + 1
    else:
        month = int(told.get("m", today.month))
    if "y" in told:
        return date(int(told["y"]), month, day)
    if (
        "m" not in told and "month" not in told
    ):  # only a day: of this month or the next that has it
        months = (_months_on(today.replace(day=1), n) for n in range(3))
        days = (each.replace(day=day) for each in months if day <= _last(each))
        return next(each for each in days if each >= today)
    years = (today.year + n for n in range(9))
    days = (date(year, month, day) for year in years if (month, day) != (2, 29) or _is_leap(year))
    return next(each for each in days if each >= today)


def _offset(told: dict[str, str], today: date) -> date:
    return today + OFFSETS["".join(told["day"].lower().split())] * ONE_DAY


def _days_on(told: dict[str, str], today: date) -> date:
    return today + _number(told["n"]) * ONE_DAY


def _weeks_on(told: dict[str, str], today: date) -> date:
    return today + 7 * _number(told["n"]) * ONE_DAY


def _next_month(told: dict[str, str], today: date) -> date:
    first = _months_on(today.replace(day=1), 1)
    return first.replace(day=int(told["d"])) if "d" in told else _months_on(today, 1)


def _months_from(told: dict[str, str], today: date) -> date:
    return _months_on(today, _number(told["n"]))


def _week(told: dict[str, str], today: date) -> date:
    """Return a day of this week or a later one; a week begins with Monday."""
    monday = today - today.weekday() * ONE_DAY
    weeks = WEEKS[told["week"].lower()] if "week" in told else 0
    day = WEEKDAYS[told["weekday"].lower()] if "weekday" in told else 0
    found = monday + (7 * weeks + day) * ONE_DAY
    is_named = "week" in told
    return found if is_named or found >= today else found + 7 * ONE_DAY


def _weekday(told: dict[str, str], today: date) -> date:
    ahead = (WEEKDAYS[told["weekday"].lower()] - today.weekday()) % 7
    return today + ahead * ONE_DAY


_DAY = {
    "date": _dated, "offset": _offset, "days": _days_on, "weeks": _weeks_on,
    "month": _next_month, "months": _months_from, "week": _week, "weekday": _weekday,
}  # fmt: skip
_COUNTED = ("offset", "days")
"""Kinds of day that are counted from today; any other is a calendar's."""


def _clock(left: _Left) -> tuple[time | None, Part]:
    """Return a time, and the part of the day it was said with; or the part alone."""
    if found := left.take(CLOCKS):
        told = found.groupdict()
        said = told.get("part") or (told.get("part_en") or "").lower()
        part = _PARTS[said] if said else _part_of(left)[1]
        hour, minute = _number(told["h"]), int(told.get("m") or (30 if told.get("half") else 0))
        is_exact = told["h"].startswith("0") or hour > 12
        return time(hour if is_exact else _hour(hour, part), minute), part
    return _part_of(left)


def _part_of(left: _Left) -> tuple[time | None, Part]:
    found = left.take(PARTS)
    said = " ".join(found["part"].lower().split()) if found else ""
    return _AT.get(said), _PARTS.get(said, Part.ALL)


def _hour(hour: int, part: Part) -> int:
    """Turn an hour of twelve into one of twenty-four, as it was meant."""
    is_later = {
        Part.ALL: 1 <= hour < 8,
        Part.NOON: hour < 6,
        Part.AFTERNOON: hour < 12,
        Part.EVENING: hour < 12,
        Part.NIGHT: 6 <= hour < 12,
    }.get(part, False)
    is_midnight = hour == 12 and part in (Part.NIGHT, Part.SMALL_HOURS, Part.MORNING)
    return 0 if is_midnight else hour + 12 * is_later


def _due(
    named: date | None, said: tuple[Part, time | None], now: datetime, *, is_counted: bool
) -> Due:
    part, clock = said
    today = day_of(now)
    day = today if named is None else named
    is_small = part is Part.SMALL_HOURS if clock is None else clock < _SMALL
    if is_small and part is not Part.NIGHT and named is not None and named > today:
        # The calendar's small hours of that date are the end of the night before. But tomorrow,
        # said in the small hours, is counted from the night that is still going on.
        is_now = is_counted and now.astimezone(KOREA).time() < _SMALL and named == today + ONE_DAY
        day = named if is_now else named - ONE_DAY
    due = Due(day, clock=clock) if clock is not None else Due(day, part)
    if named is None and due.ends() <= now:  # only a time, and it is over for today
        due = Due(day + ONE_DAY, due.part, due.clock)
    return due


def _soon(found: re.Match[str], now: datetime) -> Due:
    told = found.groupdict()
    unit = 1 if told["unit"].lower() in ("분", "minute") else 60
    minutes = _number(told["n"]) * unit + (30 if told.get("half") else 0)
    at = now.astimezone(KOREA) + timedelta(minutes=minutes)
    return Due(day_of(at), clock=time(at.hour, at.minute))


def _number(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words.lower()]


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, _last(first)))


def _last(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _is_leap(year: int) -> bool:
    return monthrange(year, 2)[1] == 29
