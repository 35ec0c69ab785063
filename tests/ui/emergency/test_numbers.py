"""Help is one look away."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMainWindow

from ui.emergency.numbers import EmergencyCard
from ui.emergency.words import report_parts


@pytest.fixture
def card(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    card = EmergencyCard(window)
    window.setCentralWidget(card)
    window.show()
    card.window_kept = window
    return card


def test_the_five_numbers_are_in_sight(card):
    assert list(card.numbers) == ["112", "1388", "117", "109", "1366"]
    assert all(button.isVisible() and button.accessibleName() for button in card.numbers.values())


def test_a_click_copies_the_number_and_shows_it_large(qtbot, card):
    with qtbot.waitSignal(card.number_copied):
        card.numbers["109"].click()

    assert QGuiApplication.clipboard().text() == "109"
    assert card.large.number.text() == "109"
    assert card.large.number.font().pixelSize() >= 60


def test_the_guidance_says_whom_to_call_and_whom_not_to_ask(card):
    card.report_button.click()

    words = " ".join(label.text() for label in card.report.findChildren(QLabel))
    assert card.report.isVisible()
    assert "112" in words
    assert "mandated reporters" in words
    assert "Do not ask the guardian you suspect for consent" in words
    assert report_parts()[0].title == "Call now"
