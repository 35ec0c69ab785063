"""Lock saves, closes and becomes another process; nothing on screen stops it."""

import os
import subprocess
import sys

import pytest
from builders import a_moment
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit
from vaults_for_tests import by_key

from desktop.errors import HubAway
from desktop.paths import Places
from desktop.services import youths
from ui import lock


def saved_text(tmp_path, ids):
    vault = by_key(Places(tmp_path).vault("practice"))
    try:
        return youths.open_file(vault, *ids, a_moment()).note.text
    finally:
        vault.close()


def test_what_was_typed_is_kept_before_the_process_is_replaced(open_note, tmp_path):
    program = open_note.program
    program.desk.window.pages.note.editor.setPlainText("추워서 손이 얼었다고 함.")

    program.lock.lock()

    assert open_note.became == [()]
    assert "손이 얼었다고" in saved_text(tmp_path, open_note.ids)


def test_an_open_sheet_does_not_stop_the_lock(open_note, qtbot):
    program = open_note.program
    program.desk.window.settings_wanted.emit()
    qtbot.waitUntil(program.desk.window.settings.isVisible)

    program.lock.lock()

    assert open_note.became == [()]


def test_nobody_there_locks_an_open_window(open_note):
    open_note.program.idle.left_alone.emit()

    assert open_note.became == [()]


def test_nobody_at_the_door_only_takes_the_words_away(start_practice):
    started = start_practice()
    started.program.unlock.door.passphrase.edit.setText("half a passphr")

    started.program.idle.left_alone.emit()

    assert started.became == []
    assert started.program.unlock.door.passphrase.words() == ""


def test_a_key_counts_as_somebody_there(open_note, qtbot):
    program = open_note.program
    program.idle._timer.stop()

    qtbot.keyClick(program.frame.windowHandle(), Qt.Key.Key_A)

    assert program.idle._timer.isActive()


def test_a_hand_that_has_just_pressed_a_key_does_not_rest(open_note, qtbot, monkeypatch):
    program = open_note.program
    qtbot.keyClick(program.frame.windowHandle(), Qt.Key.Key_A)
    assert not program.idle.is_resting()

    monkeypatch.setattr("ui.lock._REST", 50)

    qtbot.waitUntil(program.idle.is_resting)


def test_quick_hide_shows_nothing_and_gives_everything_back(open_note, qtbot):
    frame = open_note.program.frame

    frame.toggle_hidden()
    assert not open_note.program.desk.window.isVisible()
    assert not frame.band.isVisible()
    assert frame.windowTitle().strip() == ""

    frame.toggle_hidden()
    assert open_note.program.desk.window.isVisible()
    assert "Practice" in frame.windowTitle()


class Keyboard:
    """The operating system's input method; it notes what was on screen when it was asked."""

    def __init__(self, frame):
        self._frame, self.was_hidden_at_commit = frame, []

    def inputMethod(self):
        return self

    def commit(self):
        self.was_hidden_at_commit.append(self._frame.is_hidden())


def test_the_syllable_being_composed_is_committed_before_hiding(open_note, monkeypatch):
    frame = open_note.program.frame
    keyboard = Keyboard(frame)
    monkeypatch.setattr("ui.widgets.frame.QGuiApplication", keyboard)

    frame.toggle_hidden()

    assert keyboard.was_hidden_at_commit == [False]
    assert frame.is_hidden()


def test_quitting_keeps_what_was_typed(open_note, tmp_path):
    open_note.program.desk.window.pages.note.editor.setPlainText("버스에서 기다리기로 함.")

    open_note.program.lock.close()

    assert open_note.became == []
    assert "버스에서" in saved_text(tmp_path, open_note.ids)


def test_the_same_command_starts_again_in_a_clean_environment(monkeypatch):
    seen = []
    monkeypatch.setattr(os, "execve", lambda *given: seen.append(given))
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "ui", "--home", "/somewhere"])
    monkeypatch.setenv("LD_PRELOAD", "evil.so")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")

    lock.start_again()

    [(program, command, environment)] = seen
    assert program == sys.executable
    assert command == [sys.executable, "-m", "ui", "--home", "/somewhere"]
    assert environment["LC_ALL"] == "ko_KR.UTF-8"
    assert not {"LD_PRELOAD", "PYTHONPATH"} & environment.keys()


def test_a_bug_is_logged_without_what_it_said(open_note, tmp_path):
    program = open_note.program

    program.say_bug(ValueError("하늘이 한 말"))

    log = Places(tmp_path).logs / "bammajung.log"
    assert "ValueError" in log.read_text("utf-8")
    assert "하늘" not in log.read_text("utf-8")
    assert "kept" in program.desk.window.toast.label.text()


def test_everything_that_can_be_used_has_a_name_for_a_screen_reader(open_note):
    frame = open_note.program.frame
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit)

    nameless = [
        each
        for kind in kinds
        for each in frame.findChildren(kind)
        if each.isVisible() and not (each.accessibleName() or getattr(each, "text", str)())
    ]

    # A line's own small buttons are actions with a text; Qt draws them inside the line.
    assert [each for each in nameless if not isinstance(each.parent(), QLineEdit)] == []


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (1180, 680)])
def test_the_window_fits_a_small_laptop(open_note, qtbot, size):
    frame = open_note.program.frame
    frame.resize(*size)
    side = open_note.program.desk.window.side

    qtbot.waitUntil(lambda: (frame.width(), frame.height()) == size)
    assert side.geometry().right() < size[0]


def test_in_a_young_person_s_hands_no_key_leads_to_anyone_else(open_note, qtbot):
    window = open_note.program.desk.window
    handle = open_note.program.frame.windowHandle()
    handle.requestActivate()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(handle, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.palette_sheet.isVisible)
    window.palette_sheet.leave()

    window.setCurrentWidget(window.hand_over)
    for key in (Qt.Key.Key_K, Qt.Key.Key_N):
        qtbot.keyClick(handle, key, Qt.KeyboardModifier.ControlModifier)
    window.say_failed(HubAway())

    assert not window.palette_sheet.isVisible()
    assert not window.rail.sheet.isVisible()
    assert not window.toast.isVisible()


def test_a_program_that_was_moved_away_ends_instead_of_staying_open():
    child = "import sys; from ui import lock; sys.executable = '/gone'; lock.start_again()"

    done = subprocess.run([sys.executable, "-c", child + "; print('open')"], capture_output=True)

    assert done.returncode == 1
    assert done.stdout == b""
