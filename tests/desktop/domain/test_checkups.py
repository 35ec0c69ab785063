"""A week, by a clock that may have been wrong."""

from datetime import timedelta

import pytest
from builders import NOON

from desktop.domain.checkups import EVERY, is_due


@pytest.mark.parametrize(
    ("ago", "due"),
    [
        (timedelta(0), False),
        (timedelta(days=6, hours=23), False),
        (EVERY, True),
        (timedelta(days=400), True),
        (timedelta(seconds=-1), True),
        (timedelta(days=-3000), True),
    ],
)
def test_it_is_due_after_a_week_or_when_the_clock_cannot_be_believed(ago, due):
    assert is_due(NOON - ago, NOON) is due


def test_it_is_due_when_it_was_never_done():
    assert is_due(None, NOON)
