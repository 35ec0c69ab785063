"""A referral keeps itself while it is written, with or without a line."""

from dataclasses import replace

import pytest
from pages_for_tests import CENTER, a_draft, a_youth, done, reopened, settled
from PySide6.QtWidgets import QWidget

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.services import agencies
from ui.referrals.compose import ComposeSheet


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window


def _opened(qtbot, tasks, window, file):
    sheet = ComposeSheet(tasks, window)
    sheet.open_for(file)
    settled(qtbot, tasks)
    return sheet


def test_what_is_known_is_filled_in(qtbot, tasks, window):
    sheet = _opened(qtbot, tasks, window, a_youth(qtbot, tasks))

    words = sheet.draft().words
    assert words[Item.ALIAS] == "하늘"
    assert words[Item.AGE] == "Age 16"
    assert words[Item.LANGUAGE] == "Korean"
    assert Item.NEED not in words


def test_typing_is_kept_by_itself(qtbot, tasks, window):
    file = a_youth(qtbot, tasks)
    sheet = _opened(qtbot, tasks, window, file)

    with qtbot.waitSignal(sheet.kept):
        sheet.items.free[Item.NEED].edit.setPlainText("잘 곳")

    assert reopened(qtbot, tasks, file).draft.words[Item.NEED] == "잘 곳"


def test_closing_keeps_the_last_letter(qtbot, tasks, window):
    file = a_youth(qtbot, tasks)
    sheet = _opened(qtbot, tasks, window, file)
    sheet.items.free[Item.NEED].edit.setPlainText("잘 곳")
    sheet.categories[Category.PROTECT].click()

    sheet.leave()
    settled(qtbot, tasks)

    draft = reopened(qtbot, tasks, file).draft
    assert draft.words[Item.NEED] == "잘 곳"
    assert draft.categories == {Category.PROTECT}
    assert not sheet.isVisible()


def test_a_resident_number_is_gently_held_back_and_the_words_stay(qtbot, tasks, window):
    file = a_youth(qtbot, tasks)
    sheet = _opened(qtbot, tasks, window, file)
    sheet.items.free[Item.NEED].edit.setPlainText("900101-1234567")

    sheet.leave()
    settled(qtbot, tasks)

    assert sheet.isVisible()
    assert "resident registration number" in sheet.state.text()
    assert sheet.items.free[Item.NEED].edit.toPlainText() == "900101-1234567"
    assert reopened(qtbot, tasks, file).draft is None


def test_the_agency_is_not_lost_while_the_directory_is_away(qtbot, tasks, window):
    file = a_youth(qtbot, tasks)
    sheet = _opened(qtbot, tasks, window, replace(file, draft=a_draft(file)))

    sheet.keep()
    settled(qtbot, tasks)

    assert reopened(qtbot, tasks, file).draft.agency == CENTER.id


def test_a_closed_sheet_brings_no_draft_back(qtbot, tasks, window):
    file = a_youth(qtbot, tasks)
    sheet = _opened(qtbot, tasks, window, file)
    sheet.hide()

    sheet.keep()
    settled(qtbot, tasks)

    assert reopened(qtbot, tasks, file).draft is None


def test_choosing_an_agency_offers_what_it_does(qtbot, joined, window):
    file = a_youth(qtbot, joined)
    known = done(qtbot, joined, agencies.all)
    sheet = _opened(qtbot, joined, window, file)
    shelter = next(agency for agency in known if Category.PROTECT in agency.categories())

    sheet.picker.choose(shelter.id)

    draft = sheet.draft()
    assert draft.agency == shelter.id
    assert draft.categories == shelter.categories()
    assert shelter.name in sheet.picker.detail.name.text()
    sheet.leave()
    settled(qtbot, joined)


def test_the_search_for_another_referral_is_forgotten(qtbot, tasks, window):
    file = a_youth(qtbot, tasks)
    sheet = _opened(qtbot, tasks, window, file)
    sheet.picker.search.setText("police")
    sheet.picker.help.setCurrentIndex(2)
    sheet.leave()

    sheet.open_for(file)

    assert sheet.picker.search.text() == ""
    assert sheet.picker.help.currentIndex() == 0
