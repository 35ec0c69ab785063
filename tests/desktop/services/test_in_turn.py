"""After a hub was put back, what a desk decided about one case reaches it in the order it was."""

from datetime import timedelta

import pytest
from desk_for_tests import WORDS
from restored_for_tests import back_up, restore

from desktop.domain.inbox import Deed
from desktop.services import exchange
from sync.client.pace import Pace
from sync.protocol.states import TaskStatus


@pytest.fixture
def ref(town, desk):
    """A case that came in after the hub's backup was made."""
    desk.round()
    town.round()
    back_up(town.hub)
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.round()
    return tracking.referral.id


def is_put_back(town, desk):
    """The hub has lost the case; both sides meet that."""
    restore(town.hub, town.hub.home / "backup.db")
    desk.round()
    town.round()


def rounds(town, desk, often=6, **apart):
    for _ in range(often):
        town.hub.clock.turn(**(apart or {"seconds": 40}))
        desk.round()
        town.round()
    desk.round()


def everybody_says(town, desk, ref, status):
    case = desk.peek()
    assert (case.status, case.late, case.refused) == (status, None, ())
    assert town.tracking(ref).status is status
    assert exchange.line(desk.vault).waiting == 0


def test_a_later_decision_waits_behind_one_that_was_put_off(town, desk, ref):
    for deed in (Deed.ACCEPT, Deed.START, Deed.COMPLETE):
        desk.do(deed)
    desk.round()
    desk.line.pace = Pace(2)

    is_put_back(town, desk)
    put_off = desk.round().put_off
    town.round()
    town.round()
    desk.round()
    rounds(town, desk)

    assert put_off == 2
    everybody_says(town, desk, ref, TaskStatus.COMPLETED)


def test_what_was_put_off_by_a_clock_a_year_ahead_does_not_wait_for_that_year(town, desk, ref):
    desk.do(Deed.ACCEPT)
    desk.round()
    is_put_back(town, desk)
    a_year_ahead = town.now + timedelta(days=365)
    assert exchange.exchange(desk.vault, desk.line, a_year_ahead).put_off > 0

    rounds(town, desk)

    everybody_says(town, desk, ref, TaskStatus.ACCEPTED)


def test_so_does_one_that_is_made_meanwhile(town, desk, ref):
    desk.do(Deed.ACCEPT)
    desk.round()
    is_put_back(town, desk)
    assert desk.round().put_off > 0
    town.round()
    town.round()

    desk.do(Deed.START)
    desk.do(Deed.COMPLETE)
    desk.round()
    rounds(town, desk)

    everybody_says(town, desk, ref, TaskStatus.COMPLETED)


def test_what_both_sides_had_finished_is_not_called_not_taken(town, desk, ref):
    desk.do(Deed.ACCEPT)
    desk.do(Deed.COMPLETE)
    rounds(town, desk, 2)
    assert town.tracking(ref).status is TaskStatus.COMPLETED

    is_put_back(town, desk)
    rounds(town, desk, 33, days=1)

    everybody_says(town, desk, ref, TaskStatus.COMPLETED)
    assert exchange.line(desk.vault).refused == 0
    desk.vault.verify()


def test_neither_is_a_receipt_that_no_life_of_the_hub_has_had(town, desk, ref):
    desk.do(Deed.ACCEPT)
    desk.do(Deed.COMPLETE)
    rounds(town, desk, 2)

    is_put_back(town, desk)
    with desk.vault.transaction() as db:
        db.execute("UPDATE outbox SET last_problem = '' WHERE kind = 'delivery.receipt'")
    rounds(town, desk, 33, days=1)

    assert exchange.line(desk.vault).refused == 0


def test_what_no_life_of_the_hub_has_had_is(town, desk, ref):
    desk.do(Deed.ACCEPT)
    rounds(town, desk, 2)
    with town.vault.transaction() as db:
        db.execute("UPDATE outbox SET state = 'refused' WHERE kind = 'referral.request'")
    desk.do(Deed.COMPLETE)

    is_put_back(town, desk)
    rounds(town, desk, 33, days=1)

    assert [each.problem for each in desk.peek().refused] == ["not-your-task"]
