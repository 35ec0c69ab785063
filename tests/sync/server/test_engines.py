"""What PostgreSQL's sessions are told, so that a machine that vanishes holds nobody up."""

import pytest

from sync.server.engines import opened

_SOON = {
    "tcp_user_timeout": "10000",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
}


@pytest.fixture
def told(postgres, tmp_path):
    """Say what both kinds of connections were told; more may stand in the address."""
    address = postgres.new()

    def sessions(more=""):
        engines = opened(tmp_path, address + more)
        try:
            for way in (engines.reading, engines.writing):
                with way.connect() as line:
                    yield line.connection.driver_connection.info.get_parameters()
        finally:
            engines.close()

    yield sessions
    postgres.drop(address)


def test_a_machine_that_vanishes_is_given_up_within_seconds(told):
    for said in told():
        assert said.items() >= _SOON.items()


def test_what_the_address_says_of_it_counts(told):
    for said in told("&tcp_user_timeout=2000&connect_timeout=3"):
        assert (said["tcp_user_timeout"], said["connect_timeout"]) == ("2000", "3")
        assert said["keepalives_idle"] == "10"
