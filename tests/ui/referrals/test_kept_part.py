"""What a law makes an agency keep is said once, until the young person was told: a real hub."""

import pytest
from pages_for_tests import settled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.services import youths
from ui.referrals.card import ReferralCard
from ui.tasks import Tasks


@pytest.fixture
def shown(qtbot, town):
    """The card of a referral that was withdrawn, of which the agency keeps a part."""
    youth = town.keeps_a_part().youth
    tasks = Tasks(town.vault.sibling, town.moment)
    card = ReferralCard(tasks)
    qtbot.addWidget(card)
    card.show()
    card.show_file(youths.open_file(town.vault, youth, None, town.moment()))
    yield card, tasks
    tasks.close(5)


def said(card):
    labels = [part for part in card.answer.findChildren(QLabel) if part.isVisible()]
    return [part.text() for part in labels if "a law makes it keep a part" in part.text()]


def test_that_a_part_is_kept_is_said_once(shown):
    card, _ = shown

    (words,) = said(card)

    assert words.endswith("Please tell the young person. It names: 의료법 제22조제2항.")
    assert card.state.text() == "Needs you"


def test_one_press_says_that_they_were_told_and_a_second_does_nothing_else(qtbot, shown):
    card, tasks = shown
    card.answer.told_button.setFocus()

    qtbot.keyClick(card.answer.told_button, Qt.Key.Key_Space)
    settled(qtbot, tasks)

    (words,) = said(card)
    assert "The young person was told on" in words
    assert card.state.text() == "Called off"
    assert not card.answer.told_button.isVisible()
    assert card.focusWidget() is not card.compose_button
