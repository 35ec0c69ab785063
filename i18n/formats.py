"""Dates, times and counts as people in Korea read them, in the language in use."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from i18n import language
from i18n.writing import Writing, writing_of

# Korea has had one offset and no summer time since 1988; a laptop's own zone may be wrong.
SEOUL = timezone(timedelta(hours=9), "Asia/Seoul")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How this program dates things, in the letters of CLDR: our choice, shorter than its own."""

    day: str
    short_day: str
    full_day: str
    month: str
    day_and_clock: str


_PATTERNS = {
    "ko": _Patterns("M.d. E", "M.d.", "y년 M월 d일", "y년 M월", "M.d. HH:mm"),
    "en": _Patterns("EEE, MMM d", "MMM d", "MMMM d, y", "MMMM y", "MMM d, HH:mm"),
}
_FIELD = re.compile("y|M+|d|E+|H+|m+")


def clock(moment: datetime) -> str:
    """21:42."""
    return moment.astimezone(SEOUL).strftime("%H:%M")


def clock_with_seconds(moment: datetime) -> str:
    """21:58:07."""
    return moment.astimezone(SEOUL).strftime("%H:%M:%S")


def day(moment: datetime) -> str:
    """11.20. 금 / Fri, Nov 20."""
    return _dated(moment, _PATTERNS[language()].day)


def short_day(moment: datetime) -> str:
    """11.13. / Nov 13."""
    return _dated(moment, _PATTERNS[language()].short_day)


def full_day(moment: datetime) -> str:
    """2026년 11월 20일 / November 20, 2026."""
    return _dated(moment, _PATTERNS[language()].full_day)


def month(moment: datetime) -> str:
    """2026년 11월 / November 2026."""
    return _dated(moment, _PATTERNS[language()].month)


def day_and_clock(moment: datetime) -> str:
    """11.20. 17:55 / Nov 20, 17:55."""
    return _dated(moment, _PATTERNS[language()].day_and_clock)


def weekday(moment: datetime) -> str:
    """금요일 / Friday."""
    return _dated(moment, "EEEE")


def short_weekday(moment: datetime) -> str:
    """금 / Fri."""
    return _dated(moment, "E")


def number(value: int) -> str:
    """1,388."""
    writing = writing_of(language())
    return f"{value:,}".replace("-", writing.minus).replace(",", writing.thousands)


def names(items: tuple[str, ...]) -> str:
    """별칭, 나이 / alias and age: a list inside a sentence."""
    if language() == "ko" or len(items) < 2:
        return ", ".join(items)  # 및, which CLDR has for Korean, reads like a law
    writing = writing_of(language())
    if len(items) == 2:
        return writing.pair.format(*items)
    told, *middle, last = items
    for so_far, item in enumerate(middle):
        pattern = writing.list_middle if so_far else writing.list_start
        told = pattern.format(told, item)
    return writing.list_end.format(told, last)


def _dated(moment: datetime, pattern: str) -> str:
    at, writing = moment.astimezone(SEOUL), writing_of(language())
    return _FIELD.sub(lambda field: _part(at, field[0], writing), pattern)


def _part(at: datetime, field: str, writing: Writing) -> str:
    return _PARTS[field](at, writing)


_PARTS: dict[str, Callable[[datetime, Writing], str]] = {
    "y": lambda at, _: str(at.year),
    "M": lambda at, _: str(at.month),
    "MMM": lambda at, writing: writing.short_months[at.month - 1],
    "MMMM": lambda at, writing: writing.months[at.month - 1],
    "d": lambda at, _: str(at.day),
    "E": lambda at, writing: writing.short_weekdays[at.weekday()],
    "EEE": lambda at, writing: writing.short_weekdays[at.weekday()],
    "EEEE": lambda at, writing: writing.weekdays[at.weekday()],
    "HH": lambda at, _: f"{at.hour:02}",
    "mm": lambda at, _: f"{at.minute:02}",
}
