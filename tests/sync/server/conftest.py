import shutil

import pytest
from hub_for_tests import HubForTests


@pytest.fixture(scope="session")
def a_founded_hub(tmp_path_factory):
    """A hub with its organisations seated, closed: founding one takes longer than copying it."""
    home = tmp_path_factory.mktemp("founded")
    HubForTests(home).close()
    return home


@pytest.fixture
def house(a_founded_hub, tmp_path):
    home = shutil.copytree(a_founded_hub, tmp_path / "house")
    made = HubForTests(home, seed=2)
    yield made
    made.close()


@pytest.fixture
def centre(house):
    return house.centre


@pytest.fixture
def shelter(house):
    return house.shelter


@pytest.fixture
def clinic(house):
    return house.clinic


@pytest.fixture
def consent(house, centre, shelter):
    """The id of a consent the hub knows, for the shelter."""
    name = centre.fresh()
    assert house.outcomes(centre, centre.consent(name, shelter)) == ["accepted"]
    return name


@pytest.fixture
def request_sent(house, centre, shelter, consent):
    """A referral to the shelter that the hub has accepted."""
    message = centre.referral(consent, shelter)
    assert house.outcomes(centre, message) == ["accepted"]
    return message
