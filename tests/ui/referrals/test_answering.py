"""From "would need to know" to the button that tells them, over a real hub."""

import pytest
from desk_for_tests import AgencyDesk
from network_of_one import Town
from pages_for_tests import a_draft, settled
from vaults_for_tests import a_vault

from desktop.domain.consents import Item
from desktop.domain.ids import AgencyId
from desktop.services import referrals, youths
from desktop.settings import Settings
from ui.tasks import Tasks
from ui.window.window import Window

WORDS = {Item.ALIAS: "하늘", Item.NEED: "잘 곳"}


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path / "town", a_vault(tmp_path / "centre"))
    yield town
    town.close()
    town.vault.close()


@pytest.fixture
def desk(town, tmp_path):
    desk = AgencyDesk(town, a_vault(tmp_path / "desk"))
    yield desk
    desk.vault.close()


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


def drafted(town, youth):
    return youths.open_file(town.vault, youth, None, town.moment()).draft
