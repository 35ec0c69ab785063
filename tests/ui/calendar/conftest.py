"""A night in a real vault, and the sheets of a month and of places over a window."""

import pytest
from night_for_tests import Night
from PySide6.QtWidgets import QWidget


@pytest.fixture
def night(qtbot, tmp_path):
    tasks = Night(tmp_path / "vault")
    qtbot.waitUntil(tasks.is_idle)
    yield tasks
    assert tasks.close()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window
