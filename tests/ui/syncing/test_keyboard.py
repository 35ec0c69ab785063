"""A round that comes by itself takes nothing from whoever is at a row: no keyboard, no press."""

import pytest
from pages_for_tests import settled
from PySide6.QtCore import Qt

from desktop.services import exchange
from desktop.services.exchange import HubState, Round
from desktop.settings import Settings
from desktop.vault import outbox, sending
from sync.protocol.messages import Kind
from ui.syncing.refused_steps import RefusedSteps
from ui.tasks import Tasks
from ui.window.window import Window


@pytest.fixture
def window(qtbot, town):
    tasks = Tasks(town.vault.sibling, town.moment)
    window = Window(tasks, Settings(), bytes)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    yield window
    tasks.close(5)


@pytest.fixture
def sheet(qtbot, town, window):
    """What goes and what comes, of which two things were not taken."""
    town.agreed_and_released()
    for kind in (Kind.REFERRAL_REQUEST, Kind.CONSENT_GIVEN):
        settle(town.vault, kind, outbox.REFUSED, "org-inactive")
    window.status.waiting_button.click()
    settled(qtbot, window.tasks)
    return window.status.outbox


def settle(vault, kind, state, code=""):
    """Let the hub have answered for what waits of one kind."""
    (row,) = (each for each in exchange.outbox(vault) if each.kind is kind)
    with vault.transaction() as db:
        sending.settle(db, row.id, state, code)


def steps_of(sheet, kind):
    """Return the buttons under the message of one kind, as they stand now."""
    every = (steps for row in sheet.rows for steps in row.findChildren(RefusedSteps))
    (found,) = (steps for steps in every if steps.waiting.kind is kind)
    return found


def round_(qtbot, window):
    window.show_round(Round(HubState.AWAY, waiting=1))
    settled(qtbot, window.tasks)


def test_a_quiet_round_leaves_the_keyboard_and_the_first_press(qtbot, window, sheet):
    leave = steps_of(sheet, Kind.REFERRAL_REQUEST).leave_button
    leave.setFocus()
    leave.click()

    round_(qtbot, window)
    assert window.focusWidget() is leave
    assert "Press again" in leave.text()
    qtbot.keyClick(leave, Qt.Key.Key_Space)
    settled(qtbot, window.tasks)

    assert len(sheet.rows) == 1
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_what_changes_beside_it_takes_nothing_either(qtbot, town, window, sheet):
    leave = steps_of(sheet, Kind.REFERRAL_REQUEST).leave_button
    leave.setFocus()
    leave.click()

    settle(town.vault, Kind.CONSENT_GIVEN, outbox.SENT)
    round_(qtbot, window)

    assert len(sheet.rows) == 1
    assert window.focusWidget() is leave
    assert "Press again" in leave.text()


def test_where_its_row_says_something_else_the_keyboard_is_at_the_same_button(
    qtbot, town, window, sheet
):
    before = steps_of(sheet, Kind.REFERRAL_REQUEST).again_button
    before.setFocus()

    settle(town.vault, Kind.REFERRAL_REQUEST, outbox.REFUSED, "consent-expired")
    round_(qtbot, window)

    again = steps_of(sheet, Kind.REFERRAL_REQUEST).again_button
    assert again is not before
    assert window.focusWidget() is again


def test_where_its_row_is_gone_the_keyboard_stays_in_the_sheet(qtbot, town, window, sheet):
    steps_of(sheet, Kind.REFERRAL_REQUEST).leave_button.setFocus()

    settle(town.vault, Kind.REFERRAL_REQUEST, outbox.SENT)
    round_(qtbot, window)

    assert window.focusWidget() is sheet.sync_button


def test_whoever_comes_back_has_pressed_nothing_yet(qtbot, window, sheet):
    steps_of(sheet, Kind.REFERRAL_REQUEST).leave_button.click()

    sheet.leave()
    window.status.waiting_button.click()
    settled(qtbot, window.tasks)

    assert steps_of(sheet, Kind.REFERRAL_REQUEST).leave_button.text() == "Leave it"
