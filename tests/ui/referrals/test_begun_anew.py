"""From a referral that was refused, declined or never answered a new one is made, in one press."""

from dataclasses import replace

import pytest
from pages_for_tests import a_tracking, a_youth, settled

from desktop.domain.consents import Item
from desktop.domain.referrals import (
    ENDED_ELSEWHERE,
    GUARDIAN_UNSAID,
    LEFT_HERE,
    REFUSED_LEFT,
    Draft,
    Erasure,
)
from desktop.services import referrals, youths
from sync.protocol.states import TaskStatus
from ui.referrals.card import ReferralCard
from ui.tasks import Tasks

ANEW = "Make a new referral from it…"


@pytest.mark.parametrize(
    ("steps", "changes", "offered"),
    [
        ((), {"problem": "too-large"}, ANEW),
        ((), {"problem": "org-inactive"}, ANEW),
        ((), {"problem": REFUSED_LEFT}, ANEW),
        ((), {"problem": LEFT_HERE}, ANEW),
        (("sent", "still-silent"), {}, ANEW),
        (("sent", "rejected"), {"status": TaskStatus.REJECTED}, ANEW),
        (("sent", "failed"), {"status": TaskStatus.FAILED}, ANEW),
        ((), {"problem": GUARDIAN_UNSAID}, "Send again…"),
        ((), {"problem": "consent-withdrawn"}, ""),
        ((), {"problem": ENDED_ELSEWHERE}, ""),
        (("cancelled",), {"status": TaskStatus.CANCELLED, "problem": REFUSED_LEFT}, ""),
        (("sent", "silent"), {}, ""),
        (("sent", "accepted"), {"status": TaskStatus.ACCEPTED}, ""),
        (("sent",), {"status": TaskStatus.CANCELLED, "erasure": Erasure.OWED}, ""),
    ],
)
def test_it_is_offered_where_what_was_told_is_wanted_again(qtbot, tasks, steps, changes, offered):
    file = a_youth(qtbot, tasks)
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()

    card.show_file(replace(file, trackings=(a_tracking(file, "queued", *steps, **changes),)))

    assert (card.tell_button.text() if card.tell_button.isVisible() else "") == offered


@pytest.fixture
def declined(qtbot, town):
    """The card of a referral that its agency could not take on, with a draft beside it."""
    words = {Item.ALIAS: "하늘", Item.NEED: "잘 곳", Item.SITUATION: "집에 못 가요"}
    _, tracking = town.agreed_and_released(words=words)
    town.round()
    town.answer(town.shelter.moves(str(tracking.referral.id), "rejected", "no-room"))
    town.round()
    youth = tracking.referral.youth
    mine = Draft(youth, words={Item.NEED: "오늘 밤 잘 곳"})
    referrals.keep_draft(town.vault, mine, town.moment())
    tasks = Tasks(town.vault.sibling, town.moment)
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()
    card.show_file(youths.open_file(town.vault, youth, None, town.moment()))
    yield card, tasks
    tasks.close(5)


def test_one_press_brings_back_what_was_told_and_keeps_what_is_typed(qtbot, declined):
    card, tasks = declined
    assert card.tell_button.text() == "Fill the draft from it…"

    with qtbot.waitSignal(card.compose_wanted) as wanted:
        card.tell_button.click()
    settled(qtbot, tasks)

    draft = wanted.args[0].draft
    assert draft.words == {
        Item.ALIAS: "하늘", Item.NEED: "오늘 밤 잘 곳", Item.SITUATION: "집에 못 가요"
    }  # fmt: skip
    assert draft.agency is None
