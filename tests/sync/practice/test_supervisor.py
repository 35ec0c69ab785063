"""In practice a supervisor signs at once, so that the whole way of a report can be tried."""

import secrets
import time
import uuid

import pytest
from network_for_tests import clock
from vaults_for_tests import a_vault

from desktop.domain.agencies import AgencyKind
from desktop.domain.consents import Item
from desktop.domain.disclosures import Ground, Writing
from desktop.domain.moment import Moment
from desktop.domain.youths import Age
from desktop.services import disclosures, enrolment, exchange, ledger, outreach, youths
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from sync.protocol.states import Delivery


def moment():
    return Moment(clock(), uuid.uuid4())


@pytest.fixture
def laptop(tmp_path, network):
    vault = a_vault(tmp_path / "vault")
    invitation = Invitation(network.code(), network.root)
    state = EnrolmentState.PENDING
    while state is not EnrolmentState.ENROLLED:
        hub = enrolment.unknown_hub(network.url, vault.world)
        state = enrolment.enrol(vault, hub, invitation, moment(), secrets.token_bytes)
        time.sleep(0.05)
    yield vault
    vault.close()


def test_a_report_is_signed_sent_and_received(laptop):
    outreach.begin(laptop, Plan("신림역"), moment())
    youth = youths.meet(laptop, NewYouth("하늘", Age.stated(13)), "", moment()).youth.id
    police = next(
        a for a in disclosures.receivers(laptop, Ground.ABUSE) if a.kind is AgencyKind.POLICE
    )
    words = {Item.SITUATION: "팔에 멍이 있다"}
    writing = Writing(youth, Ground.ABUSE, police.id, "집에서 맞았다고 말했다", words)
    shown = disclosures.preview(laptop, writing, moment(), secrets.token_bytes)
    disclosures.ask(laptop, shown, moment(), secrets.token_bytes)
    line = enrolment.OpenLine()

    far = Delivery.QUEUED
    for _ in range(200):
        exchange.exchange(laptop, line.hub(laptop), clock(), stays_open=True)
        (report,) = disclosures.of_youth(laptop, youth, moment())
        far = report.delivery
        if far is Delivery.OPENED:
            break
        time.sleep(0.05)
    line.close()

    assert far is Delivery.OPENED
    assert len(ledger.page(laptop, -1)[1]) == 1
