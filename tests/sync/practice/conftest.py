import pytest
from laptop_for_tests import Laptop
from network_for_tests import a_network


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    with a_network(tmp_path_factory.mktemp("practice")) as running:
        yield running


@pytest.fixture
def laptop(network):
    made = Laptop(network)
    yield made
    made.hub.close()
