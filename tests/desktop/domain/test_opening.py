"""Open now is said only where the directory says so; a holiday or a silence is told as such."""

from datetime import date, datetime

import pytest

from desktop.domain.opening import Hours, Opening, opening
from desktop.domain.outreach import KOREA

WEEKDAYS = Hours(frozenset(range(5)), 9 * 60, 18 * 60)
NIGHTS = Hours(frozenset({4}), 20 * 60, 4 * 60)
ALWAYS = Hours(frozenset(range(7)), 0, 24 * 60)
FRIDAY = date(2026, 11, 27)


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=KOREA)


def never(_):
    return False


@pytest.mark.parametrize(
    ("hours", "now", "said"),
    [
        ((WEEKDAYS,), at(27, 9), Opening.OPEN),
        ((WEEKDAYS,), at(27, 8, 59), Opening.CLOSED),
        ((WEEKDAYS,), at(27, 18), Opening.CLOSED),
        ((WEEKDAYS,), at(28, 12), Opening.CLOSED),
        ((NIGHTS,), at(27, 23), Opening.OPEN),
        ((NIGHTS,), at(28, 3, 59), Opening.OPEN),
        ((NIGHTS,), at(28, 4), Opening.CLOSED),
        ((NIGHTS,), at(28, 23), Opening.CLOSED),
        ((WEEKDAYS, NIGHTS), at(28, 1), Opening.OPEN),
        ((ALWAYS,), at(28, 3), Opening.OPEN),
        ((), at(27, 12), Opening.UNSAID),
    ],
)
def test_hours_of_a_week_also_over_midnight(hours, now, said):
    assert opening(hours, now, never) is said


def test_what_is_not_open_every_day_is_unsure_on_a_holiday():
    assert opening((WEEKDAYS,), at(27, 12), lambda day: day == FRIDAY) is Opening.HOLIDAY
    assert opening((ALWAYS,), at(27, 12), lambda day: day == FRIDAY) is Opening.OPEN
    assert opening((NIGHTS,), at(28, 1), lambda day: day == FRIDAY) is Opening.HOLIDAY


def test_a_schedule_holds_from_its_first_day_to_its_last_every_so_many_weeks():
    every_second = Hours(frozenset({4}), 540, 1080, date(2026, 11, 13), date(2026, 12, 31), 2)

    assert every_second.covers(FRIDAY)
    assert not every_second.covers(date(2026, 11, 20))
    assert not every_second.covers(date(2026, 10, 30))
    assert not every_second.covers(date(2027, 1, 8))
