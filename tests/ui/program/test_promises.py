"""Promises through the real window: made with two keys, seen on the left and on the page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import i18n
from desktop.domain.days import day_of
from desktop.domain.promises import Part, Promiser, Snooze
from desktop.services import promises
from desktop.services.own_data import Due
from desktop.services.promises import NewPromise

SAID = {"en": "Will call tomorrow noon", "ko": "내일 점심에 전화하기로 약속"}
WHAT = {"en": "Will call", "ko": "전화하기로 약속"}


@pytest.fixture(params=["en", "ko"])
def desk(request, open_note, qtbot):
    i18n.use(request.param)
    desk = open_note.program.desk
    desk.language, desk.ids = request.param, open_note.ids
    open_note.program.frame.activateWindow()
    return desk


def settled(qtbot, desk):
    qtbot.waitUntil(desk.tasks.is_idle, timeout=10_000)


def asked(qtbot, desk, work):
    found = []
    desk.tasks.run(work, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def press(window, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, held)


def make_with_two_keys(qtbot, desk):
    window = desk.window
    editor = window.pages.note.editor
    editor.setFocus()
    done = QInputMethodEvent()
    done.setCommitString(SAID[desk.language])
    QApplication.sendEvent(editor, done)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor)

    press(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: "sheet" in vars(desk.promising.page) and desk.promising.page.sheet.isVisible()
    )
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(desk.promising.page.sheet.isHidden)
    settled(qtbot, desk)


def listed(qtbot, desk):
    moment = desk.tasks.moment()
    return asked(qtbot, desk, lambda vault: promises.lists(vault, "ko", moment))


def test_two_keys_keep_what_the_sentence_at_the_caret_promises(qtbot, desk):
    make_with_two_keys(qtbot, desk)

    (kept,) = listed(qtbot, desk).coming
    tomorrow = day_of(desk.tasks.moment().now).toordinal() + 1
    assert (kept.promise.what, kept.promise.by) == (WHAT[desk.language], Promiser.ME)
    assert (kept.promise.due.day.toordinal(), kept.promise.due.part) == (tomorrow, Part.NOON)
    assert WHAT[desk.language] in desk.promising.page.strip.accessibleName()
    assert desk.promising.page.strip.isVisible()


def test_the_switch_is_there_once_something_is_open_and_shows_the_list(qtbot, desk):
    left = desk.window.board.left
    assert not left.switch.isVisible()
    make_with_two_keys(qtbot, desk)
    qtbot.waitUntil(left.switch.isVisible)

    left.switch.buttons["promises"].click()
    settled(qtbot, desk)

    board = desk.promising.board
    assert board.isVisible()
    assert [row.promise.what for row in board.model.rows if row.promise] == [WHAT[desk.language]]
    assert board.acting.isVisible()
    left.switch.buttons["night"].click()
    assert desk.window.rail.isVisible()


def test_a_new_contact_brings_the_night_back(qtbot, desk):
    make_with_two_keys(qtbot, desk)
    desk.promising.show_list()
    desk.window.rail.reload()
    settled(qtbot, desk)

    desk.window.board.new_meeting()

    assert not desk.window.board.left.is_turned
    assert desk.window.rail.sheet.isVisible()


def test_done_and_undone_by_keyboard(qtbot, desk):
    make_with_two_keys(qtbot, desk)
    desk.promising.show_list()
    settled(qtbot, desk)
    board = desk.promising.board
    board.acting.done_button.setFocus()

    press(desk.window, Qt.Key.Key_Space)
    settled(qtbot, desk)
    assert listed(qtbot, desk).counts.open == 0
    assert board.empty.isVisible()
    press(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, desk)

    assert listed(qtbot, desk).counts.open == 1


def test_nothing_of_somebody_who_is_destroyed_waits_to_be_undone(qtbot, desk):
    make_with_two_keys(qtbot, desk)
    desk.promising.show_list()
    settled(qtbot, desk)
    board = desk.promising.board
    board.acting.done_button.click()
    settled(qtbot, desk)

    desk.window.pages.gone.emit(desk.ids[0])
    board.undo()
    settled(qtbot, desk)

    assert listed(qtbot, desk).counts.open == 0


def test_put_off_it_says_so(qtbot, desk):
    make_with_two_keys(qtbot, desk)
    desk.promising.show_list()
    settled(qtbot, desk)

    desk.promising.board.acting.later[Snooze.WORKING].click()
    settled(qtbot, desk)

    (kept,) = listed(qtbot, desk).coming
    assert kept.promise.snoozed == 1
    said = {"en": "put off 1 time", "ko": "1번 미룸"}[desk.language]
    assert said in desk.promising.board.model.rows[1].second


def test_enter_on_a_row_opens_the_young_person(qtbot, desk):
    make_with_two_keys(qtbot, desk)
    desk.promising.show_list()
    settled(qtbot, desk)

    with qtbot.waitSignal(desk.promising.board.youth_chosen) as chosen:
        press(desk.window, Qt.Key.Key_Return)

    assert chosen.args[0] == desk.ids[0]


def test_what_comes_due_is_said_without_a_name_and_nowhere_else(qtbot, desk):
    youth, moment = desk.ids[0], desk.tasks.moment()
    due = asked(qtbot, desk, lambda v: promises.read(v, "1분 뒤", "ko", moment)).due
    new = NewPromise(youth, "하늘이에게 전화", due)
    desk.promising.count()
    settled(qtbot, desk)
    asked(qtbot, desk, lambda vault: promises.make(vault, new, moment))

    desk.promising._remind((promises.Counts(today=1, come_due=1), Due()))

    toast = desk.window.toast
    assert toast.isVisible()
    for told in ("하늘", "전화"):
        assert told not in toast.label.text()
        assert told not in desk.window.window().windowTitle()


def test_what_was_just_made_is_not_reminded_of(qtbot, desk):
    settled(qtbot, desk)

    desk.promising._show_counts((promises.Counts(today=1, come_due=1), Due()))

    assert not desk.window.toast.isVisible()


def test_a_reminder_waits_while_the_laptop_is_in_other_hands(qtbot, desk):
    settled(qtbot, desk)
    other = desk.window.hand_over
    desk.window.setCurrentWidget(other)

    desk.promising._remind((promises.Counts(today=1, come_due=1), Due()))

    assert not desk.window.toast.isVisible()


def test_words_without_a_time_are_asked_about_and_what_is_over_is_refused(qtbot, desk):
    desk.promising.page.make()
    settled(qtbot, desk)
    sheet = desk.promising.page.sheet
    qtbot.waitUntil(sheet.isVisible)
    sheet.form.what.edit.setText("전화")

    for words in ("언젠가", "어제", "2031-01-01"):
        sheet.form.when.edit.setText(words)
        sheet.keep_button.click()
        settled(qtbot, desk)
        assert sheet.isVisible()
        assert sheet.form.when.edit.property("wrong") == "true"
    assert listed(qtbot, desk).counts.open == 0


def test_the_calendar_writes_the_words(qtbot, desk):
    desk.promising.page.make()
    settled(qtbot, desk)
    sheet = desk.promising.page.sheet
    qtbot.waitUntil(sheet.isVisible)
    sheet.form.what.edit.setText("전화")
    sheet.form.pick_button.click()
    assert sheet.form.picker.isVisible()

    QTest.keyClick(sheet.form.picker.calendar, Qt.Key.Key_Return)
    sheet.form.picker.part.setCurrentIndex(sheet.form.picker.part.findData("clock"))
    sheet.form.picker.part.activated.emit(0)
    settled(qtbot, desk)
    sheet.keep_button.click()
    settled(qtbot, desk)

    counts = listed(qtbot, desk).counts
    over = sheet.isVisible()  # past 20:00 the time that was picked is over for today
    assert counts.open == (0 if over else 1)
