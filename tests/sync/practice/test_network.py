import random
import stat
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.agencies import AgencyKind, Category
from sync.client.directory import organization_of, sealing_key_of, verify
from sync.practice import network as practice_network
from sync.practice.identity import identity_in
from sync.practice.network import network_in

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)


@pytest.fixture
def network(tmp_path):
    return network_in(tmp_path, random.Random(1388).randbytes)


def test_all_thirteen_kinds_of_linked_body_are_there(network):
    kinds = {member.record.kind for member in network.agencies}

    assert kinds == {kind.value for kind in AgencyKind} - {"other"}
    assert network.centre.record.kind == "counseling-center"


def test_every_kind_of_help_is_offered_by_somebody(network):
    services = [service for member in network.members for service in member.record.services]

    assert {service.category for service in services} == {category.value for category in Category}
    assert all(service.status == "active" for service in services)


def test_every_agency_can_be_shown_and_answers(network):
    for member in network.members:
        record = member.record
        assert record.name
        assert record.description
        assert record.phone.startswith("02-000-")
        assert record.address.startswith("가온시 달빛구 ")
        assert record.hours
        assert member.reply.endswith((".", "요"))
    replies = [member.reply for member in network.agencies]
    assert len(set(replies)) == len(replies)


def test_the_directory_names_every_agency_and_its_key(network):
    book = verify(network.directory(NIGHT), network.root.public, NIGHT, 1)

    assert book.world == "practice"
    assert [organization_of(listing).name for listing in book.listings] == [
        member.record.name for member in network.members
    ]
    for member in network.members:
        assert sealing_key_of(book, member.identity.org) == member.identity.sealing_key


def test_the_directory_is_signed_anew_only_when_it_nears_its_end(network):
    first = network.directory(NIGHT)

    same = network.directory(NIGHT + timedelta(days=270))
    renewed = network.directory(NIGHT + timedelta(days=280))

    assert same == first
    later = NIGHT + timedelta(days=600)
    assert verify(renewed, network.root.public, later, 2).version == 2


def test_a_changed_agency_makes_a_new_version(network, tmp_path):
    network.directory(NIGHT)
    fewer = practice_network.Network(
        network.root, network.centre, network.agencies[1:], network.folder
    )

    changed = fewer.directory(NIGHT)

    assert verify(changed, network.root.public, NIGHT, 2).version == 2


def test_keys_are_kept_for_the_next_start_and_for_us_alone(network, tmp_path):
    again = network_in(tmp_path, random.Random(7).randbytes)

    assert again.root == network.root
    assert [m.identity for m in again.members] == [m.identity for m in network.members]
    kept = [*tmp_path.rglob("*.key"), *tmp_path.rglob("keys.json")]
    assert len(kept) == 1 + len(network.members)
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept} == {0o600}


def test_an_identity_vouches_for_itself(tmp_path):
    own = identity_in(tmp_path, "org", "desk", random.Random(1).randbytes)

    approval = own.approval(own.own_request(), "desk", NIGHT)

    assert approval.device == own.device
    assert (
        own.keys.seal.open(approval.org_keys[0].enc, b"ysn/v1/orgkey\0" + own.device.encode())
        == own.org_seal
    )
