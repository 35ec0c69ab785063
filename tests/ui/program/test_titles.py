"""No title, task bar entry or notification carries a name, a place or a word (R-31)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from screens_for_tests import SCREENS, press
from vaults_for_tests import PASSPHRASE

ALLOWED = {"Bammajung", "Bammajung · Practice", " ", ""}


def door(start_practice, qtbot):
    return start_practice().program


def half_a_passphrase(start_practice, qtbot):
    program = start_practice().program
    program.unlock.door.passphrase.edit.setText(PASSPHRASE)
    return program


def recovering(start_practice, qtbot):
    program = start_practice().program
    program.unlock.door.recovery_button.click()
    return program


CLOSED = {"door": door, "half a passphrase": half_a_passphrase, "recovering": recovering}


def seen_outside(app):
    """Return, by where it is seen, every word the desktop is told of our windows."""
    windows, widgets = QGuiApplication.topLevelWindows(), QApplication.topLevelWidgets()
    return {
        "title": {window.title() for window in windows},
        "title of a widget": {widget.windowTitle() for widget in widgets},
        "task bar": {widget.windowIconText() for widget in widgets},
        "recent files": {str(window.filePath()) for window in windows}
        | {widget.windowFilePath() for widget in widgets},
        "program": {app.applicationDisplayName()} - {app.applicationName()},
        "notification": {each.toolTip() for each in app.findChildren(QSystemTrayIcon)},
    }


def assert_nothing_is_told(app):
    for where, words in seen_outside(app).items():
        assert words <= ALLOWED, where


@pytest.mark.parametrize("screen", CLOSED)
def test_a_closed_vault_tells_nothing(qapp, start_practice, qtbot, screen):
    CLOSED[screen](start_practice, qtbot)

    assert_nothing_is_told(qapp)


@pytest.mark.parametrize("screen", SCREENS)
def test_an_open_vault_tells_nothing_one_key_hides_and_one_locks_before_anything_else(
    qapp, open_note, qtbot, screen
):
    frame = open_note.program.frame
    frame.activateWindow()
    SCREENS[screen](open_note, qtbot)
    qtbot.waitUntil(open_note.program.desk.tasks.is_idle)
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    assert_nothing_is_told(qapp)
    painted = Painted(frame)

    press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)

    assert frame.is_hidden()
    assert painted.is_bare
    shown = [each for each in QGuiApplication.topLevelWindows() if each.isVisible()]
    assert shown == [frame.windowHandle()]

    press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert open_note.became == [()]


class Painted:
    """Whether the window was painted without anything on it, with no turn of the loop between."""

    def __init__(self, frame):
        self.is_bare = False
        usual = frame.paintEvent

        def watched(event):
            usual(event)
            self.is_bare = not any(
                child.isVisible() for child in frame.children() if child.isWidgetType()
            )

        frame.paintEvent = watched


def test_a_title_that_did_would_be_noticed(qapp, open_note, qtbot):
    careless = QWidget()
    qtbot.addWidget(careless)
    careless.setWindowTitle("하늘 (16) · 신림역")
    careless.show()

    with pytest.raises(AssertionError):
        assert_nothing_is_told(qapp)
