"""Things every test of the desktop program may ask for."""

import pytest
from vaults_for_tests import a_vault


@pytest.fixture
def vault(tmp_path):
    """A real, encrypted, empty practice vault, thrown away after the test."""
    vault = a_vault(tmp_path / "vault")
    yield vault
    vault.close()
