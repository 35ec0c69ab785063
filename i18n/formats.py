"""Dates, times and counts as people in Korea read them, in the language in use."""

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from i18n import language

if TYPE_CHECKING:
    from babel import Locale

# Korea has had one offset and no summer time since 1988; a laptop's own zone may be wrong.
SEOUL = timezone(timedelta(hours=9), "Asia/Seoul")


def _locale() -> "Locale":
    from babel import Locale

    return Locale("ko", "KR") if language() == "ko" else Locale("en")


def clock(moment: datetime) -> str:
    """21:42."""
    return moment.astimezone(SEOUL).strftime("%H:%M")


def clock_with_seconds(moment: datetime) -> str:
    """21:58:07."""
    return moment.astimezone(SEOUL).strftime("%H:%M:%S")


def day(moment: datetime) -> str:
    """11.20. 금 / Fri, Nov 20."""
    pattern = "M.d. E" if language() == "ko" else "EEE, MMM d"
    return _dated(moment, pattern)


def short_day(moment: datetime) -> str:
    """11.13. / Nov 13."""
    return _dated(moment, "M.d." if language() == "ko" else "MMM d")


def full_day(moment: datetime) -> str:
    """2026년 11월 20일 / November 20, 2026."""
    return _dated(moment, "y년 M월 d일" if language() == "ko" else "MMMM d, y")


def day_and_clock(moment: datetime) -> str:
    """11.20. 17:55 / Nov 20, 17:55."""
    return _dated(moment, "M.d. HH:mm" if language() == "ko" else "MMM d, HH:mm")


def weekday(moment: datetime) -> str:
    """금요일 / Friday."""
    return _dated(moment, "EEEE")


def number(value: int) -> str:
    """1,388."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=_locale()))


def names(items: tuple[str, ...]) -> str:
    """별칭, 나이 / alias and age: a list inside a sentence."""
    if language() == "ko":
        return ", ".join(items)
    from babel.lists import format_list

    return format_list(items, locale=_locale())


def _dated(moment: datetime, pattern: str) -> str:
    from babel.dates import format_datetime

    return str(format_datetime(moment, pattern, tzinfo=SEOUL, locale=_locale()))
