"""Through real windows, in both languages: signed notes, earlier versions, plans, templates."""

import pytest
from full_disk_for_tests import a_full_disk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.safety import Step
from desktop.domain.templates import Phrase, Template
from desktop.paths import Places
from desktop.services import safety, youths
from desktop.settings import Settings, save


@pytest.fixture(params=["en", "ko"])
def program(request, tmp_path, request_language):
    return request.getfixturevalue("open_note").program


@pytest.fixture
def request_language(request, tmp_path):
    language = request.node.callspec.params["program"]
    save(Places(tmp_path).settings, Settings(language=language, theme="light"))
    return language


def idle(qtbot, program):
    qtbot.waitUntil(lambda: program.desk.tasks.is_idle(), timeout=10_000)


def ask(qtbot, program, work):
    found = []
    program.desk.tasks.run(work, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def file(qtbot, program):
    opened = program.desk.window.pages.file
    ids = opened.youth.id, opened.meeting.id
    moment = program.desk.tasks.moment()
    return ask(qtbot, program, lambda vault: youths.open_file(vault, *ids, moment))


def write(qtbot, program, words):
    note = program.desk.window.pages.note
    note.editor.textCursor().insertText(words)
    note.saver.save_now()
    qtbot.waitUntil(lambda: note.is_saved() and program.desk.tasks.is_idle())
    return note


def tab_to(widget, most=60):
    """Press Tab until the keyboard is there; a sheet that never lets it come fails."""
    window = widget.window()
    for _ in range(most):
        if window.focusWidget() is widget:
            return
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    raise AssertionError(f"no way by Tab to {widget.objectName()}")


def test_a_plan_that_a_full_disk_did_not_take_is_kept_by_itself(qtbot, program):
    writing, folder = program.desk.writing, ask(qtbot, program, lambda vault: vault.folder)
    QTest.keyClick(program.desk.window.pages.note.editor, Qt.Key.Key_F8)
    idle(qtbot, program)
    plan = writing.plan

    with a_full_disk(folder):
        plan.boxes.boxes[Step.SIGNS].setPlainText("잠이 오지 않음")
        plan.keep()
        idle(qtbot, program)
        said = plan.state.text()
    assert plan._retry.isActive()
    plan._retry.start(0)
    qtbot.waitUntil(lambda: plan.state.text() != said)
    idle(qtbot, program)

    youth, moment = file(qtbot, program).youth.id, program.desk.tasks.moment()
    (kept,) = ask(qtbot, program, lambda vault: safety.plans(vault, youth, moment))
    assert kept.words[Step.SIGNS] == "잠이 오지 않음"


def test_f8_opens_the_plan_from_the_middle_of_a_note_and_every_word_is_kept(qtbot, program):
    editor = program.desk.window.pages.note.editor
    program.frame.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)

    QTest.keyClick(editor, Qt.Key.Key_F8)
    plan = program.desk.writing.plan
    qtbot.waitUntil(plan.isVisible)
    boxes = plan.boxes.boxes
    assert program.frame.focusWidget() is boxes[Step.SIGNS]
    boxes[Step.SIGNS].setPlainText("잠이 오지 않음")
    plan.boxes.chips[0].click()
    boxes[Step.REASON].setPlainText("고양이")
    tab_to(plan.done_button)
    QTest.keyClick(plan.done_button, Qt.Key.Key_Space)
    idle(qtbot, program)

    assert not plan.isVisible()
    youth, moment = file(qtbot, program).youth.id, program.desk.tasks.moment()
    (kept,) = ask(qtbot, program, lambda vault: safety.plans(vault, youth, moment))
    assert kept.words[Step.SIGNS] == "잠이 오지 않음"
    assert kept.words[Step.CALL].startswith("109")

    QTest.keyClick(editor, Qt.Key.Key_F8)
    qtbot.waitUntil(plan.isVisible)
    assert plan.reading.isVisible()
    assert not plan.boxes.isVisible()
    assert "고양이" in plan.reading.accessibleDescription()


def test_a_plan_half_written_at_a_lock_is_kept_with_its_number_blotted_out(qtbot, program):
    program.desk.writing.open_plan()
    plan = program.desk.writing.plan
    qtbot.waitUntil(plan.isVisible)
    plan.boxes.boxes[Step.ASK].setPlainText("이모 900101-1234567")

    program.desk.rescue()
    idle(qtbot, program)

    youth, moment = file(qtbot, program).youth.id, program.desk.tasks.moment()
    (kept,) = ask(qtbot, program, lambda vault: safety.plans(vault, youth, moment))
    assert kept.words == {Step.ASK: "이모 " + "●" * 14}


def test_a_plan_that_may_not_be_kept_stays_open_with_its_words(qtbot, program):
    program.desk.writing.open_plan()
    plan = program.desk.writing.plan
    qtbot.waitUntil(plan.isVisible)
    plan.boxes.boxes[Step.ASK].setPlainText("900101-1234567")

    plan.leave()
    idle(qtbot, program)

    assert plan.isVisible()
    assert plan.state.property("tone") == "danger"


def test_a_note_is_signed_and_added_to_by_keyboard_alone(qtbot, program):
    note = write(qtbot, program, "벤치에서 만남")

    tab_to(note.foot.sign_button)
    QTest.keyClick(note.foot.sign_button, Qt.Key.Key_Space)
    tab_to(note.signing.notice.sign_button)
    QTest.keyClick(note.signing.notice.sign_button, Qt.Key.Key_Space)
    qtbot.waitUntil(note.signing.addenda.isVisible)
    box = note.signing.addenda.box
    tab_to(box)
    QTest.keyClicks(box, "shelter")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, program)

    kept = file(qtbot, program).note
    assert kept.is_signed
    assert [each.text for each in kept.addenda] == ["shelter"]
    assert program.desk.window.rail is not None


def test_an_earlier_version_is_read_beside_what_stands_now(qtbot, program):
    note = write(qtbot, program, "처음 쓴 말")
    note.rescue()
    idle(qtbot, program)
    note.editor.selectAll()
    note.editor.textCursor().insertText("고쳐 쓴 말")
    write(qtbot, program, "")

    note.foot.versions_button.click()
    sheet = program.desk.writing.versions
    qtbot.waitUntil(lambda: sheet.isVisible() and bool(sheet.paper.toPlainText()))

    assert sheet.list.count() == 1
    assert "처음" in sheet.paper.toPlainText()
    assert "고쳐" in sheet.paper.toPlainText()
    assert "처음" in sheet.paper.accessibleDescription()
    sheet.query.edit.setText("없는낱말")
    sheet.query.entered.emit()
    idle(qtbot, program)
    assert sheet.query.note.isVisible()


def test_an_organisations_own_heads_begin_the_next_note_and_a_wrong_line_is_named(qtbot, program):
    window = program.desk.window
    window.drawer_wanted.emit("templates")
    sheet = program.desk.writing.templates
    qtbot.waitUntil(sheet.isVisible)

    sheet.heads.setPlainText("만남\n만남")
    sheet.keep_button.click()
    idle(qtbot, program)
    assert "2" in sheet.notice.label.text()
    assert sheet.heads.textCursor().selectedText() == "만남"
    assert program.frame.focusWidget() is sheet.heads

    sheet.heads.setPlainText("오늘\n약속")
    sheet.phrases.setPlainText("국밥: 국밥을 함께 먹음.")
    sheet.keep_button.click()
    idle(qtbot, program)
    sheet.leave()
    opened = window.pages.file
    again = _meet(qtbot, program)
    window.open_file(again.youth.id, again.meeting.id)
    note = window.pages.note
    qtbot.waitUntil(lambda: window.pages.file.youth.id != opened.youth.id)
    idle(qtbot, program)

    assert note.editor.toPlainText() == "오늘\n\n약속\n"
    assert [chip.text() for chip in note.foot.chips] == ["국밥"]
    note.foot.chips[0].click()
    assert note.editor.words() == "오늘\n국밥을 함께 먹음.\n약속\n"


def _meet(qtbot, program):
    from desktop.domain.youths import Age
    from desktop.services.youths import NewYouth

    moment = program.desk.tasks.moment()
    who = NewYouth("바다", Age.stated(17))
    return ask(qtbot, program, lambda vault: youths.meet(vault, who, "역", moment))


@pytest.mark.parametrize("key", ["plan", "versions"])
def test_without_anybody_open_it_is_said_and_nothing_breaks(qtbot, open_window, key):
    window = open_window.program.desk.window

    window.drawer_wanted.emit(key)

    assert window.toast.isVisible()


def test_everything_new_has_a_name_for_a_screen_reader(qtbot, program):
    write(qtbot, program, "벤치")
    window = program.desk.window
    program.desk.writing.open_plan()
    window.drawer_wanted.emit("templates")
    qtbot.waitUntil(lambda: program.desk.writing.templates.isVisible())
    program.desk.writing.open_versions()
    idle(qtbot, program)
    writing, note = program.desk.writing, window.pages.note

    for widget in (
        *writing.plan.boxes.boxes.values(), writing.plan.earlier, writing.plan.reading,
        writing.versions.list, writing.versions.paper, writing.versions.query.edit,
        writing.templates.heads, writing.templates.phrases,
        note.foot.sensitive_button, note.foot.versions_button, note.foot.sign_button,
        note.header.plan_button, note.signing.addenda.box,
    ):  # fmt: skip
        assert widget.accessibleName(), widget.objectName()


def test_new_chips_stand_in_tab_order_before_the_buttons_after_them(qtbot, program):
    note = program.desk.window.pages.note

    note.foot.show_phrases(Template((), (Phrase("국밥", "국밥을 먹음."), Phrase("차", "차."))))

    stops, stop = [], note.editor
    while stop is not note.foot.sensitive_button:
        stops.append(stop)
        stop = stop.nextInFocusChain()
    assert [each for each in stops if each in note.foot.chips] == list(note.foot.chips)
