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


def _double_click(qtbot, first, second):
    """As a mouse sends it: the second press is an event of its own kind, and let go as well."""
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(second, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(second, Qt.MouseButton.LeftButton)


def test_a_double_click_asks_and_does_nothing(qtbot, button):
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))

    _double_click(qtbot, button, button)
    qtbot.keyClick(button, Qt.Key.Key_Space)

    assert len(pressed) == 3
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

    _double_click(qtbot, steps.compared_button, steps.use_button)
    qtbot.keyClick(steps.use_button, Qt.Key.Key_Space)
    assert told == []

    qtbot.waitUntil(lambda: not OnePress.of(steps.use_button).isActive())
    qtbot.mouseClick(steps.use_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(steps.use_button, Qt.Key.Key_Space)
    assert told == [True, True]
