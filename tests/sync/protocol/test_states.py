from itertools import product

import pytest

from sync.protocol.states import Party, TaskStatus, has_ended, may_move

# The published diagram of Gravity SDOH Clinical Care 3.0, written out.
BY_TARGET = {
    "requested": {"accepted", "rejected", "cancelled"},
    "accepted": {"in-progress", "on-hold", "cancelled", "completed", "failed"},
    "in-progress": {"on-hold", "cancelled", "completed", "failed"},
    "on-hold": {"in-progress", "cancelled", "completed", "failed"},
}
MOVES = list(product(TaskStatus, TaskStatus))


@pytest.mark.parametrize(("status", "to"), MOVES)
def test_the_agency_moves_a_task_as_the_diagram_says_and_not_otherwise(status, to):
    assert may_move(status, to, Party.TARGET) == (to in BY_TARGET.get(status, set()))


@pytest.mark.parametrize(("status", "to"), MOVES)
def test_the_requester_only_cancels_or_takes_back_an_error(status, to):
    is_cancel = to == "cancelled" and "cancelled" in BY_TARGET.get(status, set())
    is_error = to == "entered-in-error" and status != to

    assert may_move(status, to, Party.REQUESTER) == (is_cancel or is_error)


@pytest.mark.parametrize("status", TaskStatus)
def test_a_task_that_has_ended_moves_no_more(status):
    leads_on = any(may_move(status, to, Party.TARGET) for to in TaskStatus)

    assert has_ended(status) == (not leads_on)
