"""A control of the exchange machine is caught by its own finding, and by nothing else."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from prove import exchange_machine, moves
from prove.exchange_machine import NotHeld
from prove.instead import instead

from sync.protocol.states import Party, TaskStatus, may_move


def broken():
    return nullcontext()


def controls(problem):
    with (
        instead(exchange_machine, "VARIANTS", {broken: "what it breaks"}),
        instead(exchange_machine, "_problem", lambda kept, name, count: problem),
    ):
        return exchange_machine._controls(Path(), "control 0", 1)


def test_its_own_finding_catches_it():
    assert controls(NotHeld(["something else", "what it breaks"])) == []


@pytest.mark.parametrize(
    "problem",
    [None, NotHeld(["something else"]), TypeError("what it breaks"), AssertionError("broken")],
)
def test_nothing_else_does(problem):
    assert controls(problem)


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("before", TaskStatus)
def test_the_hub_moves_a_task_as_the_table_says_that_was_written_beside_it(before, party):
    allowed = {to.value for to in TaskStatus if may_move(before, to, party)}

    assert allowed == {to for to in moves.STATES if moves.is_listed(before, to, party)}
