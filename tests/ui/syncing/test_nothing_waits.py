"""That all has arrived is said only where it has."""

import pytest
from pages_for_tests import settled
from PySide6.QtWidgets import QMainWindow

from desktop.services import exchange, untaken
from desktop.vault import outbox, sending
from sync.protocol.messages import Kind
from ui.syncing.bar import StatusBar
from ui.syncing.refused_steps import RefusedSteps
from ui.tasks import Tasks

ALL = "Nothing waits. Everything released has reached the Youth Safety Net."


@pytest.fixture
def bar(qtbot, town):
    tasks = Tasks(town.vault.sibling, town.moment)
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = StatusBar(tasks)
    window.setCentralWidget(bar)
    window.show()
    yield bar
    tasks.close(5)


def said(qtbot, bar):
    """Open what goes and what comes, and read what it says of an empty outbox."""
    bar.waiting_button.click()
    settled(qtbot, bar._tasks)
    assert bar.outbox.empty.isVisible()
    return bar.outbox.empty.text()


def refuse(town, kind):
    """Let the hub have refused what waits of one kind."""
    (row,) = (each for each in exchange.outbox(town.vault) if each.kind is kind)
    with town.vault.transaction() as db:
        sending.settle(db, row.id, outbox.REFUSED, "malformed")
    return row.id


def test_all_that_was_sent_has_arrived(qtbot, town, bar):
    town.agreed_and_released()
    town.round()

    assert said(qtbot, bar) == ALL


def test_what_was_left_unsaid_has_not(qtbot, town, bar):
    town.agreed_and_released()
    left = refuse(town, Kind.CONSENT_GIVEN)
    town.round()
    refused = [each.id for each in exchange.outbox(town.vault)]
    for each in {left, *refused}:
        untaken.leave(town.vault, each, town.now)

    assert exchange.outbox(town.vault) == ()
    assert said(qtbot, bar) == "Nothing waits."


def test_nor_is_it_said_right_after_somebody_has_left_it(qtbot, town, bar):
    town.agreed_and_released()
    refuse(town, Kind.CONSENT_GIVEN)
    refuse(town, Kind.REFERRAL_REQUEST)
    bar.waiting_button.click()
    settled(qtbot, bar._tasks)

    while bar.outbox.rows:
        (steps,) = bar.outbox.rows[0].findChildren(RefusedSteps)
        steps.leave_button.click()
        steps.leave_button.click()
        settled(qtbot, bar._tasks)

    assert bar.outbox.empty.text() == "Nothing waits."
