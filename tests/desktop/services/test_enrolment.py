"""A laptop joins a hub once, over real HTTP, and the whole way of a referral is walked."""

import json
import secrets
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from builders import WORDS, a_consent, a_draft
from network_for_tests import a_network
from vaults_for_tests import a_vault

from desktop.domain.agencies import AgencyKind
from desktop.domain.ids import ConsentId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Erasure
from desktop.domain.youths import Age
from desktop.errors import EnrolmentRefused, HubAway, NotEnrolled, WrongWorld
from desktop.services import (
    agencies,
    consents,
    enrolment,
    exchange,
    outreach,
    referrals,
    withdrawals,
    youths,
)
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState
from desktop.services.outreach import Plan
from desktop.services.withdrawals import Withdrawal
from desktop.services.youths import NewYouth
from desktop.trust_errors import DirectoryRunOut
from desktop.vault import enrolment as row
from desktop.vault import mailbox
from sync.protocol.states import Delivery, TaskStatus


def moment():
    # A real hub and real signatures live by the real clock.
    return Moment(datetime.now(UTC), uuid4())  # noqa: TID251


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    with a_network(tmp_path_factory.mktemp("network")) as network:
        yield network


def ask(vault, network, code, root=None, at=None):
    hub = enrolment.unknown_hub(network.url, vault.world)
    invitation = Invitation(code, root or network.root)
    return enrolment.enrol(vault, hub, invitation, at or moment(), secrets.token_bytes)


def join(vault, network):
    code = network.code()
    return until(lambda: ask(vault, network, code) is EnrolmentState.ENROLLED)


def until(is_so):
    """Ask again until it is so: desks and hub are other processes, with their own pace."""
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return True


def round_of(vault):
    return exchange.exchange(vault, enrolment.hub(vault), moment().now)


def test_a_laptop_is_let_in_and_knows_the_agencies(vault, network):
    before = enrolment.state(vault)

    join(vault, network)

    found = agencies.all(vault)
    assert (before, enrolment.state(vault)) == (EnrolmentState.NONE, EnrolmentState.ENROLLED)
    assert {a.kind for a in found} <= set(AgencyKind) - {AgencyKind.OTHER}
    assert len(found) == len(network.agencies)
    assert all(a.name and a.services for a in found)
    assert network.centre.identity.org not in {a.id for a in found}
    with vault.reading() as db:
        known = mailbox.place(db).epoch
    assert round_of(vault).state is HubState.REACHED
    # Which life of the hub it is was known before anything could be offered to it.
    with vault.reading() as db:
        assert known == mailbox.place(db).epoch != ""


def test_joining_again_changes_nothing(vault, network):
    join(vault, network)
    with vault.reading() as db:
        before = db.execute("SELECT record FROM enrolment").fetchone()

    assert ask(vault, network, "ANYTHING") is EnrolmentState.ENROLLED

    with vault.reading() as db:
        assert db.execute("SELECT record FROM enrolment").fetchone() == before


def test_before_joining_there_is_no_line_and_no_agency(vault):
    with pytest.raises(NotEnrolled):
        enrolment.hub(vault)
    assert agencies.all(vault) == ()
    assert exchange.line(vault).hub == ""


def test_a_code_that_was_never_given_is_refused(vault, network):
    with pytest.raises(EnrolmentRefused):
        ask(vault, network, "0" * 26)


def test_a_directory_under_another_root_is_refused(vault, network):
    code = network.code()

    with pytest.raises(EnrolmentRefused):
        until(lambda: ask(vault, network, code, root=bytes(31) + b"\1") is None)

    assert enrolment.state(vault) is EnrolmentState.PENDING


def test_a_clock_that_is_ahead_is_named_and_the_same_code_counts_once_it_is_right(vault, network):
    code = network.code()
    late = Moment(moment().now + timedelta(days=10), uuid4())

    with pytest.raises(DirectoryRunOut):
        until(lambda: ask(vault, network, code, at=late) is EnrolmentState.ENROLLED)

    assert enrolment.state(vault) is EnrolmentState.PENDING
    assert until(lambda: ask(vault, network, code) is EnrolmentState.ENROLLED)


def test_a_vault_that_joined_before_there_was_a_root_joins_again(vault, network):
    join(vault, network)
    with vault.transaction() as db:
        record = json.loads(db.execute("SELECT record FROM enrolment").fetchone()[0])
        del record["root"], record["org_sign"]
        record["root_pub"] = "A" * 43 + "="
        row.keep(db, json.dumps(record))

    before = enrolment.state(vault)
    with vault.reading() as db:
        assert enrolment.current(db).is_complete
    assert agencies.all(vault)
    join(vault, network)

    assert (before, enrolment.state(vault)) == (EnrolmentState.NONE, EnrolmentState.ENROLLED)
    assert round_of(vault).state is HubState.REACHED


def test_a_vault_of_the_other_world_is_kept_out(vault, network):
    hub = enrolment.unknown_hub(network.url, "real")

    with pytest.raises(WrongWorld):
        enrolment.enrol(
            vault, hub, Invitation(network.code(), network.root), moment(), secrets.token_bytes
        )


def test_a_hub_that_is_away_costs_nothing(vault):
    hub = enrolment.unknown_hub("http://127.0.0.1:9", "practice")

    with pytest.raises(HubAway):
        enrolment.enrol(
            vault, hub, Invitation("CODE", bytes(31) + b"\1"), moment(), secrets.token_bytes
        )

    assert enrolment.state(vault) is EnrolmentState.PENDING
    asked = ("http://127.0.0.1:9", Invitation("CODE", bytes(31) + b"\1"))
    assert enrolment.begun(vault) == asked  # asked again on another day


def test_an_address_that_would_be_overheard_is_refused():
    with pytest.raises(EnrolmentRefused):
        enrolment.unknown_hub("http://hub.example", "real")


def test_the_whole_way_of_a_referral_and_back(tmp_path, network):
    vault = a_vault(tmp_path / "laptop")
    join(vault, network)
    agency = network.agency("police").identity.org
    outreach.begin(vault, Plan("신림역"), moment())
    youth = youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", moment()).youth.id
    now = moment().now
    consent = consents.record(
        vault,
        a_consent(
            id=ConsentId(uuid4()), youth=youth, agency=agency, asked_at=now,
            valid_until=now.replace(year=now.year + 1),
        ),
        moment(),
    )  # fmt: skip
    shown = referrals.preview(vault, a_draft(youth=youth, agency=agency), moment())
    sent = referrals.release(vault, shown, moment(), secrets.token_bytes).referral.id

    def tracking():
        round_of(vault)
        return next(t for t in referrals.all(vault, moment()) if t.referral.id == sent)

    until(lambda: tracking().replies)
    answered = tracking()
    withdrawal = withdrawals.withdraw(vault, consent.id, moment())
    until(lambda: tracking().erasure is Erasure.DESTROYED)

    ended = tracking()
    vault.close()
    assert dict(shown.rows) == WORDS
    assert (answered.delivery, answered.status) == (Delivery.OPENED, TaskStatus.ACCEPTED)
    assert {"queued", "sent", "delivered", "opened", "accepted"} <= set(answered.steps)
    assert withdrawal == Withdrawal(0, 1)
    assert ended.status is TaskStatus.CANCELLED


def test_a_hub_that_stops_is_a_state(vault, network):
    join(vault, network)
    network.stop_hub()
    try:
        assert round_of(vault).state is HubState.AWAY
    finally:
        network.start_hub()
    until(lambda: round_of(vault).state is HubState.REACHED)


def test_a_line_stays_open_from_round_to_round(vault, network):
    join(vault, network)
    line = enrolment.OpenLine()
    with closing(line):
        rounds = [
            exchange.exchange(vault, line.hub(vault), moment().now, stays_open=True)
            for _ in range(3)
        ]
        pools = line.hub(vault)._session.get_adapter(network.url).poolmanager.pools
        (pool,) = (pools[key] for key in pools.keys())  # noqa: SIM118 - its iterator is forbidden

    assert [r.state for r in rounds] == [HubState.REACHED] * 3
    assert (pool.num_connections, pool.num_requests) == (1, 3)
