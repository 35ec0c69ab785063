"""What its own button asks about once more is not done by a double click."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.widgets.compared import ComparedSteps
from ui.widgets.twice import OnePress, TwiceButton

SHORT = 200


@pytest.fixture
def button(qtbot, nobody_waits_for_a_double_click):
    QApplication.setDoubleClickInterval(SHORT)
    button = TwiceButton("Leave it", "Leave it? Press again")
    button.told = []
    button.agreed.connect(lambda: button.told.append(True))
    qtbot.addWidget(button)
    button.show()
    yield button
    QApplication.setDoubleClickInterval(0)


def test_a_double_click_asks_and_does_nothing(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)

    assert button.told == []
    assert button.text() == button.accessibleName() == "Leave it? Press again"


def test_a_second_press_does_it(qtbot, button):
    button.click()
    qtbot.waitUntil(lambda: not button._press.isActive())

    button.click()

    assert button.told == [True]


def test_at_rest_it_asks_anew(qtbot, button):
    QApplication.setDoubleClickInterval(0)
    button.click()
    button.rest()
    assert button.text() == "Leave it"

    button.click()

    assert button.told == []


def test_a_double_click_does_not_reach_what_comes_in_its_place(qtbot, button):
    steps, told = ComparedSteps("key"), []
    qtbot.addWidget(steps)
    steps.agreed.connect(lambda: told.append(True))
    steps.show()

    qtbot.mouseClick(steps.compared_button, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(steps.use_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(steps.use_button, Qt.Key.Key_Space)
    assert told == []

    qtbot.waitUntil(lambda: not OnePress.of(steps.use_button).isActive())
    qtbot.mouseClick(steps.use_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(steps.use_button, Qt.Key.Key_Space)
    assert told == [True, True]
