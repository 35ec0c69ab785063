"""A hidden window: nothing on it, nothing typed into it, and locked when it stays hidden."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from screens_for_tests import SCREENS

from desktop.paths import Places
from desktop.settings import Settings, save
from ui import lock
from ui.__main__ import _usual
from ui.main import Program
from ui.world import HIDDEN, PRACTICE, Start


@pytest.fixture
def guard(open_note, qtbot):
    qtbot.waitUntil(lambda: open_note.program.guard.waking is not None)
    return open_note.program.guard


def press(qtbot, program, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(program.frame.windowHandle(), key, held)


HIDE = (Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.mark.parametrize("screen", ["new contact", "search", "referral", "hand-over"])
def test_what_was_open_is_given_back_as_it_was(open_note, qtbot, screen):
    SCREENS[screen](open_note, qtbot)
    frame = open_note.program.frame
    qtbot.waitUntil(open_note.program.desk.tasks.is_idle)
    before = frame.grab().toImage()

    press(qtbot, open_note.program, *HIDE)
    assert frame.grab().toImage() != before
    press(qtbot, open_note.program, *HIDE)

    assert frame.windowTitle() == "Bammajung · Practice"
    assert not any(child.isHidden() for child in (frame.pages, frame.band))


def test_what_is_typed_at_a_hidden_window_goes_nowhere(open_note, qtbot):
    note = open_note.program.desk.window.pages.note
    note.editor.setPlainText("벤치에서.")
    note.editor.setFocus()
    press(qtbot, open_note.program, *HIDE)

    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
        press(qtbot, open_note.program, key)

    assert note.editor.toPlainText() == "벤치에서."
    assert open_note.program.frame.is_hidden()


def test_the_keyboard_is_where_it_was_when_everything_is_back(open_note, qtbot):
    program, editor = open_note.program, open_note.program.desk.window.pages.note.editor
    program.frame.activateWindow()
    qtbot.waitUntil(program.frame.isActiveWindow)
    editor.setFocus()

    press(qtbot, program, *HIDE)
    press(qtbot, program, *HIDE)

    assert program.frame.focusWidget() is editor


def test_a_window_that_stays_hidden_locks_and_comes_back_hidden(open_note, guard, qtbot):
    open_note.program.frame.toggle_hidden()
    assert guard._hidden.isActive()
    press(qtbot, open_note.program, Qt.Key.Key_A)  # somebody tries the keys
    assert 0 < guard._hidden.remainingTime() < 65_000

    guard._hidden.timeout.emit()

    assert open_note.became == [(HIDDEN,)]


def test_a_window_that_is_shown_again_in_time_does_not_lock(open_note, guard):
    open_note.program.frame.toggle_hidden()
    open_note.program.frame.toggle_hidden()

    assert not guard._hidden.isActive()
    open_note.program.lock.lock()
    assert open_note.became == [()]


@pytest.mark.parametrize("words", [[HIDDEN], ["--home", "x", HIDDEN], ["--practice", HIDDEN]])
def test_what_comes_back_hidden_is_otherwise_the_same(words):
    usual = _usual([word for word in words if word != HIDDEN])

    start = _usual(words)

    assert start.is_hidden
    assert (start.home, start.world) == (usual.home, usual.world)


def test_it_comes_back_hidden_only_for_as_long_as_it_is(monkeypatch):
    seen = []
    monkeypatch.setattr("os.execve", lambda *given: seen.append(given[1]))
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "ui", "--practice", HIDDEN])

    lock.start_again(())
    lock.start_again((HIDDEN,))

    assert [each[1:] for each in seen] == [
        ["-m", "ui", "--practice"],
        ["-m", "ui", "--practice", HIDDEN],
    ]


def test_a_program_that_comes_back_hidden_shows_the_way_in_when_asked(
    qapp, qtbot, tmp_path, keyring
):
    save(Places(tmp_path).settings, Settings(language="en"))
    program = Program(qapp, Start(tmp_path, PRACTICE, is_hidden=True), lambda _: None)
    program.practice = None
    qtbot.addWidget(program.frame)
    program.show()
    qtbot.waitUntil(lambda: "guard" in vars(program))

    assert program.frame.windowTitle() == " "
    assert not program.unlock.isVisible()
    assert not program.guard._hidden.isActive()  # nothing is open: there is nothing to lock
    press(qtbot, program, *HIDE)

    assert program.unlock.isVisible()
    assert QGuiApplication.topLevelWindows()
    program.frame.close()
