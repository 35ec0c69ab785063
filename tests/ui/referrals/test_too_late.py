"""What was to be told in addition came after the end: a counselor chooses, over a real hub."""

import pytest
from pages_for_tests import settled

from desktop.domain.consents import Item
from desktop.domain.inbox import Deed
from desktop.services import referrals, youths
from ui.referrals.card import ReferralCard
from ui.tasks import Tasks

WORDS = {Item.ALIAS: "하늘", Item.NEED: "잘 곳"}


@pytest.fixture
def late(qtbot, town, desk):
    """The card of a referral that the agency ended before it was told what it had asked for."""
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    desk.say(asks=(Item.REACH,))
    desk.round()
    town.round()
    draft = referrals.begin_answer(town.vault, tracking.referral.id, town.moment())
    town.hub.clock.turn(minutes=5)
    town.release(
        draft.youth, answers=draft.answers, words=draft.words | {Item.REACH: "수요일 저녁 역 앞"}
    )
    desk.do(Deed.COMPLETE)
    desk.round()
    town.round()
    tasks = Tasks(town.vault.sibling, town.moment)
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()
    card.show_file(youths.open_file(town.vault, draft.youth, None, town.moment()))
    yield card, tasks, tracking.referral.id
    tasks.close(5)


def test_one_press_makes_a_draft_of_what_came_too_late(qtbot, town, late):
    card, tasks, _ = late
    with qtbot.waitSignal(card.compose_wanted) as wanted:
        card.tell_button.click()
    settled(qtbot, tasks)

    draft = wanted.args[0].draft
    assert draft.words[Item.REACH] == "수요일 저녁 역 앞"
    assert town.preview(draft.youth, words=draft.words).version == 1


def test_one_press_leaves_it_and_asks_for_nobody_any_more(qtbot, town, late):
    card, tasks, ref = late
    assert card.state.text() == "Needs you"
    card.leave_button.click()
    settled(qtbot, tasks)

    assert not town.tracking(ref).is_untold
    assert card.state.text() == "Support finished"
    assert card.answer.problem.label.text() == (
        "What you wrote in addition did not reach them. You left it at that."
    )
    assert not card.leave_button.isVisible()
