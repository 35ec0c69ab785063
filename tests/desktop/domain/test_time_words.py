"""Days and times in plain words: read as people mean them, and the same back again."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.days import day_of
from desktop.domain.outreach import KOREA
from desktop.domain.promises import Due, Part
from desktop.domain.time_words import understood

FRIDAY = datetime(2026, 11, 20, 21, 42, tzinfo=KOREA)
AFTER_MIDNIGHT = datetime(2026, 11, 21, 2, 0, tzinfo=KOREA)


def on(day, part=Part.ALL, clock=None, month=11):
    return Due(date(2026, month, day), part, clock)


SAID = {
    "내일 점심": on(21, Part.NOON),
    "낼 저녁": on(21, Part.EVENING),
    "오늘 밤": on(20, Part.NIGHT),
    "모레": on(22),
    "내일모레 아침": on(22, Part.MORNING),
    "글피": on(23),
    "다음 주 화요일": on(24),
    "다음주 화요일까지": on(24),
    "담주 수요일": on(25),
    "다다음 주 월요일": on(30),
    "이번 주 일요일": on(22),
    "금요일 저녁": on(20, Part.EVENING),
    "토요일 밤에": on(21, Part.NIGHT),
    "주말": on(21),
    "다음 주": on(23),
    "사흘 뒤": on(23),
    "3일 뒤 저녁": on(23, Part.EVENING),
    "일주일 뒤": on(27),
    "두 주 뒤": on(4, month=12),
    "보름 뒤": on(5, month=12),
    "한 달 뒤": on(20, month=12),
    "다음 달 3일": on(3, month=12),
    "25일": on(25),
    "12월 3일 목요일": on(3, month=12),
    "12월 25일 오후 3시 반": on(25, clock=time(15, 30), month=12),
    "12.24. 목 19:00": on(24, clock=time(19), month=12),
    "2026-12-25": on(25, month=12),
    "모레 7시": on(22, clock=time(19)),
    "내일 아침 9시쯤": on(21, clock=time(9)),
    "내일 열두 시": on(21, clock=time(12)),
    "오늘 자정": on(20, clock=time(0)),
    "내일 정오": on(21, clock=time(12)),
    "두 시간 뒤": on(20, clock=time(23, 42)),
    "한 시간 반 뒤": on(20, clock=time(23, 12)),
    "30분 뒤": on(20, clock=time(22, 12)),
    "tomorrow noon": on(21, Part.NOON),
    "tomorrow at lunch": on(21, Part.NOON),
    "in 3 days": on(23),
    "in a week": on(27),
    "next Tuesday at 7pm": on(24, clock=time(19)),
    "this Friday evening": on(20, Part.EVENING),
    "on Monday morning": on(23, Part.MORNING),
    "the day after tomorrow": on(22),
    "Dec 25, 3 pm": on(25, clock=time(15), month=12),
    "25 December": on(25, month=12),
    "Fri, Nov 27": on(27),
    "tonight": on(20, Part.NIGHT),
    "in two hours": on(20, clock=time(23, 42)),
    "the weekend": on(21),
}


@pytest.mark.parametrize(("words", "due"), SAID.items())
def test_words_are_read_as_they_are_meant(words, due):
    found = understood(words, FRIDAY)

    assert found is not None
    assert (found.due, found.rest) == (due, "")


@pytest.mark.parametrize(
    "words", ["", "전화할게요", "보낼게요", "1388에 전화", "2월 30일", "25시", "밤마중", "금일봉"]
)
def test_words_without_a_time_are_not_guessed_at(words):
    assert understood(words, FRIDAY) is None


def test_the_rest_of_a_sentence_is_what_was_promised():
    found = understood("내일 점심에 전화하기로 약속.", FRIDAY)

    assert (found.due, found.rest) == (on(21, Part.NOON), "전화하기로 약속")


def test_after_midnight_tomorrow_is_still_the_day_that_has_not_begun():
    assert understood("내일 점심", AFTER_MIDNIGHT).due == on(21, Part.NOON)
    assert understood("오늘", AFTER_MIDNIGHT).due == on(20)


@pytest.mark.parametrize("words", ["내일 새벽 2시", "오늘 밤 2시", "새벽 2시", "토요일 02:00"])
def test_the_small_hours_belong_to_the_night_before(words):
    assert understood(words, FRIDAY).due == on(20, clock=time(2))


def test_in_the_small_hours_tomorrows_are_those_of_the_next_night():
    assert understood("내일 새벽 2시", AFTER_MIDNIGHT).due == on(21, clock=time(2))


@pytest.mark.parametrize(
    "words",
    ["11월 21일 새벽 3시", "11/21 03:00", "2026-11-21 03:00", "21일 새벽 3시", "토요일 새벽 3시"],
)
def test_in_the_small_hours_a_date_is_the_calendars_of_this_night(words):
    assert understood(words, AFTER_MIDNIGHT).due == on(20, clock=time(3))


def test_a_time_that_is_over_today_is_tomorrows():
    assert understood("점심", FRIDAY).due == on(21, Part.NOON)
    assert understood("19:00", FRIDAY).due == on(21, clock=time(19))


PARTS = {
    Part.MORNING: ("아침", "morning"), Part.NOON: ("점심", "noon"), Part.ALL: ("", ""),
    Part.AFTERNOON: ("오후", "afternoon"), Part.EVENING: ("저녁", "evening"),
    Part.NIGHT: ("밤", "night"),
}  # fmt: skip
nights = st.integers(0, 2_000_000).map(
    lambda n: datetime(2026, 1, 1, tzinfo=KOREA) + timedelta(minutes=n)
)


@given(nights, st.integers(0, 360), st.sampled_from(list(PARTS)), st.booleans())
def test_a_date_written_out_comes_back_the_same_at_every_hour(now, ahead, part, is_korean):
    due = Due(day_of(now) + timedelta(days=ahead), part)
    words = f"{due.day.isoformat()} {PARTS[part][0 if is_korean else 1]}"

    assert understood(words, now).due == due


@given(nights, st.integers(0, 360), st.integers(6, 23), st.integers(0, 59))
def test_a_date_and_a_time_come_back_the_same(now, ahead, hour, minute):
    due = Due(day_of(now) + timedelta(days=ahead), clock=time(hour, minute))

    assert understood(f"{due.day.isoformat()} {hour:02}:{minute:02}", now).due == due


@given(nights, st.integers(1, 99), st.sampled_from(["{}일 뒤", "in {} days", "{} days later"]))
def test_so_many_days_on_are_counted_from_the_night_that_is_still_going_on(now, days, words):
    # "in 1 days" is what a tired hand types
    due = understood(words.format(days), now).due

    assert due == Due(day_of(now) + timedelta(days=days))


@given(nights, st.text(max_size=60))
def test_no_words_break_it(now, words):
    found = understood(words, now)

    assert found is None or found.due.opens() < found.due.ends()


@given(nights, st.sampled_from("월화수목금토일"))
def test_a_weekday_is_the_nearest_one_that_is_not_over(now, weekday):
    due = understood(f"{weekday}요일", now).due

    assert "월화수목금토일"[due.day.weekday()] == weekday
    assert day_of(now) <= due.day < day_of(now) + timedelta(days=7)
