"""Help is one look away."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMainWindow

import i18n
from desktop.domain.disclosures import Ground
from desktop.domain.who_answers import Answers, Decision, Law, Way
from ui import style
from ui.consents import guardian_words
from ui.disclosures import words as report_words
from ui.emergency.numbers import EmergencyCard
from ui.emergency.strip import NumberStrip
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


def test_the_six_numbers_are_in_sight_police_and_rescue_first(card):
    assert list(card.numbers) == ["112", "119", "117", "1388", "109", "1366"]
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
    assert "119. If a life is in danger" in words
    assert "mandated reporters" in words
    assert "Do not ask the guardian you suspect for consent" in words
    assert report_parts()[0].title == "Call now"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("percent", [100, 130])
def test_no_name_is_cut_off_in_the_narrowest_card(qtbot, qapp, language, percent):
    i18n.use(language)
    style.apply(qapp, style.LIGHT, percent)
    card = EmergencyCard(QMainWindow())
    qtbot.addWidget(card)
    card.setFixedWidth(336 + (style.scaled(352) - 352) // 2)
    card.show()

    labels = [label for each in card.numbers.values() for label in each.findChildren(QLabel)]
    assert [label.text() for label in labels if label.width() < label.sizeHint().width()] == []
    style.apply(qapp, style.LIGHT)


@pytest.mark.parametrize("ground", [None, Ground.LIFE])
def test_where_danger_to_life_is_offered_rescue_is_named(ground):
    assert "119" in report_words.call_first(ground)
    assert "119" in report_words.about(Ground.LIFE)
    nobody = Decision(Answers.NOBODY, (Way.LIFE,), (Law.HELP_STAYS,), (), (), False, False)
    assert "119" in guardian_words.way_words(nobody)


def test_the_strip_has_every_number_of_the_card_in_the_same_order(qtbot, card):
    strip = NumberStrip()
    qtbot.addWidget(strip)

    assert list(strip.numbers) == list(card.numbers)
    with qtbot.waitSignal(strip.number_wanted) as wanted:
        strip.numbers["119"].click()
    assert wanted.args[0].number == "119"
