"""One button: what will go, what came by kind, and what needs a person."""

import pytest
from pages_for_tests import NIGHT, settled
from PySide6.QtWidgets import QMainWindow

from desktop.services.exchange import HubState, Round, Waiting
from desktop.vault import mailbox
from sync.protocol.answers import Event
from sync.protocol.messages import Kind
from ui.syncing.bar import StatusBar
from ui.syncing.came_words import Came, came_words, kind_name
from ui.syncing.words import line_words


@pytest.fixture
def bar(qtbot, tasks):
    window = QMainWindow()
    window.resize(1000, 800)
    qtbot.addWidget(window)
    bar = StatusBar(tasks)
    window.setCentralWidget(bar)
    window.show()
    bar.waiting_button.click()
    settled(qtbot, tasks)
    return bar


def done(*kinds, **changes):
    return Round(HubState.REACHED, came=len(kinds), kinds=kinds, **changes)


def test_the_button_asks_for_a_round_and_says_that_it_runs(bar, qtbot):
    with qtbot.waitSignal(bar.sync_wanted):
        bar.outbox.sync_button.click()

    assert bar.outbox.sync_button.text() == "Syncing…"
    assert not bar.outbox.sync_button.isEnabled()
    assert bar.outbox.progress.isVisible()


def test_it_rests_when_nothing_moves_any_more(bar, qtbot, tasks):
    bar.outbox.sync_button.click()

    bar.show_round(done(sent=3, waiting=4))
    assert (bar.outbox.progress.value(), bar.outbox.progress.maximum()) == (3, 7)
    bar.show_round(done(sent=4, waiting=0))
    settled(qtbot, tasks)

    assert bar.outbox.sync_button.isEnabled()
    assert not bar.outbox.progress.isVisible()
    assert "7 sent" in bar.outbox.came.text()


def test_once_closed_it_does_not_open_again_when_the_answer_comes(bar, qtbot, tasks):
    bar.show_round(done(Kind.TASK_NOTE))
    bar.outbox.leave()

    settled(qtbot, tasks)

    assert not bar.outbox.isVisible()


@pytest.mark.parametrize("state", [s for s in HubState if s is not HubState.REACHED])
def test_without_an_answer_the_button_is_back_and_the_reason_stands_above(
    bar, qtbot, tasks, state
):
    bar.outbox.sync_button.click()

    bar.show_round(Round(state, waiting=2))
    settled(qtbot, tasks)

    assert bar.outbox.sync_button.isEnabled()
    assert bar.outbox.line.label.text() == line_words(state, is_cut=False).why


def test_what_came_is_counted_by_kind_from_when_it_was_opened(bar, qtbot, tasks):
    bar.show_round(done(Kind.DELIVERY_RECEIPT, Kind.TASK_NOTE, Kind.DELIVERY_RECEIPT))
    settled(qtbot, tasks)
    text = "Since this was opened: 0 sent · Proof of delivery 2 · Letter 1"
    assert bar.outbox.came.text() == text

    bar.outbox.leave()
    bar.show_round(done(Kind.TASK_NOTE))
    bar.waiting_button.click()
    settled(qtbot, tasks)

    assert bar.outbox.came.text() == "Since this was opened: 0 sent · nothing has come"


def test_what_proved_nothing_is_shown_with_a_next_step(bar, qtbot, tasks):
    event = Event(7, Kind.TASK_STATUS, "ref", NIGHT)

    def doubt(vault):
        with vault.transaction() as db:
            mailbox.doubt(db, "epoch", event, "why", NIGHT)

    tasks.run(doubt, lambda _: None)
    bar.outbox.leave()
    bar.waiting_button.click()
    settled(qtbot, tasks)

    (row,) = bar.outbox.doubts
    assert "1 piece of news could not be verified" in row.accessibleName()
    assert "Answer Nov 20, 21:40" in row.accessibleName()
    assert "Call the agency" in row.accessibleName()


def test_a_refused_item_says_why_and_what_to_do(bar):
    refused = Waiting(
        Kind.REFERRAL_REQUEST, "r", "관악 센터", NIGHT, 1, "consent-expired", is_refused=True
    )

    bar.outbox._show((refused,))

    (row,) = bar.outbox.rows
    assert "It was not taken. The time of the consent is over. Please ask again." in (
        row.accessibleName()
    )


def test_the_way_without_a_line_is_beside_it(bar, qtbot):
    with qtbot.waitSignal(bar.carry_wanted):
        bar.outbox.carry_button.click()

    assert not bar.outbox.isVisible()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_news_has_a_name(kind):
    assert kind_name(kind)
    assert came_words(0, (kind,))


def test_many_rows_have_room(bar):
    low = bar.outbox.panel.height()
    waiting = Waiting(Kind.REFERRAL_REQUEST, "r", "관악 센터", NIGHT, 1, "")

    bar.outbox._show((waiting,) * 3, Came(2, ((Kind.TASK_NOTE, NIGHT),) * 2))

    assert bar.outbox.panel.height() > low + 150
