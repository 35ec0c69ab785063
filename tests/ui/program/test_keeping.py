"""From the settings and from Ctrl+K one comes to backups, to what ends, and to who looked."""

import pytest
from PySide6.QtWidgets import QWidget


def is_open(window, name):
    sheet = window.findChild(QWidget, name)
    return sheet is not None and sheet.isVisible()


@pytest.mark.parametrize("key", ["backups", "ending", "looks", "ledger"])
def test_an_action_opens_its_sheet(open_window, qtbot, key):
    window = open_window.program.desk.window

    window.action_chosen.emit(key)

    qtbot.waitUntil(lambda: is_open(window, f"{key}-sheet"))


@pytest.mark.parametrize("key", ["backups", "ending"])
def test_a_door_in_the_settings_opens_its_sheet(open_window, qtbot, key):
    window = open_window.program.desk.window
    window.settings.open()

    window.settings.doors.buttons[key].click()

    qtbot.waitUntil(lambda: is_open(window, f"{key}-sheet"))
    assert not window.settings.isVisible()
