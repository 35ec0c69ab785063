"""What is missing here is explained, and nothing goes on before a person has decided so."""

from datetime import UTC, datetime

import pytest
from network_for_tests import a_network
from put_back_for_tests import Laptop
from PySide6.QtCore import Qt

from desktop.errors import VaultRolledBack
from desktop.services import witness
from desktop.services.exchange import HubState
from desktop.services.witness import Behind
from i18n import formats
from ui import messages
from ui.syncing.behind_words import since_words


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    with a_network(tmp_path_factory.mktemp("network")) as network:
        yield network


@pytest.fixture
def laptop(qapp, qtbot, network, tmp_path):
    laptop = Laptop(network, tmp_path)
    laptop.write("하늘")
    yield laptop
    laptop.close()


@pytest.fixture
def put_back(laptop, qtbot):
    """A laptop whose disk was put back as a whole."""
    laptop.remember()
    laptop.write("바다")
    laptop.put_back()
    laptop.open(qtbot)
    return laptop


@pytest.fixture
def restored(laptop, qtbot, tmp_path):
    """A laptop on which a person put back a backup."""
    laptop.back_up()
    laptop.write("바다")
    laptop.restore(tmp_path)
    laptop.open(qtbot)
    return laptop


def pressed(laptop, qtbot):
    """Press what the strip says of the line; return the sheet."""
    qtbot.mouseClick(laptop.window.status.pill, Qt.MouseButton.LeftButton)
    laptop.settle(qtbot)
    return laptop.keeper.behind


def lost(laptop, qtbot):
    answers = []
    laptop.tasks.run(witness.behind, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def test_the_strip_leads_to_what_is_missing_since_when_and_until_when(put_back, qtbot):
    assert put_back.states[0] is HubState.ROLLED_BACK
    missing = lost(put_back, qtbot)

    sheet = pressed(put_back, qtbot)

    assert sheet.isVisible()
    assert f"about {missing.count} entr" in sheet.count.text()
    assert "Saving one note may make several" in sheet.count.text()
    assert formats.day_and_clock(missing.since) in sheet.since.text()
    assert formats.day_and_clock(missing.until) in sheet.until.text()
    assert "Nothing is sent or fetched until somebody decides" in sheet.notice.label.text()


def test_when_nothing_explains_it_there_is_no_button_but_a_next_step(put_back, qtbot):
    sheet = pressed(put_back, qtbot)

    assert not sheet.go_on_button.isVisible()
    assert "Put the newest backup back" in sheet.why.text()
    sheet.backups_button.click()

    assert not sheet.isVisible()
    assert put_back.keeper.backups.isVisible()


def test_the_second_step_has_the_keyboard_on_the_way_back(restored, qtbot):
    sheet = pressed(restored, qtbot)
    assert sheet.go_on_button.isVisible()
    assert restored.window.focusWidget() is sheet.close_button

    sheet.go_on_button.click()

    assert sheet.page.isVisible()
    assert restored.window.focusWidget() is sheet.page.back_button
    sheet.page.back_button.click()
    restored.settle(qtbot)
    assert lost(restored, qtbot) is not None
    assert sheet.go_on_button.isVisible()


def test_after_a_person_has_decided_the_line_runs_again(restored, qtbot):
    assert restored.states[0] is HubState.ROLLED_BACK
    sheet = pressed(restored, qtbot)

    sheet.go_on_button.click()
    with qtbot.waitSignal(restored.window.sync_wanted):  # at once, not when it is tried again
        sheet.page.act_button.click()
    restored.settle(qtbot)

    assert "It goes on without what is missing" in sheet.notice.label.text()
    qtbot.waitUntil(lambda: restored.states[-1] is HubState.REACHED, timeout=10_000)
    assert lost(restored, qtbot) is None
    assert restored.window.status.pill.text() == "Connected"
    assert not sheet.page.isVisible()


def test_what_may_not_be_decided_any_more_is_said_and_nothing_goes_on(put_back, qtbot):
    sheet = pressed(put_back, qtbot)
    missing = lost(put_back, qtbot)
    sheet._show(Behind(missing.count, missing.since, missing.until, may_go_on=True))

    sheet.go_on_button.click()
    sheet.page.act_button.click()
    put_back.settle(qtbot)

    assert sheet.page.problem.label.text() == messages.sentence(VaultRolledBack(missing.count))
    assert sheet.page.act_button.isEnabled()
    assert lost(put_back, qtbot) == missing


def test_when_it_was_settled_meanwhile_that_is_said(laptop, qtbot):
    laptop.open(qtbot)

    laptop.keeper.open("behind")
    laptop.settle(qtbot)

    assert "Nothing is missing here any more" in laptop.keeper.behind.notice.label.text()
    assert not laptop.keeper.behind.go_on_button.isVisible()


def test_in_any_other_state_the_strip_leads_to_what_waits(laptop, qtbot):
    laptop.open(qtbot)
    assert laptop.states[0] is HubState.REACHED

    qtbot.mouseClick(laptop.window.status.pill, Qt.MouseButton.LeftButton)
    laptop.settle(qtbot)

    assert laptop.window.status.outbox.isVisible()
    assert "behind" not in vars(laptop.keeper)


def test_when_nothing_is_common_it_says_from_the_beginning():
    until = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)

    assert "from the beginning" in since_words(Behind(3, None, until, may_go_on=False))
