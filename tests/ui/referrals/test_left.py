"""A referral that somebody let rest says so, and presses nobody."""

from dataclasses import replace

import pytest
from pages_for_tests import a_tracking, a_youth, settled

from desktop.domain.referrals import LEFT_HERE, LEFT_UNTOLD, REFUSED_LEFT, UNSAID_LEFT
from sync.protocol.states import TaskStatus
from ui.referrals.card import ReferralCard
from ui.referrals.steps import of_tracking

CHAIN = ("queued", "sent", "delivered", "opened", "accepted")


def shown(qtbot, tasks, file):
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show_file(file)
    settled(qtbot, tasks)
    return card


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (LEFT_HERE, "The consent did not cover this any more. You left it at that."),
        (REFUSED_LEFT, "The Youth Safety Net did not take it. You left it at that."),
        (UNSAID_LEFT, "It stayed here: it did not say that the guardian must not be told."),
    ],
)
def test_what_never_left_and_was_left_is_called_not_sent_and_asks_for_nothing(
    qtbot, tasks, problem, said
):
    file = a_youth(qtbot, tasks)
    left = a_tracking(file, "queued", problem=problem)

    card = shown(qtbot, tasks, replace(file, trackings=(left,)))

    assert card.state.text() == "Not sent"
    assert card.answer.problem.label.text() == said
    assert of_tracking(left).is_stopped


def test_where_only_an_addition_was_left_the_rest_goes_on(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    left = a_tracking(file, *CHAIN, status=TaskStatus.ACCEPTED, problem=LEFT_UNTOLD)

    card = shown(qtbot, tasks, replace(file, trackings=(left,)))

    assert card.state.text() == "Accepted"
    assert "did not reach them" in card.answer.problem.label.text()
    assert not of_tracking(left).is_stopped
