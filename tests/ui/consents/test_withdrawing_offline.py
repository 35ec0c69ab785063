"""A withdrawal takes two clicks without a line, and is told first when the line is back."""

import pytest
from network_of_one import taking_nothing
from pages_for_tests import done, settled
from PySide6.QtCore import Qt

from desktop.domain.consent_records import Record
from desktop.domain.consents import Answer, Article
from desktop.domain.referrals import Erasure
from desktop.services import exchange, following
from desktop.settings import Settings
from sync.client.sealing import header_of
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery
from ui.referrals.way_row import way_row
from ui.tasks import Tasks
from ui.window.living import LivingDoor
from ui.window.window import Window


@pytest.fixture
def window(qtbot, town):
    tasks = Tasks(town.vault.sibling, town.moment)
    window = Window(tasks, Settings(), bytes)
    window.living = LivingDoor(window)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    yield window
    tasks.close(5)


def a_round(qtbot, town, window):
    """Run a round as the line does, and let the window hear of it."""
    ended = done(qtbot, window.tasks, lambda vault: exchange.exchange(vault, town.line, town.now))
    window.show_round(ended)
    settled(qtbot, window.tasks)
    return ended


def shown(qtbot, window, youth):
    """Open somebody's page."""
    window.open_file(youth, None)
    qtbot.waitUntil(lambda: window.pages.file is not None and window.pages._is_made)
    settled(qtbot, window.tasks)
    return window.pages.consent


def opened(qtbot, window, youth):
    """Open somebody's page, and all their consents."""
    shown(qtbot, window, youth)
    window.pages.consent.all_button.click()
    settled(qtbot, window.tasks)
    return window.living.sheet


def withdrawn(qtbot, window, sheet):
    """Withdraw the first of them in two clicks."""
    with qtbot.waitSignal(window.sync_wanted):
        sheet.rows[0].ending.withdraw_button.click()
        sheet.rows[0].ending.confirm_button.click()
    settled(qtbot, window.tasks)


def on_the_way(town):
    """Say what the list of all referrals says of the only one."""
    (way,) = following.ways(town.vault, town.moment()).shown
    return way_row(way, town.now).said


def outbox(qtbot, window):
    window.status.waiting_button.click()
    settled(qtbot, window.tasks)
    return [row.accessibleName() for row in window.status.outbox.rows]


def test_it_waits_in_the_outbox_says_so_and_overtakes_everything(qtbot, town, window):
    _, tracking = town.agreed_and_released()
    town.round()  # it has left, so the hub has to be told
    town.agreed_and_released()  # waits, and would go first
    town.line.is_cut = True
    sheet = opened(qtbot, window, tracking.referral.youth)

    withdrawn(qtbot, window, sheet)
    a_round(qtbot, town, window)
    said = sheet.ended[0].accessibleName()
    assert "Not told yet" in said
    assert f"Not erased yet: {tracking.agency_name}" in said
    waiting = outbox(qtbot, window)
    assert waiting[0].startswith("A withdrawal of consent (goes first)")
    assert len(waiting) == 3

    town.line.is_cut, before = False, len(town.line.asked)
    a_round(qtbot, town, window)
    told = [header_of(item).kind for asked in town.line.asked[before:] for item in asked.items]
    assert told == [Kind.CONSENT_WITHDRAWN, Kind.CONSENT_GIVEN, Kind.REFERRAL_REQUEST]
    said = sheet.ended[0].accessibleName()
    assert "Not told yet" not in said
    assert f"Not erased yet: {tracking.agency_name}" in said


def test_no_agency_is_called_asked_before_the_hub_has_the_word(qtbot, town, window):
    _, tracking = town.agreed_and_released()
    town.round()
    town.line.is_cut = True
    sheet = opened(qtbot, window, tracking.referral.youth)
    withdrawn(qtbot, window, sheet)
    card, name = window.pages.referral, tracking.agency_name

    assert card.answer.erasure.label.text().startswith(f"{name} has not been told yet.")
    assert not card.answer.next.isVisible()  # nobody who was not asked is expected to answer
    assert f"{name} has not been told yet." in on_the_way(town)

    town.hub.clock.turn(days=6)
    window.reload()
    settled(qtbot, window.tasks)
    late = "The withdrawal still has not left this device."
    assert card.answer.next.label.text().startswith(late)
    assert late in on_the_way(town)

    town.line.is_cut = False
    a_round(qtbot, town, window)
    assert (
        card.answer.erasure.label.text() == f"{name} has been asked to destroy it. No answer yet."
    )
    assert card.state.text() == "Called off"


def test_a_withdrawal_that_the_hub_did_not_take_says_so_wherever_it_stands(qtbot, town, window):
    _, tracking = town.agreed_and_released()
    town.round()
    sheet = opened(qtbot, window, tracking.referral.youth)
    withdrawn(qtbot, window, sheet)
    card, name = window.pages.referral, tracking.agency_name
    town.line.twist = taking_nothing

    assert a_round(qtbot, town, window).untaken == 1

    said = f"{name} has not been told: the withdrawal was not taken."
    assert card.state.text() == "Needs you"
    assert card.answer.erasure.label.text().startswith(said)
    assert not card.answer.problem.isVisible()
    assert not card.answer.next.isVisible()
    assert said in on_the_way(town)
    assert following.late(town.vault, town.now) == 1
    (row,) = sheet.ended
    assert "It was not taken." in row.accessibleName()

    row.outbox_button.click()
    settled(qtbot, window.tasks)
    assert not sheet.isVisible()
    assert window.status.outbox.isVisible()


def test_a_round_between_the_two_clicks_takes_neither_of_them_away(qtbot, town, window):
    _, tracking = town.agreed_and_released()
    town.round()
    _, other = town.agreed_and_released()  # somebody else's, which waits
    card = shown(qtbot, window, tracking.referral.youth)
    window.activateWindow()
    card.withdraw_button.setFocus()
    qtbot.keyClick(card.withdraw_button, Qt.Key.Key_Space)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is card.confirm_button

    a_round(qtbot, town, window)

    assert town.tracking(other.referral.id).delivery is Delivery.SENT
    assert window.focusWidget() is card.confirm_button
    assert card.confirm_button.isVisible()
    assert "the agency is asked to destroy it" in card.ending.force.text()
    with qtbot.waitSignal(window.sync_wanted):
        qtbot.keyClick(card.confirm_button, Qt.Key.Key_Space)
    settled(qtbot, window.tasks)
    assert not card.confirm_button.isVisible()  # nothing is in force to be withdrawn
    assert not card.withdraw_button.isVisible()


def test_what_was_begun_about_one_consent_is_not_about_another(qtbot, town, window):
    _, tracking = town.agreed_and_released()
    _, other = town.agreed_and_released()
    card = shown(qtbot, window, tracking.referral.youth)
    card.withdraw_button.click()

    shown(qtbot, window, other.referral.youth)
    assert card.withdraw_button.isVisible()
    assert not card.confirm_button.isVisible()

    card.withdraw_button.click()
    card.keep_button.click()
    assert card.ending.force.text().startswith("May be sent until ")


def run_out(town, _):
    town.hub.clock.turn(days=91)


def said_no(town, consent):
    town.hub.clock.turn(days=2)
    refused = {Article.COLLECT: Answer.REFUSED}
    town.agree(consent.youth, answers=refused, record=Record(supersedes=consent.id))


@pytest.fixture
def accepted(town, desk):
    """A consent under which the agency works."""
    consent, tracking = town.agreed_and_released()
    for party in (town, desk):
        party.round()
    desk.accepts()
    town.round()
    return consent, tracking


@pytest.mark.parametrize("ended", [run_out, said_no])
def test_what_an_agency_has_is_taken_back_also_after_the_yes_has_ended(
    qtbot, town, window, accepted, ended
):
    consent, tracking = accepted
    ended(town, consent)

    sheet, card = opened(qtbot, window, consent.youth), window.pages.consent
    (row,) = sheet.ended
    still = f"Still has what was sent: {tracking.agency_name}"
    assert row.ending.force.text() == still
    assert still in row.accessibleName()
    assert card.ending.force.text() == f"Still has what was sent: {consent.agency_name}"
    row.ending.withdraw_button.click()
    sheet.refresh()
    settled(qtbot, window.tasks)
    with qtbot.waitSignal(window.sync_wanted):
        row.ending.confirm_button.click()
    settled(qtbot, window.tasks)

    assert town.tracking(tracking.referral.id).erasure is Erasure.OWED
    (row,) = sheet.ended
    assert f"Not erased yet: {tracking.agency_name}" in row.told.text()
    assert not row.ending.isVisible()
    assert not card.withdraw_button.isVisible()


def test_the_card_takes_it_back_too(qtbot, town, window, accepted):
    consent, tracking = accepted
    said_no(town, consent)
    card = shown(qtbot, window, consent.youth)

    card.withdraw_button.click()
    with qtbot.waitSignal(window.sync_wanted):
        card.confirm_button.click()
    settled(qtbot, window.tasks)

    assert town.tracking(tracking.referral.id).erasure is Erasure.OWED


def test_of_what_never_left_nothing_is_said_to_be_there(qtbot, town, window):
    town.line.is_cut = True
    consent, _ = town.agreed_and_released()
    said_no(town, consent)

    sheet = opened(qtbot, window, consent.youth)

    assert [row.ending.isVisible() for row in sheet.ended] == [False]
    assert not window.pages.consent.withdraw_button.isVisible()
