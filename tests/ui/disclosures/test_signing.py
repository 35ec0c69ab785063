"""The list of what waits for a supervisor's name follows what arrives, and what is half done."""

import pytest
from PySide6.QtCore import Qt
from records_for_tests import asked, signed

from desktop.errors import DiskFull
from ui.widgets.scrolled import Scrolled


@pytest.fixture
def ask(counselor, supervisor, street):
    """Let one more colleague's question arrive."""

    def arrive():
        counselor.reporting.record.leave()
        asked(counselor, street)
        counselor.round()
        supervisor.round()

    return arrive


def opened(supervisor):
    supervisor.reporting.door.click()
    supervisor.settle()
    return supervisor.reporting.signing


def test_what_arrives_while_the_list_is_open_is_shown(supervisor, ask):
    ask()
    signed(supervisor)
    sheet = supervisor.reporting.signing
    assert sheet.empty.isVisible()

    ask()

    assert len(sheet.cards) == 1
    assert not sheet.empty.isVisible()
    assert supervisor.reporting.door.isVisible()


def test_what_arrives_leaves_a_half_made_answer_as_it_is(supervisor, ask):
    supervisor.window.activateWindow()
    ask()
    sheet = opened(supervisor)
    (card,) = sheet.cards
    card.no_button.click()
    reason = card.reasons.buttons["call-first"]
    reason.click()
    reason.setFocus(Qt.FocusReason.TabFocusReason)

    ask()

    assert len(sheet.cards) == 2
    assert sheet.cards[0] is card
    assert card.sure_no_button.isVisible()
    assert card.reasons.key() == "call-first"
    assert supervisor.window.focusWidget() is reason


@pytest.mark.parametrize("opener", ["sign_button", "no_button"])
def test_a_second_space_on_either_answer_leads_back(supervisor, ask, qtbot, opener):
    supervisor.window.activateWindow()
    ask()
    (card,) = opened(supervisor).cards
    button = getattr(card, opener)
    button.setFocus(Qt.FocusReason.TabFocusReason)

    for _ in range(2):
        qtbot.keyClick(supervisor.window.focusWidget(), Qt.Key.Key_Space)

    assert supervisor.window.focusWidget() is button
    assert not card.sure_button.isVisible()
    assert not card.sure_no_button.isVisible()


def test_what_waits_no_longer_is_neither_listed_nor_counted(supervisor, street, ask):
    ask()
    street.hub.clock.turn(days=8)
    supervisor.round()
    sheet = opened(supervisor)
    assert sheet.empty.isVisible()
    assert not supervisor.reporting.door.isVisible()

    ask()
    (card,) = sheet.cards
    card.sign_button.click()
    card.sure_button.setFocus(Qt.FocusReason.TabFocusReason)
    street.hub.clock.turn(days=8)
    supervisor.round()
    supervisor.reporting.reload()
    supervisor.settle()

    assert sheet.cards == ()
    assert sheet.close_button is supervisor.window.focusWidget()


def test_an_answer_is_given_once_however_often_it_is_pressed(supervisor, ask):
    ask()
    sheet = opened(supervisor)
    (card,) = sheet.cards
    card.no_button.click()
    card.reasons.buttons["other"].click()

    card.sure_no_button.click()
    card.reasons.buttons["call-first"].click()
    card.sure_no_button.click()
    supervisor.settle()

    assert not sheet.problem.isVisible()
    assert sheet.cards == ()


def test_whom_to_call_stays_in_sight_however_far_it_is_scrolled(supervisor, ask):
    ask()
    ask()
    sheet = opened(supervisor)
    bar = sheet.findChild(Scrolled).verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())

    assert sheet.call.visibleRegion().boundingRect() == sheet.call.rect()


def test_what_could_not_be_answered_can_be_answered_again(supervisor, ask):
    ask()
    sheet = opened(supervisor)
    (card,) = sheet.cards
    card.sign_button.click()
    card.be_busy(is_busy=True)

    sheet._say_wrong(card.question, DiskFull())
    supervisor.settle()
    assert sheet.problem.isVisible()
    assert sheet.cards == (card,)
    card.sure_button.click()
    supervisor.settle()

    assert not sheet.problem.isVisible()
    assert sheet.cards == ()
