"""What stands in the line for when is read back as exactly what was picked, in both languages."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import i18n
from desktop.domain.days import day_of
from desktop.domain.outreach import KOREA
from desktop.domain.promises import Due, Part
from desktop.domain.time_words import understood
from ui.promises.words import due_words, typed_words

moments = st.integers(0, 500_000).map(
    lambda n: datetime(2026, 6, 1, tzinfo=KOREA) + timedelta(minutes=n * 5)
)
clocks = st.times().map(lambda each: each.replace(second=0, microsecond=0))


@given(moments, st.integers(0, 366), st.sampled_from(Part) | clocks, st.sampled_from(["ko", "en"]))
def test_typed_words_are_read_as_what_they_were_made_of(now, ahead, time, language):
    i18n.use(language)
    day = day_of(now) + timedelta(days=ahead)
    due = Due(day, time) if isinstance(time, Part) else Due(day, clock=time)

    found = understood(typed_words(due, now), now)

    assert (found.due, found.rest) == (due, "")


FRIDAY = datetime(2026, 11, 20, 21, 42, tzinfo=KOREA)
SATURDAY = FRIDAY.date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("language", "due", "words"),
    [
        ("ko", Due(SATURDAY, Part.NOON), "내일 점심 · 11.21. 토"),
        ("en", Due(SATURDAY, Part.NOON), "tomorrow noon · Sat, Nov 21"),
        ("ko", Due(FRIDAY.date(), Part.SMALL_HOURS), "11.21. 토 새벽 · 오늘 밤"),
        ("en", Due(SATURDAY + timedelta(days=3)), "Tue, Nov 24"),
    ],
)
def test_the_date_is_always_said(language, due, words):
    i18n.use(language)

    assert due_words(due, FRIDAY) == words


def test_a_holiday_is_said():
    i18n.use("ko")

    assert due_words(Due(SATURDAY), FRIDAY, "기독탄신일").endswith("쉬는 날: 기독탄신일")
