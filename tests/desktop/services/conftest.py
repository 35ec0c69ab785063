"""A counselor's laptop enrolled at a real hub."""

import pytest
from desk_for_tests import AgencyDesk
from network_of_one import Town
from vaults_for_tests import a_vault


@pytest.fixture
def town(tmp_path, vault):
    town = Town(tmp_path / "town", vault)
    yield town
    town.close()


@pytest.fixture
def desk(town, tmp_path):
    desk = AgencyDesk(town, a_vault(tmp_path / "desk"))
    yield desk
    desk.vault.close()
