"""No title, task bar entry or notification carries a name, a place or a word (R-31)."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from screens_for_tests import SCREENS
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
def test_an_open_vault_tells_nothing(qapp, open_note, qtbot, screen):
    SCREENS[screen](open_note, qtbot)
    qtbot.waitUntil(open_note.program.desk.tasks.is_idle)

    assert_nothing_is_told(qapp)


def test_a_title_that_did_would_be_noticed(qapp, open_note, qtbot):
    careless = QWidget()
    qtbot.addWidget(careless)
    careless.setWindowTitle("하늘 (16) · 신림역")
    careless.show()

    with pytest.raises(AssertionError):
        assert_nothing_is_told(qapp)
