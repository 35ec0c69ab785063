"""Ids that nobody has twice, beginning with their time."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from builders import NOON, a_moment

from desktop.domain.moment import CHANCE, Moment, beside, fresh_id

FULL, NONE = b"\xff" * CHANCE, bytes(CHANCE)


def test_an_id_begins_with_its_time_and_says_its_form():
    fresh = fresh_id(datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC), NONE)

    # The moment of the example in RFC 9562, appendix A.6.
    assert str(fresh) == "017f22e2-79b0-7000-8000-000000000000"
    assert (fresh.version, fresh.variant) == (7, uuid4().variant)


def test_chance_changes_neither_time_nor_form():
    assert str(fresh_id(NOON, FULL))[:15] == str(fresh_id(NOON, NONE))[:15]
    assert str(fresh_id(NOON, FULL))[15:] == "fff-bfff-ffffffffffff"


def test_later_ids_come_later():
    ids = [fresh_id(NOON + timedelta(milliseconds=n), FULL if n % 2 else NONE) for n in range(9)]

    assert ids == sorted(ids)


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_a_clock_that_is_far_off_makes_ids_too(year):
    assert fresh_id(datetime(year, 1, 1, tzinfo=UTC), FULL).version == 7


def test_what_one_action_makes_has_its_time_and_an_id_of_its_own():
    moment = a_moment()

    ids = {moment.id(str(number)) for number in range(1000)}

    assert len(ids) == 1000
    assert {(made.int >> 80, made.version) for made in ids} == {(moment.fresh.int >> 80, 7)}
    assert moment.id("1") == Moment(NOON + timedelta(days=9), moment.fresh).id("1")


def test_beside_an_id_without_a_time_it_stays_as_it_is():
    other = uuid4()

    assert beside(uuid4(), other) == other
