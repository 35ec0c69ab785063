"""A step is shown as done only when a service reports its proof."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from pages_for_tests import NIGHT, a_tracking, a_youth

from sync.protocol.states import TaskStatus
from ui.referrals.steps import of_draft, of_tracking

CHAIN = ("queued", "sent", "delivered", "opened", "accepted")


@pytest.fixture
def file(qtbot, tasks):
    return a_youth(qtbot, tasks)


@pytest.mark.parametrize(("proven", "at"), [(1, 0), (2, 2), (3, 3), (4, 4), (5, 5)], ids=CHAIN)
def test_each_proof_moves_one_step(file, proven, at):
    progress = of_tracking(a_tracking(file, *CHAIN[:proven]))

    assert progress.at == at
    assert [bool(time) for time in progress.times] == [n < proven for n in range(5)]


def test_no_step_is_done_before_the_one_it_stands_on(file):
    for count in range(5):
        for proven in combinations(CHAIN, count):
            progress = of_tracking(a_tracking(file, *proven))
            assert set(CHAIN[: progress.at]) <= set(proven)


def test_a_later_status_counts_as_accepted(file):
    tracking = a_tracking(file, *CHAIN[:4], "in-progress", status=TaskStatus.IN_PROGRESS)

    assert of_tracking(tracking).at == 5


@pytest.mark.parametrize("status", [TaskStatus.REJECTED, TaskStatus.CANCELLED, TaskStatus.FAILED])
def test_an_end_that_is_no_answer_is_shown_as_stopped(file, status):
    assert of_tracking(a_tracking(file, "queued", status=status)).is_stopped
    assert not of_tracking(a_tracking(file, *CHAIN, status=TaskStatus.COMPLETED)).is_stopped


def test_a_step_says_when_it_was_proven(file):
    progress = of_tracking(a_tracking(file, "queued", "sent"))

    assert progress.times[:2] == ("21:40\nNov 20", "21:41")
    assert NIGHT.hour == 12


def test_a_draft_waits_for_consent_first():
    assert of_draft(has_consent=False).at == 1
    assert of_draft(has_consent=True).at == 2


def test_a_step_of_another_day_says_its_day(file):
    tracking = a_tracking(file, "queued", "sent")
    later = replace(tracking, steps=tracking.steps | {"sent": NIGHT + timedelta(days=2)})

    assert of_tracking(later).times[:2] == ("21:40\nNov 20", "21:40\nNov 22")
