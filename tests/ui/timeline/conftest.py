"""The window over a real vault, and somebody's page in it."""

import pytest
from passing_for_tests import Room


@pytest.fixture
def room(qtbot, tmp_path):
    room = Room(qtbot, tmp_path / "vault")
    yield room
    room.tasks.close(5)


@pytest.fixture
def haneul(room):
    file = room.met()
    room.show(file)
    return file
