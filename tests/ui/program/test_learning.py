"""The first evening inside the program: it follows what is really done, and can be put away."""

from dataclasses import replace

import pytest
from pages_for_tests import NIGHT, a_tracking
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from vaults_for_tests import PASSPHRASE, by_key

from desktop.domain.learning import Learning, Lesson
from desktop.domain.referrals import Reply
from desktop.paths import Places
from desktop.services import learning


@pytest.fixture
def door(open_window, qtbot):
    """Open a window on which the first evening was begun by F1."""
    window = open_window.program.desk.window
    qtbot.waitUntil(window.tasks.is_idle)
    QTest.keyClick(window.board, Qt.Key.Key_F1)
    return open_window.program.desk.learning


def kept(tmp_path):
    vault = by_key(Places(tmp_path).vault("practice"))
    try:
        return learning.kept(vault)
    finally:
        vault.close()


def opened_again(start_practice, qtbot):
    program = start_practice().program
    program.unlock.door.passphrase.edit.setText(PASSPHRASE)
    program.unlock.door.unlock_button.click()
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.joining is not None)
    program.desk.joining.skip_button.click()
    return program


def a_whole_evening(open_window, door, qtbot):
    window = open_window.program.desk.window
    window.rail.outreach_begun.emit()
    window.open_file(*open_window.ids)
    qtbot.waitUntil(lambda: window.board.middle.currentIndex() == 1)
    window.pages.note.editor.setPlainText("버스 앞에서 인사함.")
    window.pages.save_now()
    qtbot.waitUntil(lambda: door.lesson is Lesson.FIND)
    window.palette_sheet.query.setText("인사")
    window.palette_sheet.youth_chosen.emit(*open_window.ids)
    assert door.lesson is Lesson.CONSENT
    window.handed_back.emit(None)  # the laptop came back without an answer
    assert door.lesson is Lesson.CONSENT
    window.handed_back.emit(object())
    window.released.emit()
    assert door.lesson is Lesson.ANSWER
    file = window.pages.file
    answered = a_tracking(file, replies=(Reply("함께할게요.", NIGHT),))
    window.pages.shown.emit(replace(file, trackings=(answered,)))


def test_it_follows_what_is_really_done_and_ends_with_the_lock(
    open_window, door, start_practice, qtbot, tmp_path
):
    assert door.lesson is Lesson.NIGHT
    assert door.strip.isVisible()

    a_whole_evening(open_window, door, qtbot)
    assert door.lesson is Lesson.LOCK
    assert "Lock" in door.strip.accessibleName()
    open_window.program.lock.lock()

    assert kept(tmp_path) == Learning(frozenset(Lesson))
    again = opened_again(start_practice, qtbot)
    qtbot.waitUntil(again.desk.tasks.is_idle)
    assert "strip" not in vars(again.desk.learning)


def test_what_was_put_away_stays_so_until_it_is_asked_for(
    open_window, door, start_practice, qtbot, tmp_path
):
    open_window.program.desk.window.rail.outreach_begun.emit()
    door.strip.skip_button.click()
    assert not door.strip.isVisible()
    open_window.program.lock.lock()
    assert kept(tmp_path) == Learning(frozenset({Lesson.NIGHT}), is_skipped=True)

    again = opened_again(start_practice, qtbot).desk
    again.learning.offer()
    qtbot.waitUntil(again.tasks.is_idle)
    assert "strip" not in vars(again.learning)
    again.window.drawer_wanted.emit("learning")

    assert again.learning.strip.isVisible()
    assert again.learning.lesson is Lesson.NOTE


def test_it_begins_by_itself_only_where_it_never_was(open_window, qtbot):
    door = open_window.program.desk.learning
    qtbot.waitUntil(open_window.program.desk.tasks.is_idle)
    assert "strip" not in vars(door)

    door.offer()

    qtbot.waitUntil(lambda: door.lesson is Lesson.NIGHT)
    assert door.strip.isVisible()


def test_the_ring_points_and_lets_every_click_through(open_window, door, qtbot):
    window = open_window.program.desk.window
    window.rail.outreach_begun.emit()
    assert door.lesson is Lesson.NOTE

    door.strip.show_button.click()

    assert door.pointing.isVisible()
    assert window.header.new_button.hasFocus()
    assert door.pointing.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_it_blocks_nothing_and_every_button_has_a_name(open_window, door):
    window = open_window.program.desk.window

    QTest.keyClick(window.board, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert window.rail.sheet.isVisible() or window.rail._tonight is None
    assert door.strip.accessibleName()
    assert door.strip.show_button.text()
    assert door.strip.skip_button.text()
