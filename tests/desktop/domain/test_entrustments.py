"""What a paper says that entrusts an organisation, and how long it holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from builders import NOON

from desktop.consent_errors import EntrustmentUnclear
from desktop.domain.entrustments import ARTICLE, OPEN_END, EntrustedBy, Entrustment, Held, day_in

DAY = date(2026, 11, 2)


def a_paper(**changes):
    usual = {"by": EntrustedBy.LOCAL, "article": ARTICLE, "document": "관악 12", "dated": DAY}
    return Entrustment(**(usual | changes))


def test_it_holds_through_its_last_day_in_seoul_or_until_it_is_taken_back():
    assert a_paper(last_day=DAY).until == datetime(2026, 11, 2, 15, tzinfo=UTC)
    assert a_paper().until == OPEN_END
    held = Held(a_paper(), "김상담", NOON)
    assert held.holds(NOON)
    over = held.taken_back("김상담", NOON)
    assert not over.holds(NOON)
    assert not over.holds(NOON - timedelta(days=900))  # whatever the clock is set to


@pytest.mark.parametrize(
    "lack", [{"article": " "}, {"document": ""}, {"last_day": DAY - timedelta(days=1)}]
)
def test_one_that_says_too_little_is_none(lack):
    with pytest.raises(EntrustmentUnclear):
        a_paper(**lack)


@pytest.mark.parametrize("said", ["2026-11-02", "2026. 11. 2.", "2026년 11월 2일", "20261102"])
def test_a_day_is_read_as_people_write_it(said):
    assert day_in(said) == DAY


@pytest.mark.parametrize("said", ["", "11-02", "2026-13-02", "2026-02-30", "오늘"])
def test_what_is_no_day_is_none(said):
    with pytest.raises(EntrustmentUnclear):
        day_in(said)
