"""A night in a real vault."""

import pytest
from night_for_tests import Night

from ui.notes.page import NotePage


@pytest.fixture
def night(qtbot, tmp_path):
    tasks = Night(tmp_path / "vault")
    qtbot.waitUntil(tasks.is_idle)
    yield tasks
    assert tasks.close()


@pytest.fixture
def page(qtbot, night):
    night.begin(qtbot)
    made = NotePage(night)
    qtbot.addWidget(made)
    made.resize(700, 760)
    made.show()
    return made
