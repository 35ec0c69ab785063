"""A counselor's desk over a real vault."""

import pytest
from pages_for_tests import a_desk


@pytest.fixture
def tasks(qapp, tmp_path):
    tasks = a_desk(tmp_path / "vault")
    yield tasks
    tasks.close()
