"""A counselor's laptop enrolled at a real hub."""

import pytest
from network_of_one import Town


@pytest.fixture
def town(tmp_path, vault):
    town = Town(tmp_path / "town", vault)
    yield town
    town.close()
