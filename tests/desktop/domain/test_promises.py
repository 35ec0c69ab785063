"""A promise is overdue, today's or coming at every hour, and is put off to a day that is one."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop import days_off
from desktop.domain.days import ONE_DAY, begins, day_of, is_working, next_working
from desktop.domain.ids import YouthId
from desktop.domain.outreach import KOREA
from desktop.domain.promises import (
    Due,
    Outcome,
    Part,
    Promise,
    PromiseId,
    Snooze,
    When,
    accepted,
    snoozed,
    when,
)
from desktop.errors import NothingWritten
from desktop.promise_errors import PromiseFar, PromiseOver

FRIDAY = date(2026, 11, 20)
moments = st.integers(0, 1_000_000).map(
    lambda n: datetime(2026, 1, 1, tzinfo=KOREA) + timedelta(minutes=n)
)
clocks = st.times().map(lambda each: each.replace(second=0, microsecond=0))
dues = st.builds(Due, st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.sampled_from(Part)) | (
    st.builds(lambda day, clock: Due(day, clock=clock), st.dates(date(2026, 1, 1)), clocks)
)


def at(hour, minute=0, day=20):
    return datetime(2026, 11, day, hour, minute, tzinfo=KOREA)


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("hour", range(24))
def test_what_is_due_on_a_day_is_never_coming_on_it_and_never_overdue_before_it(part, hour):
    due = Due(FRIDAY, part)
    for minute in (0, 59):
        before = datetime(2026, 11, 19, hour, minute, tzinfo=KOREA)
        if day_of(before) < FRIDAY:
            assert when(due, before) is When.COMING
        within = at(hour, minute, 20 if hour >= 6 else 21)
        assert when(due, within) is (When.OVERDUE if due.ends() <= within else When.TODAY)
        after = at(hour, minute, 22)
        assert when(due, after) is When.OVERDUE


def test_at_0559_it_is_still_today_and_at_0600_it_is_overdue():
    due = Due(FRIDAY)

    assert when(due, at(5, 59, 21)) is When.TODAY
    assert when(due, at(6, 0, 21)) is When.OVERDUE
    assert when(due, at(5, 59)) is When.COMING
    assert when(due, at(6, 0)) is When.TODAY


def test_two_in_the_morning_belongs_to_the_night_before():
    due = Due(FRIDAY, clock=time(2))

    assert due.opens() == at(2, day=21)
    assert when(due, at(23)) is When.TODAY
    assert when(due, at(3, 1, 21)) is When.OVERDUE
    assert due.written_day() == date(2026, 11, 21)


@given(dues, moments)
def test_it_stands_in_exactly_one_list_and_goes_one_way(due, now):
    order = [When.COMING, When.TODAY, When.OVERDUE]

    steps = [order.index(when(due, now + timedelta(hours=n))) for n in range(0, 96, 5)]

    assert steps == sorted(steps)
    assert begins(due.day) <= due.opens() < due.ends() <= begins(due.day + 2 * ONE_DAY)


@pytest.mark.parametrize("year", range(2026, 2031))
def test_a_year_has_its_holidays_with_names_in_both_languages(year):
    assert days_off.name_of(date(year, 12, 25), "ko") == "기독탄신일"
    assert days_off.name_of(date(year, 12, 25), "en") == "Christmas Day"
    assert days_off.is_off(date(year, 10, 3))
    assert days_off.name_of(date(year, 11, 20), "ko") == ""


def test_a_substitute_day_is_no_working_day():
    # Liberation Day 2026 is a Saturday; its substitute is the Monday after.
    assert days_off.name_of(date(2026, 8, 17), "ko") == "광복절 대체 휴일"
    assert next_working(date(2026, 8, 14), days_off.is_off) == date(2026, 8, 18)


@given(st.dates(date(2026, 1, 1), date(2035, 12, 1)))
@example(date(2026, 9, 23))  # Chuseok from Thursday on
@example(date(2027, 2, 5))  # Seollal with a substitute day
def test_the_next_working_day_is_one_and_none_is_left_out(day):
    found = next_working(day, days_off.is_off)

    assert is_working(found, days_off.is_off)
    between = (day + n * ONE_DAY for n in range(1, (found - day).days))
    assert not any(is_working(each, days_off.is_off) for each in between)


@given(dues, moments, st.sampled_from([Snooze.TOMORROW, Snooze.WORKING]))
def test_put_off_it_comes_later_and_keeps_its_time(due, now, until):
    later = snoozed(due, until, now, days_off.is_off)

    assert later.day > max(due.day, day_of(now)) - ONE_DAY
    assert (later.part, later.clock) == (due.part, due.clock)
    assert when(later, now) is When.COMING


@given(moments)
def test_later_tonight_is_tonight_or_not_offered(now):
    later = snoozed(Due(day_of(now)), Snooze.TONIGHT, now, days_off.is_off)

    if later is None:
        assert 2 <= now.hour < 6
    else:
        assert later.day == day_of(now)
        assert later.opens() >= now + timedelta(minutes=90)
        assert later.clock.minute in (0, 30)


def test_what_is_over_or_more_than_a_year_away_cannot_be_promised():
    now = at(22)

    assert accepted(Due(FRIDAY), now) == Due(FRIDAY)
    for gone in (Due(FRIDAY, Part.NOON), Due(date(2026, 11, 19)), Due(date(1926, 11, 20))):
        with pytest.raises(PromiseOver):
            accepted(gone, now)
    for far in (Due(date(2027, 12, 1)), Due(date(2999, 1, 1))):
        with pytest.raises(PromiseFar):
            accepted(far, now)


def test_a_promise_without_words_or_half_ended_cannot_be_built():
    ids = PromiseId(uuid4()), YouthId(uuid4())
    with pytest.raises(NothingWritten):
        Promise(*ids, "  ", Due(FRIDAY), at(22))
    with pytest.raises(ValueError, match="ended"):
        Promise(*ids, "전화", Due(FRIDAY), at(22), outcome=Outcome.KEPT)
    with pytest.raises(ValueError, match="part"):
        Due(FRIDAY, Part.NOON, time(12))
