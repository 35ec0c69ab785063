"""A night in a real vault."""

import pytest
from night_for_tests import Night


@pytest.fixture
def night(qtbot, tmp_path):
    tasks = Night(tmp_path / "vault")
    qtbot.waitUntil(tasks.is_idle)
    yield tasks
    assert tasks.close()
