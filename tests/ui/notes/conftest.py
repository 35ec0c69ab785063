"""A night in a real vault."""

import pytest

from ui.notes.page import NotePage


@pytest.fixture
def page(qtbot, night):
    night.begin(qtbot)
    made = NotePage(night)
    qtbot.addWidget(made)
    made.resize(700, 760)
    made.show()
    return made
