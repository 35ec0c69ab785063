"""Dates as people in Korea read them, wherever the laptop thinks it is."""

from datetime import UTC, datetime

import pytest

import i18n
from i18n import formats

NIGHT = datetime(2026, 11, 20, 12, 42, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english_after():
    yield
    i18n.use("en")


@pytest.mark.parametrize(
    ("say", "korean", "english"),
    [
        (formats.clock, "21:42", "21:42"),
        (formats.clock_with_seconds, "21:42:07", "21:42:07"),
        (formats.day, "11.20. 금", "Fri, Nov 20"),
        (formats.short_day, "11.20.", "Nov 20"),
        (formats.full_day, "2026년 11월 20일", "November 20, 2026"),
        (formats.day_and_clock, "11.20. 21:42", "Nov 20, 21:42"),
        (formats.weekday, "금요일", "Friday"),
    ],
)
def test_the_clock_is_seoul_s(say, korean, english):
    i18n.use("ko")
    assert say(NIGHT) == korean
    i18n.use("en")
    assert say(NIGHT) == english


def test_past_midnight_in_seoul_is_the_next_day():
    i18n.use("ko")

    assert formats.day(datetime(2026, 11, 20, 15, 1, tzinfo=UTC)) == "11.21. 토"


def test_lists_and_numbers():
    i18n.use("ko")
    assert formats.names(("별칭", "나이")) == "별칭, 나이"
    assert formats.number(1388) == "1,388"
    i18n.use("en")
    assert formats.names(("alias", "age", "gender")) == "alias, age, and gender"
