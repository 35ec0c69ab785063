"""Dates, numbers and lists without Babel are what Babel makes; it is asked only here."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.dates import format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

import i18n
from i18n import cldr, formats, writing

# A leap year, a common one, and the turns of the years about them, at every hour of Seoul.
FIRST, DAYS = datetime(2027, 12, 30, 14, 59, 59, tzinfo=UTC), 2 * 366 + 5
PATTERNS = {
    "ko": {
        formats.day: "M.d. E", formats.short_day: "M.d.", formats.full_day: "y년 M월 d일",
        formats.day_and_clock: "M.d. HH:mm", formats.weekday: "EEEE",
    },
    "en": {
        formats.day: "EEE, MMM d", formats.short_day: "MMM d", formats.full_day: "MMMM d, y",
        formats.day_and_clock: "MMM d, HH:mm", formats.weekday: "EEEE",
    },
}  # fmt: skip
NUMBERS = (*range(1_100), 1_388, 9_999, 10_000, 99_999, 123_456, 1_000_000, 9_876_543_210)
ITEMS = ("별칭", "age", "{0}", "a, b", "gender", "나이")


@pytest.fixture(params=cldr.LOCALES)
def language(request):
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


def moments():
    for number in range(DAYS):
        yield FIRST + timedelta(days=number, hours=number % 24, minutes=number % 60)


def test_every_day_is_told_as_babel_tells_it(language):
    locale = cldr.LOCALES[language]

    for at in moments():
        for say, pattern in PATTERNS[language].items():
            assert say(at) == format_datetime(at, pattern, tzinfo=formats.SEOUL, locale=locale)


def test_numbers_are_told_as_babel_tells_them(language):
    locale = cldr.LOCALES[language]

    for value in (*NUMBERS, *(-each for each in NUMBERS)):
        assert formats.number(value) == format_decimal(value, locale=locale)


def test_lists_are_told_as_babel_tells_them_but_for_korean(language):
    for length in range(len(ITEMS) + 1):
        items = ITEMS[:length]

        told = formats.names(items)

        assert told == (", ".join(items) if language == "ko" else format_list(items, locale="en"))


def test_the_files_are_what_babel_gives_today(language):
    place = writing.place_of(language)

    assert place.read_bytes() == cldr.written(cldr.LOCALES[language])
    assert writing.writing_of(language) == cldr.writing(cldr.LOCALES[language])


@pytest.mark.parametrize("name", ["zh_Hans", "vi", "ru", "mn", "uz", "th"])
def test_the_next_languages_can_be_written_down_too(name):
    written = cldr.writing(cldr.Locale.parse(name))

    assert len(written.months) == len(written.short_months) == 12
    assert len(written.weekdays) == len(written.short_weekdays) == 7


def test_telling_a_date_loads_no_babel():
    code = (
        "import sys; from datetime import UTC, datetime; import i18n; from i18n import formats\n"
        "i18n.use('ko'); formats.day(datetime(2026, 11, 20, tzinfo=UTC)); formats.number(1388)\n"
        "print('babel' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.strip() == "False"
