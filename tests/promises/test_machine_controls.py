"""A control of the exchange machine is caught by its own finding, and by nothing else."""

import importlib
import tempfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from prove import exchange_desks, exchange_machine, moves
from prove.exchange_machine import NotHeld, the_same_draws
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


@pytest.mark.parametrize("variant", [*exchange_machine.VARIANTS, *exchange_desks.VARIANTS])
def test_each_can_be_broken_still(variant):
    # Only a long proof tries them all: what they break may have moved since.
    with variant():
        pass


def drawn():
    """Return what one seed draws of numbers as large as those by which a schedule is led."""
    found = []

    @seed("a piece")
    @settings(max_examples=300, database=None, phases=(Phase.generate,))
    @given(st.integers(0, 1 << 32))
    def draw(number):
        found.append(number)

    draw()
    return found


def test_a_piece_plays_the_same_whatever_else_is_loaded(monkeypatch):
    # Not beneath a folder called `test…`: hypothesis takes no numbers from tests.
    with tempfile.TemporaryDirectory(prefix="lent") as place:
        lent = Path(place) / "lends_numbers.py"
        lent.write_text("\n".join(f"N{n} = {10_000_019 * (n + 1)}" for n in range(400)))
        with the_same_draws():
            before = drawn()
        others = drawn()
        monkeypatch.syspath_prepend(place)
        importlib.import_module("lends_numbers")
        with the_same_draws():
            assert drawn() == before
        assert drawn() != others, "it lends nothing: this test sees nothing"


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("before", TaskStatus)
def test_the_hub_moves_a_task_as_the_table_says_that_was_written_beside_it(before, party):
    allowed = {to.value for to in TaskStatus if may_move(before, to, party)}

    assert allowed == {to for to in moves.STATES if moves.is_listed(before, to, party)}
