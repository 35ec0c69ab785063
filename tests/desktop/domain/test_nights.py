"""The numbers of a night: each head once, pauses left out, months that end in the morning."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from builders import NOON

from desktop.domain.nights import Counts, Month, Rows, counted
from desktop.domain.outreach import ITEMS, Outreach, Pause, Tally

HOUR = timedelta(hours=1)


def a_night(**changes):
    facts = {"id": uuid4(), "place": "신림역", "started_at": NOON} | changes
    return Outreach(**facts)


def test_a_pause_is_not_counted_and_one_that_lasts_grows():
    ended = Pause(NOON + HOUR, NOON + 2 * HOUR)
    night = a_night(pauses=(ended, Pause(NOON + 3 * HOUR)))

    assert night.is_paused
    assert night.length(NOON + 3 * HOUR) == 2 * HOUR
    assert night.length(NOON + 5 * HOUR) == 2 * HOUR


def test_a_clock_that_went_back_makes_no_night_shorter_than_nothing():
    night = a_night(pauses=(Pause(NOON + HOUR),))

    assert night.length(NOON - 7 * HOUR) == HOUR
    assert night.latest() == NOON + HOUR


def test_an_ended_night_does_not_grow():
    assert a_night(ended_at=NOON + HOUR).length(NOON + 9 * HOUR) == HOUR


@pytest.mark.parametrize(("hours", "is_over"), [(8.99, False), (9, True), (40, True)])
def test_a_night_is_over_at_six(hours, is_over):
    # It began at 21:00 in Korea.
    assert a_night().is_over(NOON + timedelta(hours=hours)) is is_over


def test_a_talk_is_a_meeting_and_whoever_has_a_row_is_counted_by_it():
    tallies = {Tally.GREETING: 10, Tally.BRIEF: 3, Tally.DEEP: 1, Tally.MEAL: 2, Tally.ITEM: 5}

    counts = counted(a_night(team=("한빛", "오솔")), tallies, Rows(4, 2, 1), NOON + HOUR)

    assert (counts.met, counts.counseled, counts.referrals) == (18, 6, 1)
    assert dict(zip(ITEMS, counts.items, strict=True))[Tally.MEAL] == 2
    assert (counts.given(), counts.counselors, counts.out) == (7, 2, HOUR)


def test_whoever_holds_the_laptop_takes_part():
    assert counted(a_night(), {}, Rows(), NOON).counselors == 1


def test_nights_add_up_and_a_body_is_named_once():
    one = counted(a_night(partners=("경찰서", "구청")), {Tally.MEAL: 1}, Rows(1), NOON + HOUR)
    two = counted(a_night(partners=("구청", "시청")), {Tally.MEAL: 4}, Rows(2), NOON + HOUR)

    both = Counts() + one + two

    assert (both.nights, both.met, both.given(), both.out) == (2, 3, 5, 2 * HOUR)
    assert both.partners == ("경찰서", "구청", "시청")


def test_a_month_begins_and_ends_at_six_in_the_morning():
    start, end = Month(2026, 12).span()

    assert start.astimezone(UTC) == datetime(2026, 11, 30, 21, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 12, 31, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("months", "there"), [(1, Month(2027, 1)), (-12, Month(2025, 12)), (0, Month(2026, 12))]
)
def test_months_follow_each_other(months, there):
    assert Month(2026, 12).moved(months) == there
