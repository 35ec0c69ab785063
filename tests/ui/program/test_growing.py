"""From a headcount to somebody known, through the real window, in both languages."""

import pytest
from builders import a_judgement
from full_disk_for_tests import a_full_disk
from growing_for_tests import WORDS, Street
from PySide6.QtCore import Qt
from vaults_for_tests import PASSPHRASE

import i18n
from desktop.domain.screening import NextStep, Risk
from desktop.services import forms, outreach, screening, search


@pytest.fixture(params=["en", "ko"])
def street(request, open_note, qtbot):
    street = Street(open_note, qtbot)
    i18n.use(request.param)
    street.meet_somebody()
    return street


def test_an_alias_is_given_with_a_yes_and_the_note_stays(street, qtbot):
    sheet, window = street.open_growing(), street.window
    assert sheet.agreeing.agreed() is None
    qtbot.keyClick(sheet.alias.edit, Qt.Key.Key_Return)
    assert sheet.problem.text()
    sheet.alias.edit.setText("새벽")
    qtbot.keyClick(sheet.alias.edit, Qt.Key.Key_Return)
    assert sheet.isVisible()  # the question has no answer yet

    sheet.agreeing.answer.buttons["agreed"].click()
    qtbot.keyClick(sheet.alias.edit, Qt.Key.Key_Return)
    street.settle()

    qtbot.waitUntil(lambda: window.pages.note.header.alias.text() == "새벽")
    assert sheet.isHidden()
    assert WORDS in window.pages.note.editor.toPlainText()
    assert not window.pages.note.header.alias_button.isVisible()


def test_the_page_counts_the_days_and_says_that_high_waits_for_somebody_who_looks(street, qtbot):
    page = street.window.pages.note
    assert page.header._pill.text() in {"Goes in 7 days", "7일 뒤 지움"}
    youth, moment = street.window.pages.file.youth.id, street.tasks.moment()
    high = a_judgement(youth=youth, risk=Risk.HIGH, next_step=NextStep.REPORT)
    street.ask(lambda vault: screening.judge(vault, high, moment))

    street.window.open_file(youth, None)
    street.settle()

    assert page.header._pill.text() in {"Kept for now", "아직 보관 중"}


def test_a_half_typed_alias_stays_when_the_key_is_pressed_again(street, qtbot):
    sheet = street.open_growing()
    sheet.alias.edit.setText("새벽")

    qtbot.keyClick(sheet.alias.edit, Qt.Key.Key_F2)
    street.settle()

    assert sheet.alias.words() == "새벽"


def test_a_half_typed_alias_is_there_again_after_a_lock(street, start_practice, qtbot):
    nameless = street.window.pages.file.youth.id
    street.open_growing().alias.edit.setText("새벽 900101-1234567")
    street.program.lock.lock()

    program = start_practice().program
    program.unlock.door.passphrase.edit.setText(PASSPHRASE)
    program.unlock.door.unlock_button.click()
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.joining is not None)
    program.desk.joining.skip_button.click()
    program.desk.window.open_file(nameless, None)

    def sheet():
        found = (c for c in program.desk.window.children() if c.objectName() == "growing")
        return next(found, None)

    qtbot.waitUntil(lambda: sheet() is not None and sheet().isVisible())
    assert sheet().alias.words() == "새벽 " + "●" * 14
    assert sheet().agreeing.agreed() is None
    qtbot.waitUntil(program.desk.tasks.is_idle)
    sheet().leave()
    program.desk.window.rescue()
    found = []
    program.desk.tasks.run(forms.kept, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [()]


def test_a_no_says_what_follows_and_destroys_the_words(street, qtbot):
    sheet, window = street.open_growing(), street.window
    sheet.alias.edit.setText("새벽")
    before = sheet.keep_button.text()

    sheet.agreeing.answer.buttons["declined"].click()
    assert sheet.keep_button.text() != before
    shown = []
    window.status.show_ending = shown.append  # the sweep is over when the bar hears of it
    sheet.keep_button.click()
    street.settle()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)

    qtbot.waitUntil(lambda: window.pages.note.header.alias.text() == "새벽")
    assert WORDS not in window.pages.note.editor.toPlainText()
    moment = street.tasks.moment()
    assert street.ask(lambda vault: search.everything(vault, "코코아", moment)).notes == ()


def test_somebody_met_before_gets_the_meeting_and_the_note(street, qtbot):
    sheet, window = street.open_growing(), street.window
    sheet.alias.edit.setText("하늘")
    qtbot.waitUntil(lambda: len(sheet.known.buttons) == 1)

    sheet.known.buttons[0].click()
    sheet.agreeing.answer.buttons["agreed"].click()
    sheet.keep_button.click()
    street.settle()

    qtbot.waitUntil(lambda: window.pages.note.header.alias.text() == "하늘")
    assert WORDS in window.pages.note.editor.toPlainText()
    assert {met.youth.id for met in street.ask(outreach.tonight).met} == {street.ids[0]}
    window.pages.note.editor.append("이어서 적음")
    window.pages.save_now()
    street.settle()
    moment = street.tasks.moment()
    assert street.ask(lambda vault: search.everything(vault, "이어서", moment)).notes


GROUNDS = "오늘 밤 죽고 싶다고 말했다"


@pytest.mark.parametrize("answer", ["agreed", "declined"])
def test_grounds_that_are_being_written_go_the_way_of_the_note(street, qtbot, answer):
    judging = street.begin_grounds(GROUNDS)
    sheet, window = street.open_growing(), street.window
    sheet.alias.edit.setText("하늘")
    qtbot.waitUntil(lambda: len(sheet.known.buttons) == 1)

    sheet.known.buttons[0].click()
    sheet.agreeing.answer.buttons[answer].click()
    sheet.keep_button.click()
    street.settle()
    qtbot.waitUntil(lambda: window.pages.note.header.alias.text() == "하늘")
    street.settle()

    assert judging.panel.isVisible() is (answer == "agreed")
    assert judging.panel.words() == (GROUNDS if answer == "agreed" else "")


def test_grounds_that_a_full_disk_did_not_take_let_no_record_move(street, qtbot):
    judging = street.begin_grounds(GROUNDS * 20)
    with a_full_disk(folder_of(street)):
        sheet = street.open_growing()
    sheet.alias.edit.setText("하늘")
    qtbot.waitUntil(lambda: len(sheet.known.buttons) == 1)
    sheet.known.buttons[0].click()
    sheet.agreeing.answer.buttons["agreed"].click()

    sheet.keep_button.click()
    street.settle()
    assert sheet.problem.text()
    assert sheet.isVisible()
    assert judging.panel.words() == GROUNDS * 20


def folder_of(street):
    return street.ask(lambda vault: vault.folder)


def test_with_an_alias_f2_says_so_and_opens_nothing(open_note, qtbot):
    street = Street(open_note, qtbot)

    qtbot.keyClick(street.window.focusWidget() or street.window, Qt.Key.Key_F2)

    qtbot.waitUntil(street.window.toast.isVisible)
    assert not any(child.objectName() == "growing" for child in street.window.children())
