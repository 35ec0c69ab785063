"""A signature is asked for twice; then words stay, and later ones are added below."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ui.notes.page import NotePage


def settle(qtbot, night, page):
    qtbot.waitUntil(lambda: page.is_saved() and night.is_idle(), timeout=8000)


@pytest.fixture
def haneul(qtbot, night, page):
    file = night.meet(qtbot, "하늘")
    page.show_file(file)
    page.editor.textCursor().insertText("다 적음")
    return file


def sign(qtbot, night, page):
    page.foot.sign_button.click()
    page.signing.notice.sign_button.click()
    settle(qtbot, night, page)


def note(qtbot, night, file):
    return night.file(qtbot, file.youth.id, file.meeting.id).note


def add(qtbot, night, page, words):
    page.signing.addenda.box.setPlainText(words)
    page.signing.addenda.add_button.click()
    qtbot.waitUntil(night.is_idle)


def shown(page):
    labels = page.signing.addenda.list.widget()
    lines = labels.layout()
    return [lines.itemAt(n).widget().text() for n in range(lines.count())]


def test_the_first_answer_signs_nothing_and_the_keyboard_rests_on_not_yet(
    qtbot, night, page, haneul
):
    page.foot.sign_button.click()
    settle(qtbot, night, page)

    assert page.signing.notice.isVisible()
    assert page.focusWidget() is page.signing.notice.later_button
    page.signing.notice.later_button.click()
    assert not page.signing.notice.isVisible()
    assert not note(qtbot, night, haneul).is_signed
    assert not page.editor.isReadOnly()


def test_the_second_keeps_the_words_and_lets_them_stay(qtbot, night, page, haneul):
    sign(qtbot, night, page)

    kept = note(qtbot, night, haneul)
    assert kept.is_signed
    assert "다 적음" in kept.text
    assert page.editor.isReadOnly()
    qtbot.keyClicks(page.editor, "more")
    assert "more" not in page.editor.words()
    assert not page.foot.sign_button.isVisible()
    assert "Signed" in page.foot.state.text()
    assert not page.foot.chips[0].isVisible()


def test_writing_on_after_the_question_takes_it_back(qtbot, night, page, haneul):
    page.foot.sign_button.click()

    page.editor.textCursor().insertText(" 아직")

    assert not page.signing.notice.isVisible()


def test_an_empty_note_is_not_signed(qtbot, night, page):
    page.show_file(night.meet(qtbot, "바다"))

    page.foot.sign_button.click()

    assert not page.signing.notice.isVisible()


def test_on_a_full_disk_nothing_is_signed_and_writing_goes_on(qtbot, night, page, haneul):
    page.save_now()
    settle(qtbot, night, page)
    night.is_full = True

    page.foot.sign_button.click()
    page.signing.notice.sign_button.click()
    qtbot.waitUntil(night.is_idle)

    assert page.signing.notice.isVisible()
    assert not page.editor.isReadOnly()
    night.is_full = False
    page.signing.notice.sign_button.click()
    settle(qtbot, night, page)
    assert note(qtbot, night, haneul).is_signed


def test_what_is_added_stands_below_with_its_time_and_author(qtbot, night, page, haneul):
    sign(qtbot, night, page)

    add(qtbot, night, page, "쉼터에 도착함")
    add(qtbot, night, page, "<b>잘 잤다고</b> 함")

    assert [each.text for each in note(qtbot, night, haneul).addenda] == [
        "쉼터에 도착함", "<b>잘 잤다고</b> 함",
    ]  # fmt: skip
    assert shown(page)[1::2] == ["쉼터에 도착함", "<b>잘 잤다고</b> 함"]
    assert all(head.startswith("Added ") and head.endswith(" · You") for head in shown(page)[::2])
    assert page.signing.addenda.box.toPlainText() == ""


def test_what_a_full_disk_did_not_take_of_an_addition_is_kept_by_itself(
    qtbot, night, page, haneul
):
    sign(qtbot, night, page)
    part = page.signing.addenda
    part._retry.setInterval(20)
    night.is_full = True

    part.box.setPlainText("쉼터에 도착함")
    part.keep()
    qtbot.waitUntil(night.is_idle)
    assert "saved again by itself" in part.problem.text()
    night.is_full = False

    qtbot.waitUntil(lambda: not part.problem.isVisible())
    assert note(qtbot, night, haneul).adding == "쉼터에 도착함"


def test_control_and_enter_add(qtbot, night, page, haneul):
    sign(qtbot, night, page)
    page.signing.addenda.box.setPlainText("쉼터에 도착함")

    qtbot.keyClick(
        page.signing.addenda.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(night.is_idle)

    assert len(note(qtbot, night, haneul).addenda) == 1


def test_a_resident_number_is_not_added_and_nothing_typed_is_lost(qtbot, night, page, haneul):
    sign(qtbot, night, page)

    add(qtbot, night, page, "번호 900101-1234567")

    part = page.signing.addenda
    assert part.problem.isVisible()
    assert part.box.toPlainText() == "번호 900101-1234567"
    assert note(qtbot, night, haneul).addenda == ()


def test_words_being_added_are_there_again_after_a_lock_and_for_their_own_note_only(
    qtbot, night, page, haneul
):
    sign(qtbot, night, page)
    page.signing.addenda.box.setPlainText("쉼터에")
    bada = night.meet(qtbot, "바다")
    page.show_file(bada)
    settle(qtbot, night, page)
    assert not page.signing.addenda.isVisible()

    again = NotePage(night)
    qtbot.addWidget(again)
    again.show()
    again.show_file(night.file(qtbot, haneul.youth.id, haneul.meeting.id))

    assert again.signing.addenda.box.toPlainText() == "쉼터에"
    again.signing.addenda.box.setPlainText("쉼터에 도착")
    again.rescue()
    qtbot.waitUntil(night.is_idle)
    assert note(qtbot, night, haneul).adding == "쉼터에 도착"


def test_a_signed_note_opens_read_only_and_another_can_be_written(qtbot, night, page, haneul):
    sign(qtbot, night, page)
    bada = night.meet(qtbot, "바다")

    page.show_file(bada)
    assert not page.editor.isReadOnly()
    page.show_file(night.file(qtbot, haneul.youth.id, haneul.meeting.id))

    assert page.editor.isReadOnly()
    assert page.signing.addenda.isVisible()


def test_a_syllable_that_comes_after_the_signature_is_not_put_on_the_paper(
    qtbot, night, page, haneul
):
    sign(qtbot, night, page)
    late = QInputMethodEvent()
    late.setCommitString("음")

    QApplication.sendEvent(page.editor, late)

    assert "음음" not in page.editor.words()
    assert page.is_saved()
