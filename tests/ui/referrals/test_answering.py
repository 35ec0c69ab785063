"""From "would need to know" to the button that tells them, over a real hub."""

from datetime import timedelta

import pytest
from pages_for_tests import NIGHT, a_draft, settled

from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId
from desktop.domain.inbox import Deed
from desktop.services import looks, referrals, youths
from desktop.settings import Settings
from ui.tasks import Tasks
from ui.window.window import Window

WORDS = {Item.ALIAS: "하늘", Item.NEED: "잘 곳"}


@pytest.fixture
def window(qtbot, town):
    tasks = Tasks(town.vault.sibling, town.moment)
    window = Window(tasks, Settings(), bytes)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    yield window
    tasks.close(5)


@pytest.fixture
def asked(town, desk):
    """A referral that was taken on, whose agency said where to call and asks for more."""
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    desk.accepts()
    desk.say("못 오면 02-123-4567로 전화 주세요.", asks=(Item.REACH,))
    desk.round()
    town.round()
    return tracking


@pytest.fixture
def other(town, asked):
    """A draft for the same young person, to somebody else."""
    file = youths.open_file(town.vault, asked.referral.youth, None, town.moment())
    draft = a_draft(file, WORDS, AgencyId("00000000-0000-4000-8000-00000000abcd"))
    return referrals.keep_draft(town.vault, draft, town.moment())


def opened(qtbot, window, act):
    """Do what opens a page; return its card once it has been laid out."""
    act()
    qtbot.waitUntil(lambda: window.board.middle.currentIndex() == 1)
    settled(qtbot, window.tasks)
    qtbot.wait(1)
    return window.pages.referral


def test_what_stands_among_the_ways_opens_with_its_answer_beside_a_draft(qtbot, window, other):
    window.show_ways()
    qtbot.waitUntil(window.ways.isVisible)

    card = opened(qtbot, window, window.ways.list.buttons[0].click)

    assert card.state.text() == "Draft"
    assert "02-123-4567" in card.answer.reply.text()
    assert not card.answer.reply.visibleRegion().isEmpty()
    assert not card.tell_button.visibleRegion().isEmpty()


def test_a_draft_to_somebody_else_goes_only_when_that_was_said(qtbot, town, window, other):
    card = opened(qtbot, window, lambda: window.open_file(other.youth, None))

    card.tell_button.click()
    settled(qtbot, window.tasks)

    assert drafted(town, other.youth) == other
    window.reload()  # a round comes between
    settled(qtbot, window.tasks)
    assert card.tell_button.text() == "Replace the draft? Press again"
    with qtbot.waitSignal(card.compose_wanted):
        card.tell_button.click()
    assert drafted(town, other.youth).agency == town.tracking(card.shown).referral.agency


def test_a_chosen_one_comes_in_front_of_a_newer_one_and_stays_there(qtbot, town, window):
    _, first = town.agreed_and_released(words=WORDS)
    youth = first.referral.youth
    town.hub.clock.turn(hours=2)
    town.release(youth, words=WORDS)
    card = opened(qtbot, window, lambda: window.open_file(youth, None))
    assert card.shown != first.referral.id

    opened(qtbot, window, lambda: window.ways.referral_chosen.emit(youth, first.referral.id))

    assert card.shown == first.referral.id
    window.reload()
    settled(qtbot, window.tasks)
    assert card.shown == first.referral.id


def test_the_ways_follow_what_a_round_brings_while_they_are_open(qtbot, town, desk, window):
    first, second = (town.agreed_and_released(words=WORDS)[1] for _ in range(2))
    town.round()
    town.hub.clock.turn(hours=25)
    window.show_ways()
    qtbot.waitUntil(window.ways.isVisible)
    ways, view = window.ways, window.ways.list
    assert ways.lead.text() == "2 answers are late."
    view.choose([way.id for way in ways.shown].index(first.referral.id))

    desk.round()
    desk.do(Deed.ACCEPT, ref=second.referral.id)
    desk.round()
    window.show_round(town.round())
    settled(qtbot, window.tasks)

    assert ways.lead.text() == "1 answer is late."
    assert view.rows.rows[view.currentIndex().row()].about.id == first.referral.id
    assert window.focusWidget() is view


def test_a_round_that_changes_nothing_asks_for_no_look(qtbot, town, window):
    town.agreed_and_released(words=WORDS)
    town.round()
    window.show_ways()
    qtbot.waitUntil(window.ways.isVisible)
    before = looked(town)
    town.hub.clock.turn(hours=3)  # the same look twice within a while is one

    window.show_round(town.round())
    settled(qtbot, window.tasks)
    assert looked(town) == before

    window.ways.leave()
    window.reload()
    settled(qtbot, window.tasks)
    assert looked(town) == before


def looked(town):
    return len(looks.between(town.vault, NIGHT - timedelta(days=9), NIGHT + timedelta(days=9)))


def drafted(town, youth):
    return youths.open_file(town.vault, youth, None, town.moment()).draft


def test_a_draft_of_another_referral_to_the_same_agency_is_not_replaced_unasked(
    qtbot, town, window, asked
):
    file = youths.open_file(town.vault, asked.referral.youth, None, town.moment())
    own = referrals.keep_draft(
        town.vault, a_draft(file, WORDS, asked.referral.agency), town.moment()
    )
    card = opened(qtbot, window, lambda: window.open_file(own.youth, None))

    card.tell_button.click()
    settled(qtbot, window.tasks)
    assert drafted(town, own.youth) == own

    card.tell_button.click()
    settled(qtbot, window.tasks)
    assert drafted(town, own.youth).answers == asked.referral.id
