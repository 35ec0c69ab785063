import shutil
from contextlib import contextmanager

import pytest
from backups_for_tests import say
from hub_for_tests import HubForTests
from portable_sql import watched
from postgres_for_tests import a_postgres

from sync.protocol.backups import BackupRule


@pytest.fixture(scope="session")
def postgres():
    with a_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def strange_statements():
    with watched() as found:
        yield found


@pytest.fixture(autouse=True)
def nothing_beyond_portable_sql(strange_statements, request):
    """Fail the test that says something to a database which not every one understands."""
    yield
    said = dict(strange_statements)
    strange_statements.clear()
    is_planted = request.module.__name__.endswith("test_portable_sql")
    assert is_planted or not said


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request):
    """The database this run of a test uses: every test that opens a hub runs on both."""
    return request.param


@pytest.fixture(scope="session")
def a_database(engine, request):
    """`with a_database() as address`: a new one, or a copy of `like`; SQLite needs no address."""
    server = request.getfixturevalue("postgres") if engine == "postgresql" else None

    @contextmanager
    def made(like=""):
        if not server:
            yield ""
        elif like:
            with server.copy(like) as address:
                yield address
        else:
            address = server.new()
            yield address
            server.drop(address)

    return made


@pytest.fixture(scope="session")
def a_founded_hub(a_database, tmp_path_factory):
    """A hub with its organisations seated, closed: founding one takes longer than copying it."""
    home = tmp_path_factory.mktemp("founded")
    with a_database() as address:
        HubForTests(home, database=address).close()
        yield home, address


@pytest.fixture
def house(a_founded_hub, a_database, tmp_path):
    founded, like = a_founded_hub
    home = shutil.copytree(founded, tmp_path / "house")
    with a_database(like) as address:
        made = HubForTests(home, seed=2, database=address)
        yield made
        made.close()


@pytest.fixture
def database(a_database):
    """The address of an empty database."""
    with a_database() as address:
        yield address


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


@pytest.fixture
def laptop(house, centre):
    """A laptop of the centre, which wishes its laptops' sealed backups to be kept."""
    assert say(house, centre, "/v1/orgs/backups", BackupRule(True)).status == 200
    return house.let_in(centre)
