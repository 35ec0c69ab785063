"""An impatient hand presses Space twice: the second time it does nothing that cannot be undone."""

import pytest
from desk_for_tests import WORDS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.ids import AgencyId
from desktop.domain.inbox import Deed
from desktop.services import inbox, withdrawals
from desktop.vault import agency_keys
from desktop.vault.agency_keys import KnownKey
from sync.protocol.bodies import Meeting
from sync.protocol.states import TaskStatus
from ui.widgets.twice import OnePress


@pytest.fixture
def taken_on(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    return case


def space(office, part=None):
    """Press Space on a part, or on whatever has the focus."""
    if part is not None:
        part.setFocus()
    office.qtbot.keyClick(office.window.focusWidget(), Qt.Key.Key_Space)


def another_key(office):
    """Let whoever asked have been written to under another key than is listed now."""
    asker = AgencyId(office.desk.peek().asker)
    with office.desk.vault.transaction() as db:
        agency_keys.keep(db, asker, KnownKey(7, b"another", 7, office.town.now))


def test_a_new_key_is_used_after_two_presses_on_its_own_buttons_and_no_others(office, taken_on):
    case = taken_on
    another_key(office)
    case.answer.words.setPlainText("내일 두 시에")
    space(office, case.answer.send_button)
    office.settle()
    assert case.key.isVisible()
    assert office.window.focusWidget() is case.answer.words

    space(office)
    office.press(case.key.compared_button)
    assert case.key.use_button.isVisible()
    assert inbox.key_change(office.desk.vault, case.shown) is not None

    space(office, case.key.use_button)
    office.settle()
    assert inbox.key_change(office.desk.vault, case.shown) is None
    assert not case.key.isVisible()
    assert office.window.focusWidget() is case.answer.words
    office.press(case.answer.send_button)
    assert office.desk.case().told[-1].text.startswith("내일 두 시에")


def test_a_key_that_is_asked_about_again_is_compared_again(office, taken_on):
    another_key(office)
    change = inbox.key_change(office.desk.vault, taken_on.shown)
    taken_on.show_key(change)
    taken_on.key.compared_button.click()

    taken_on.show_key(change)

    assert taken_on.key.compared_button.isVisible()
    assert not taken_on.key.use_button.isVisible()


def test_a_second_space_on_send_makes_no_record(office, taken_on):
    taken_on.answer.words.setPlainText("내일 두 시에")

    space(office, taken_on.answer.send_button)
    assert office.window.focusWidget() is taken_on
    space(office)
    office.settle()
    space(office)
    space(office)
    office.settle()

    assert office.window.focusWidget() is taken_on.answer.words
    assert office.window.currentWidget() is office.door.page
    assert office.desk.case().youth is None


def test_a_second_space_on_hand_over_leads_back(office, taken_on):
    space(office, taken_on.handing.open_button)
    assert office.window.focusWidget() is taken_on.handing.back_button

    space(office)

    assert not taken_on.handing.act_button.isVisible()
    assert office.window.focusWidget() is taken_on.handing.open_button


def test_handing_over_is_wanted_once(office, taken_on):
    heard = []
    office.door.page.handed_on.connect(heard.append)
    office.press(taken_on.handing.open_button)
    office.qtbot.waitUntil(taken_on.handing.act_button.isEnabled)

    taken_on.handing.act_button.click()
    taken_on.handing.act_button.click()
    office.settle()

    assert len(heard) == 1
    assert taken_on.handing.act_button.isEnabled()


def test_a_second_space_after_a_yes_says_nothing_more_and_tab_leads_to_what_is_next(office, qtbot):
    office.receives()
    case = office.choose()

    space(office, case.decisions.buttons[Deed.ACCEPT])
    space(office)
    office.settle()
    space(office)
    office.settle()

    assert office.desk.peek().status is TaskStatus.ACCEPTED
    assert office.window.focusWidget() is case
    qtbot.keyClick(case, Qt.Key.Key_Tab)
    assert office.window.focusWidget() is case.decisions.buttons[Deed.START]


def test_a_double_click_calls_off_one_appointment_and_not_the_next(office, taken_on, qtbot):
    answer, left = taken_on.answer, Qt.MouseButton.LeftButton
    for days in (1, 3):
        answer.mode.buttons["meet"].click()
        answer.meet.at.setDateTime(answer.meet.at.dateTime().addDays(days))
        office.press(answer.send_button)
    button = answer.awaited.rows[0].buttons[Meeting.CANCELLED]
    QApplication.setDoubleClickInterval(60_000)

    qtbot.mouseClick(button, left)
    office.settle()
    qtbot.mouseClick(button, left)  # a released press, which a double click in a test is not
    office.settle()
    assert len(office.desk.case().booked()) == 1

    OnePress.of(button).stop()
    qtbot.mouseClick(button, left)
    office.settle()
    assert office.desk.case().booked() == ()


def test_back_from_a_second_step_leads_to_what_opened_it(office):
    office.receives()
    decisions = office.choose().decisions
    space(office, decisions.buttons[Deed.DECLINE])

    space(office, decisions.steps[Deed.DECLINE].back_button)

    assert office.window.focusWidget() is decisions.buttons[Deed.DECLINE]


def test_back_from_what_a_law_keeps_leads_to_what_opened_it(office):
    consent, _ = office.town.agreed_and_released(words=WORDS)
    office.town.round()
    office.desk.round()
    withdrawals.withdraw(office.town.vault, consent.id, office.town.moment())
    office.town.round()
    office.desk.round()
    keeping = office.choose().keeping
    space(office, keeping.open_button)

    space(office, keeping.back_button)

    assert office.window.focusWidget() is keeping.open_button


def test_what_a_colleague_ended_meanwhile_moves_no_focus_to_an_emergency_number(office, taken_on):
    taken_on.answer.words.setFocus()
    office.desk.do(Deed.FAIL, "moved-away")

    office.door.page.reload()
    office.settle()

    assert not taken_on.answer.isVisible()
    assert office.window.focusWidget() is taken_on


def test_words_that_cannot_be_sent_are_where_the_hand_is(office, taken_on):
    taken_on.answer.words.setPlainText("090101-3234567")

    space(office, taken_on.answer.send_button)
    office.settle()

    assert taken_on.answer.wrong.isVisible()
    assert office.window.focusWidget() is taken_on.answer.words
