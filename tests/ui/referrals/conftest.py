"""A counselor's desk over a real vault, joined to a real hub where a test needs agencies."""

import secrets
import uuid

import pytest
from network_for_tests import a_network, clock
from pages_for_tests import a_desk, done

from desktop.domain.moment import Moment
from desktop.services import enrolment
from desktop.services.enrolment import EnrolmentState, Invitation


@pytest.fixture
def tasks(qapp, tmp_path):
    tasks = a_desk(tmp_path / "vault")
    yield tasks
    tasks.close()


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    with a_network(tmp_path_factory.mktemp("network")) as network:
        yield network


@pytest.fixture
def joined(qapp, qtbot, tmp_path, network):
    """Tasks over a vault that its centre has let in; real time, as signatures need."""
    tasks = a_desk(tmp_path / "joined", lambda: Moment(clock(), uuid.uuid4()))
    invitation = Invitation(network.code(), network.root)

    def join(vault):
        hub = enrolment.unknown_hub(network.url, vault.world)
        return enrolment.enrol(vault, hub, invitation, tasks.moment(), secrets.token_bytes)

    while done(qtbot, tasks, join) is not EnrolmentState.ENROLLED:
        qtbot.wait(50)  # as a person's laptop would: a hub counts who asks too often
    yield tasks
    tasks.close()
