"""When nobody asks for it: the desktop's signs, the clock, and whatever holds the keys."""

import sys
import time
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from buses_for_tests import SIGNS
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from screens_for_tests import SCREENS, press
from vaults_for_tests import by_key

from desktop.paths import Places
from ui.locking.waking import Waking

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus belongs to Linux")
WORDS = "잠들기 전에 쓴 말."


def text_kept(tmp_path):
    vault = by_key(Places(tmp_path).vault("practice"))
    try:
        with vault.reading() as db:
            return db.execute("SELECT text FROM note").fetchone()[0]
    finally:
        vault.close()


@LINUX
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_of_the_desktop_keeps_the_words_and_locks(
    desktop, open_note, qtbot, tmp_path, sign
):
    qtbot.waitUntil(desktop.is_delayed)
    open_note.program.desk.window.pages.note.editor.setPlainText(WORDS)

    desktop.say(sign)

    qtbot.waitUntil(lambda: open_note.became == [()])
    assert text_kept(tmp_path) == WORDS


@LINUX
def test_nothing_listens_before_something_is_open(desktop, start_practice, qtbot):
    started = start_practice()
    qtbot.waitUntil(lambda: hasattr(started.program, "guard"))

    desktop.say("sleep")
    qtbot.wait(50)

    assert started.program.guard.signs is None
    assert started.became == []


@pytest.mark.parametrize("screen", ["drop-down", "menu", "dialog", "search", "hand-over"])
def test_the_key_locks_whatever_has_taken_the_keys(open_note, qtbot, screen):
    open_note.program.frame.activateWindow()
    SCREENS[screen](open_note, qtbot)
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)

    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert open_note.became == [()]


@pytest.mark.parametrize("is_save", [False, True], ids=["round", "save"])
def test_a_round_or_a_save_that_hangs_delays_the_lock_two_seconds_at_most(
    open_note, qtbot, is_save
):
    hangs, begun = Event(), Event()
    desk = open_note.program.desk
    tasks = desk.tasks if is_save else desk.line._tasks
    tasks.run(lambda _: (begun.set(), hangs.wait(20)), lambda _: None)
    qtbot.waitUntil(begun.is_set)

    before = time.monotonic()
    open_note.program.lock.lock()
    took = time.monotonic() - before

    assert open_note.became == [()]
    assert took < 2
    assert not any(child.isVisible() for child in (desk.window, open_note.program.frame.pages))
    hangs.set()


def test_a_round_that_hangs_costs_no_word(open_note, qtbot, tmp_path):
    hangs, begun = Event(), Event()
    window = open_note.program.desk.window
    open_note.program.desk.line._tasks.run(lambda _: (begun.set(), hangs.wait(20)), lambda _: None)
    qtbot.waitUntil(begun.is_set)
    window.pages.note.editor.setPlainText(WORDS)

    open_note.program.lock.lock()

    hangs.set()
    qtbot.waitUntil(lambda: can_open(tmp_path))
    assert text_kept(tmp_path) == WORDS


def can_open(tmp_path):
    from desktop.errors import VaultInUse

    try:
        by_key(Places(tmp_path).vault("practice")).close()
    except VaultInUse:
        return False
    return True


class Wall:
    """A clock on the wall, set by hand."""

    def __init__(self):
        self.now = datetime(2026, 11, 20, 12, 40, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.mark.parametrize(
    ("passed", "is_sleep"),
    [
        (timedelta(seconds=4), False),
        (timedelta(seconds=25), False),
        (timedelta(hours=7), True),
        (timedelta(hours=-1), True),
    ],
)
def test_a_clock_that_jumped_means_that_the_machine_slept(qapp, passed, is_sleep):
    wall, woken = Wall(), []
    waking = Waking(wall)
    waking.woke.connect(lambda: woken.append(True))

    wall.now += passed
    waking.look()

    assert bool(woken) is is_sleep


def test_waking_without_a_warning_locks(open_note, qtbot):
    guard = open_note.program.guard
    qtbot.waitUntil(lambda: guard.waking is not None)

    guard.waking.woke.emit()

    assert open_note.became == [()]
