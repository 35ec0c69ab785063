"""A withdrawal takes two clicks without a line, and is told first when the line is back."""

import pytest
from network_of_one import Town
from pages_for_tests import done, settled
from vaults_for_tests import a_vault

from desktop.services import exchange
from desktop.settings import Settings
from sync.client.sealing import header_of
from sync.protocol.messages import Kind
from ui.tasks import Tasks
from ui.window.living import LivingDoor
from ui.window.window import Window


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path / "town", a_vault(tmp_path / "vault"))
    yield town
    town.vault.close()
    town.close()


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


def opened(qtbot, window, youth):
    """Open somebody's page, and all their consents."""
    window.open_file(youth, None)
    qtbot.waitUntil(lambda: window.pages.file is not None and window.pages._is_made)
    settled(qtbot, window.tasks)
    window.pages.consent.all_button.click()
    settled(qtbot, window.tasks)
    return window.living.sheet


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

    with qtbot.waitSignal(window.sync_wanted):
        sheet.rows[0].ending.withdraw_button.click()
        sheet.rows[0].ending.confirm_button.click()
    settled(qtbot, window.tasks)
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
