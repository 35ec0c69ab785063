"""A referral keeps itself while it is written, with or without a line."""

from dataclasses import replace

import pytest
from full_disk_for_tests import a_full_disk
from pages_for_tests import CENTER, a_draft, a_youth, done, reopened, settled
from PySide6.QtWidgets import QWidget

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.services import agencies
from ui.referrals.compose import ComposeSheet

NUMBER = "passport M12345678"


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


def test_on_a_full_disk_what_could_not_be_kept_stands_there_again(qtbot, tasks, window, tmp_path):
    file = a_youth(qtbot, tasks)
    sheet = _opened(qtbot, tasks, window, file)

    with a_full_disk(tmp_path / "vault"):
        sheet.items.free[Item.NEED].edit.setPlainText("잘 곳 " * 20)
        sheet.done_button.click()
        settled(qtbot, tasks)

        assert sheet.isVisible()
        assert "disk is full" in sheet.state.text()
        assert "saved again by itself" in sheet.state.text()
        assert "잘 곳" in sheet.draft().words[Item.NEED]

    sheet._retry.start(0)
    qtbot.waitUntil(lambda: "Kept" in sheet.state.text())
    assert "잘 곳" in reopened(qtbot, tasks, file).draft.words[Item.NEED]
    sheet.done_button.click()
    settled(qtbot, tasks)
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


def test_no_number_can_be_written_where_no_law_entrusts(qtbot, tasks, window):
    draft = a_draft(a_youth(qtbot, tasks), {Item.ALIAS: "하늘", Item.IDENTIFIER: NUMBER})
    file = replace(a_youth(qtbot, tasks), draft=draft)
    sheet = _opened(qtbot, tasks, window, file)

    assert not sheet.items.number.isVisible()
    assert sheet.draft().words == {Item.ALIAS: "하늘"}


def test_a_number_is_seen_only_while_it_is_typed(qtbot, tasks, window):
    file = replace(a_youth(qtbot, tasks), is_entrusted=True)
    sheet = _opened(qtbot, tasks, window, file)
    number = sheet.items.number
    line = number.field.edit
    window.activateWindow()
    line.setFocus()
    line.setText("m12345678")
    assert (number.isVisible(), line.displayText()) == (True, "m12345678")
    sheet.picker.search.setFocus()
    assert "1234" not in line.displayText()
    assert number.field.note.text() == "Written: ●●●●●●678"
    assert sheet.draft().words[Item.IDENTIFIER] == "passport m12345678"

    line.setText("12")
    line.setFocus()
    sheet.picker.search.setFocus()
    assert "numbered like this" in number.field.note.text()
    assert sheet.draft().words[Item.IDENTIFIER] == "passport 12"  # half a number stays


def test_a_resident_number_is_held_back_where_an_alien_registration_number_may_stand(
    qtbot, tasks, window
):
    file = replace(a_youth(qtbot, tasks), is_entrusted=True)
    sheet = _opened(qtbot, tasks, window, file)
    line = sheet.items.number.field.edit

    sheet.items.number.kind.buttons["alien-registration"].click()
    for typed, is_kept in (("050101-5123456", True), ("050101-3123456", False)):
        line.setText(typed)
        sheet.keep()
        settled(qtbot, tasks)
        assert ("resident registration number" in sheet.state.text()) is not is_kept
        assert line.text() == typed
    kept = reopened(qtbot, tasks, file).draft.words[Item.IDENTIFIER]
    assert kept == "alien-registration 050101-5123456"
    sheet.rescue()
    assert line.text() == "●" * 14


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
