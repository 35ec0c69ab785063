"""What is asked on a consent that is over is taken on no more, and shown to nobody."""

from datetime import timedelta

import pytest
from builders import a_moment
from desk_for_tests import WORDS

from desktop.consent_errors import ConsentOver
from desktop.domain.inbox import Declined, Deed, Gone
from desktop.services import exchange, inbox
from desktop.services.inbox import Doing
from sync.protocol.states import TaskStatus

LONG = timedelta(days=100)


@pytest.fixture
def asked(town, desk):
    """A request that came in, and that nobody has answered."""
    town.agreed_and_released(words=WORDS)
    town.round()
    desk.round()
    return desk.peek().id


def accept(town, desk, ref, now):
    return inbox.do(desk.vault, ref, Doing(Deed.ACCEPT), a_moment(now), town.hub.chance)


def test_without_a_line_nothing_is_taken_on_whose_consent_is_over(town, desk, asked):
    desk.line.is_cut = True
    town.hub.clock.turn(days=100)

    with pytest.raises(ConsentOver) as refused:
        desk.do(Deed.ACCEPT)

    case = desk.case()
    assert (case.status, case.words) == (TaskStatus.REQUESTED, {})
    assert refused.value.asker == case.asker_name
    assert "task.status" not in desk.waiting()
    desk.do(Deed.DECLINE, Declined.OTHER.value)
    assert desk.peek().gone is Gone.DECLINED


def test_a_clock_of_which_is_known_that_it_is_ahead_refuses_nobody(town, desk, asked):
    exchange.exchange(desk.vault, desk.line, town.now + LONG)

    assert accept(town, desk, asked, town.now + LONG)


def test_what_a_colleague_was_first_to_take_on_is_said_so_and_not_called_over(town, desk, asked):
    assert accept(town, desk, asked, town.now)

    assert not accept(town, desk, asked, town.now + LONG)
