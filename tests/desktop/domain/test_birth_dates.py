"""A birth date is read as it is typed, says an age, and what cannot be is named."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ages import OLDEST, Age
from desktop.domain.birth_dates import age_of, read
from desktop.errors import AgeUnlikely
from desktop.people_errors import BirthDateAhead, BirthDateUnreadable

TODAY = date(2026, 11, 20)
WAYS = ("{0:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0.year}. {0.month}. {0.day}.",
        "{0.year}년 {0.month}월 {0.day}일", "{0:%Y%m%d}", "{0:%y%m%d}")  # fmt: skip


@given(st.dates(date(1996, 11, 21), date(2025, 11, 20)), st.sampled_from(WAYS))
def test_every_way_of_writing_it_is_read_as_the_same_day(born, way):
    assert read(way.format(born), TODAY) == born
    assert 1 <= age_of(way.format(born), TODAY).lowest <= OLDEST


@pytest.mark.parametrize(
    "typed", ["", "16", "2010", "2010-13-01", "2011-02-29", "100305-3", "100305-3234567", "어제"]
)
def test_what_is_no_date_is_said_to_be_none(typed):
    with pytest.raises(BirthDateUnreadable):
        read(typed, TODAY)


def test_a_day_that_has_not_come_is_no_birth_date():
    with pytest.raises(BirthDateAhead):
        read((TODAY + timedelta(days=1)).isoformat(), TODAY)


@pytest.mark.parametrize("born", ["2026-03-01", "1927-11-20"])
def test_ages_of_0_and_99_are_unlikely(born):
    with pytest.raises(AgeUnlikely):
        age_of(born, TODAY)


def test_the_day_of_turning_14_counts():
    assert age_of("2012-11-20", TODAY) == Age.stated(14)
    assert age_of("2012-11-21", TODAY) == Age.stated(13)
