"""A laptop that was shut out joins again: what it had queued still leaves, and once."""

import secrets
import shutil
import time
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from builders import a_consent, a_draft
from network_for_tests import a_network
from vaults_for_tests import a_closed_vault, a_vault, by_key

from desktop.domain.ids import ConsentId
from desktop.domain.moment import Moment
from desktop.domain.youths import Age
from desktop.errors import EnrolmentRefused, HubAway, NotEnrolled
from desktop.services import (
    consents,
    enrolment,
    exchange,
    outreach,
    referrals,
    rejoining,
    witness,
    youths,
)
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from sync.server import devices, office
from sync.server.founding import open_hub


def moment():
    # A real hub and real signatures live by the real clock.
    return Moment(datetime.now(UTC), uuid4())  # noqa: TID251


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    with a_network(tmp_path_factory.mktemp("network")) as network:
        yield network


@pytest.fixture
def laptop(tmp_path, network):
    """A laptop that is in, has heard all there is, and has a night and a young person."""
    vault = a_vault(tmp_path / "laptop")
    ask(vault, network, enrolment.enrol, network.code())
    outreach.begin(vault, Plan("신림역"), moment())
    round_of(vault)
    yield vault
    vault.close()


def until(is_so):
    """Ask again until it is so: desks and hub are other processes, with their own pace."""
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Killed(Exception):
    """The program ends here."""


def killed_at_a_nonce(length):
    """Give chance until something is sealed."""
    if length == 12:
        raise Killed
    return secrets.token_bytes(length)


def ask(vault, network, how, code, chance=secrets.token_bytes):
    """Ask until the centre has let it in."""
    invitation = Invitation(code, network.root)

    def asked():
        hub = enrolment.unknown_hub(network.url, vault.world)
        return how(vault, hub, invitation, moment(), chance)

    until(lambda: asked() is EnrolmentState.ENROLLED)


def round_of(vault):
    return exchange.exchange(vault, enrolment.hub(vault), moment().now)


def own(vault):
    with vault.reading() as db:
        return enrolment.current(db)


def shut_out(network, device):
    hub = open_hub(network.folder / "hub", "practice", secrets.token_bytes)
    with closing(hub.store), hub.store.writing() as db:
        devices.revoke(db, network.centre.identity.org, device, moment().now)


def release(vault, network):
    """Queue a referral to the police, who answer everything."""
    agency, now = network.agency("police").identity.org, moment().now
    youth = youths.meet(vault, NewYouth("하늘", Age.stated(17)), "", moment()).youth.id
    consent = a_consent(
        id=ConsentId(uuid4()), youth=youth, agency=agency, asked_at=now,
        valid_until=now.replace(year=now.year + 1),
    )  # fmt: skip
    consents.record(vault, consent, moment())
    shown = referrals.preview(vault, a_draft(youth=youth, agency=agency), moment())
    return referrals.release(vault, shown, moment(), secrets.token_bytes).referral.id


def tracking(vault, referral):
    return next(t for t in referrals.all(vault, moment()) if t.referral.id == referral)


def answered(vault, referral):
    round_of(vault)
    return tracking(vault, referral).status is TaskStatus.ACCEPTED


def test_what_was_queued_leaves_as_the_new_device(laptop, network):
    referral, before = release(laptop, network), own(laptop)
    shut_out(network, before.device)
    refused = round_of(laptop).state

    ask(laptop, network, rejoining.join_again, network.code())
    until(lambda: answered(laptop, referral))

    now = own(laptop)
    assert refused is HubState.REFUSED
    assert now.device != before.device
    assert now.org_keys == before.org_keys
    assert tracking(laptop, referral).delivery is Delivery.OPENED
    assert exchange.outbox(laptop) == ()
    assert not rejoining.is_unfinished(laptop)
    assert witness.behind(laptop) is None
    laptop.verify()


def test_what_the_lost_laptop_had_sent_is_not_sent_twice(laptop, network, tmp_path):
    referral = release(laptop, network)
    found = tmp_path / "restored"
    laptop.empty_log()
    a_closed_vault(found)
    for file in ("hdr.a", "hdr.b", "notes.db", "anchor"):
        shutil.copy(laptop.folder / file, found / file)
    until(lambda: answered(laptop, referral))
    shut_out(network, own(laptop).device)
    restored = by_key(found)

    ask(restored, network, rejoining.join_again, network.code())
    heard = tracking(restored, referral)
    until(lambda: answered(restored, referral))

    assert heard.delivery is not Delivery.QUEUED
    assert exchange.outbox(restored) == ()
    assert tracking(restored, referral).problem == ""
    restored.verify()
    restored.close()


def test_until_it_is_let_in_it_stays_who_it_was(laptop, network):
    before, code = own(laptop), network.code()
    hub = enrolment.unknown_hub("http://127.0.0.1:9", laptop.world)
    invitation = Invitation(code, network.root)

    with pytest.raises(HubAway):
        rejoining.join_again(laptop, hub, invitation, moment(), secrets.token_bytes)
    asked, words = rejoining.begun(laptop), rejoining.words(laptop)

    assert asked == ("http://127.0.0.1:9", invitation)
    assert words != enrolment.words(laptop)
    assert own(laptop) == before
    assert round_of(laptop).state is HubState.REACHED
    rejoining.give_up(laptop)
    assert rejoining.begun(laptop) is None


def test_another_organisations_code_is_refused(laptop, network):
    hub = open_hub(network.folder / "hub", "practice", secrets.token_bytes)
    police = network.agency("police").identity.org
    with closing(hub.store):
        code = office.new_code(hub, police, "desk", secrets.token_bytes, moment().now)
    door = enrolment.unknown_hub(network.url, laptop.world)
    before = own(laptop)

    with pytest.raises(EnrolmentRefused):
        rejoining.join_again(
            laptop, door, Invitation(code, network.root), moment(), secrets.token_bytes
        )

    assert own(laptop) == before
    assert rejoining.begun(laptop) is None


def test_who_never_joined_cannot_join_again(vault, network):
    door = enrolment.unknown_hub(network.url, vault.world)

    with pytest.raises(NotEnrolled):
        rejoining.join_again(
            vault, door, Invitation("A" * 26, network.root), moment(), secrets.token_bytes
        )


def test_cut_off_half_way_it_is_finished_later(laptop, network):
    referral = release(laptop, network)
    shut_out(network, own(laptop).device)
    with pytest.raises(Killed):
        ask(laptop, network, rejoining.join_again, network.code(), killed_at_a_nonce)
    round_of(laptop)
    held = exchange.outbox(laptop)

    done = rejoining.finish(laptop, moment(), secrets.token_bytes)
    until(lambda: answered(laptop, referral))

    assert Kind.CONSENT_GIVEN not in {each.kind for each in held}, "that is said anew at once"
    assert len(held) == 2
    assert not any(each.is_refused for each in held), "the hub's no is no end"
    assert done
    assert exchange.outbox(laptop) == ()
