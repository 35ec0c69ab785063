"""A referral that nobody answers is ended on its card, over a real hub."""

from dataclasses import replace

import pytest
from desk_for_tests import WORDS
from pages_for_tests import NIGHT, a_tracking, a_youth, settled
from PySide6.QtCore import Qt

from desktop.domain.following import followed
from desktop.domain.referrals import Erasure, Word
from desktop.domain.settling import CALLING_OFF, WORD_LEFT, How
from desktop.services import withdrawals
from desktop.settings import Settings
from sync.protocol.states import ERASURE_WITHIN, TaskStatus
from ui.referrals import following_words, words
from ui.referrals.card import ReferralCard
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


def opened(qtbot, window, tracking):
    """Open whom it is about; return the card once it has been laid out."""
    window.open_file(tracking.referral.youth, None)
    qtbot.waitUntil(lambda: window.board.middle.currentIndex() == 1)
    settled(qtbot, window.tasks)
    return window.pages.referral


def seen(qtbot, window):
    window.reload()
    settled(qtbot, window.tasks)


@pytest.fixture
def silent(town):
    _, tracking = town.agreed_and_released(words=WORDS)
    town.round()
    return tracking


def test_two_presses_call_it_off_and_only_the_receipt_says_so(qtbot, town, window, silent):
    card = opened(qtbot, window, silent)
    ending = card.ending
    assert ending.call_off_button.text() == "Call it off…"

    ending.call_off_button.click()
    seen(qtbot, window)  # a round comes between
    assert ending.call_off_button.text() == "Call it off? Press again"
    assert "The consent stays as it is." in ending.told.text()
    ending.call_off_button.setFocus()
    with qtbot.waitSignal(window.sync_wanted):
        ending.call_off_button.click()
    settled(qtbot, window.tasks)

    assert window.focusWidget() is card  # and not on what comes after the button
    assert card.state.text() == "Being called off"
    assert not ending.call_off_button.isVisible()
    assert "goes by itself with the next line" in card.answer.next.label.text()
    town.round()
    seen(qtbot, window)
    assert card.state.text() == "Called off"
    assert ending.note.text().startswith("Called off. The device of")
    assert not ending.call_off_button.isVisible()


def test_what_never_left_says_that_its_agency_has_nothing(qtbot, town, window):
    _, tracking = town.agreed_and_released(words=WORDS)
    card = opened(qtbot, window, tracking)

    for _ in range(2):
        card.ending.call_off_button.click()
    settled(qtbot, window.tasks)

    assert card.state.text() == "Called off"
    assert card.ending.note.text().startswith("Called off before it left")


def test_what_no_agency_confirmed_is_settled_with_how(qtbot, town, window, silent):
    withdrawals.withdraw(town.vault, silent.consent, town.moment())
    town.round()
    card = opened(qtbot, window, silent)
    assert not card.ending.settle_button.isVisible()
    town.hub.clock.now += ERASURE_WITHIN
    seen(qtbot, window)

    card.ending.settle_button.click()
    # A second Space says nothing of what an agency has done.
    assert window.focusWidget() is card.ending.back_button
    qtbot.keyClick(card.ending.back_button, Qt.Key.Key_Space)
    settled(qtbot, window.tasks)
    assert town.tracking(silent.referral.id).erasure is Erasure.OWED
    assert not any(each.isVisible() for each in card.ending.hows.values())

    card.ending.settle_button.click()
    seen(qtbot, window)
    card.ending.hows[How.GONE].click()
    settled(qtbot, window.tasks)

    assert town.tracking(silent.referral.id).erasure is Erasure.SETTLED
    assert "the agency is no longer there" in card.answer.erasure.label.text()
    assert words.standing(town.tracking(silent.referral.id)).endswith(
        "closed without confirmation"
    )
    assert card.ending.isHidden()


def test_a_word_that_waits_or_was_not_taken_is_said_as_what_it_is(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    asked = a_tracking(file, "queued", "sent", CALLING_OFF, calling_off=Word.WAITS)
    late = max(asked.steps.values()) + ERASURE_WITHIN
    refused = replace(asked, calling_off=Word.REFUSED)
    left = replace(asked, status=TaskStatus.CANCELLED, status_reason=WORD_LEFT)
    card = ReferralCard(tasks)
    qtbot.addWidget(card)

    said = following_words.advice(followed(asked, late), asked)
    notes = []
    for each in (refused, left):
        card.show_file(replace(file, trackings=(each,)))
        notes.append(card.ending.note.text())

    assert said.startswith("The calling off still has not left this device. Look for a line.")
    assert notes == [
        "The calling off was not taken. “What goes and what comes” says why.",
        "You called it off, and that was not taken. You left it at that.",
    ]
    assert not card.ending.isHidden()


def test_what_goes_no_more_needs_a_person_where_the_word_was_not_taken(qtbot, tasks):
    file = a_youth(qtbot, tasks)
    queued = a_tracking(file, "queued", CALLING_OFF, calling_off=Word.REFUSED)
    card = ReferralCard(tasks)
    qtbot.addWidget(card)

    card.show_file(replace(file, trackings=(queued,)))

    said = "The calling off was not taken. “What goes and what comes” says why."
    following = followed(queued, NIGHT)
    assert following_words.advice(following, queued) == card.answer.next.label.text() == said
    assert (card.state.text(), words.now(queued)) == ("Needs you", "Not sent")
    hidden = (card.answer.next, card.answer.problem, card.ending.note, card.tell_button)
    assert [each.isHidden() for each in hidden] == [False, True, True, True]
    assert not card.ending.call_off_button.isHidden()
