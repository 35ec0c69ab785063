"""The record of looks says who it was and what for: what no one did is not said of anyone."""

from uuid import uuid4

import pytest
from builders import NOON

from desktop.domain.ids import YouthId
from desktop.domain.looks import Act, Look, Reader, Why, at_youth
from desktop.domain.summaries import REASONS
from ui.keeping.look_words import who_words, why_words
from ui.own_data import lines

ME = Reader("5f3c", "a1b2")


def printed(why):
    return Look(NOON, Reader("9e1d", "a1b2", why), at_youth(YouthId(uuid4()), Act.PRINTED))


@pytest.mark.parametrize("why", REASONS)
def test_what_a_colleague_printed_is_not_said_of_two_people_with_the_organisations_key(why):
    assert "two people" not in who_words(printed(why), ME)
    assert "two people" not in lines.look(printed(why))
    assert why_words(printed(why))


def test_handing_over_to_a_colleague_is_not_that_one_left():
    assert Why.HANDOVER not in REASONS
    assert why_words(printed(Why.TO_COLLEAGUE)) == "Handed over to a colleague"
