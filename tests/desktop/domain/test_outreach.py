"""A night belongs to the evening it began."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import pytest

from desktop.domain.outreach import Outreach

SEOUL = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("hour", "evening"),
    [
        (19, date(2026, 11, 20)),
        (23, date(2026, 11, 20)),
        (29, date(2026, 11, 20)),
        (30, date(2026, 11, 21)),
    ],
)
def test_the_day_rolls_over_at_six_in_the_morning(hour, evening):
    began = (datetime(2026, 11, 20, tzinfo=SEOUL) + timedelta(hours=hour)).astimezone(UTC)

    assert Outreach(uuid4(), "신림역", began).night() == evening
