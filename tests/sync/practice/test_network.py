import random
import stat
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.agencies import AgencyKind, Category
from sync.client.directory import organization_of, sealing_key_of
from sync.practice import network as practice_network
from sync.practice.identity import identity_in
from sync.practice.network import network_in
from sync.trust.layout import ROOTS, TIMESTAMP, Role, newest
from sync.trust.making import fingerprint, public_of, stamped
from sync.trust.reading import verified

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)


HUB = bytes(range(1, 33))
"""The hub's key, by which it stamps."""


def listed(network, now):
    return network.repository(public_of(HUB), now)


def book_of(files, now):
    served = {**files, TIMESTAMP: stamped(files, HUB, now)}
    root = newest(files, Role.ROOT)[1]

    def fetch(path, most):
        return root if path.startswith(ROOTS) else served.get(path)

    return verified({}, fingerprint(files), fetch, now).book


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
    book = book_of(listed(network, NIGHT), NIGHT)

    assert book.world == "practice"
    assert {organization_of(listing).name for listing in book.listings} == {
        member.record.name for member in network.members
    }
    for member in network.members:
        assert sealing_key_of(book, member.identity.org) == member.identity.sealing_key


def test_the_directory_is_signed_anew_only_when_it_nears_its_end(network):
    first = listed(network, NIGHT)

    same = listed(network, NIGHT + timedelta(days=55))
    renewed = listed(network, NIGHT + timedelta(days=65))
    rooted = listed(network, NIGHT + timedelta(days=300))

    assert same == first
    assert book_of(renewed, NIGHT + timedelta(days=100)).version == 2
    assert newest(renewed, Role.ROOT)[0] == 1
    assert newest(rooted, Role.ROOT)[0] == 2
    assert book_of(rooted, NIGHT + timedelta(days=380)).version == 3


def test_a_changed_agency_makes_a_new_version(network):
    listed(network, NIGHT)
    fewer = practice_network.Network(network.keepers, network.centre, network.agencies[1:])

    changed = listed(fewer, NIGHT)

    assert book_of(changed, NIGHT).version == 2
    assert len(book_of(changed, NIGHT).listings) == len(network.members) - 1


def test_another_hub_gets_a_new_root_that_follows_from_the_one_before(network):
    before = listed(network, NIGHT)

    after = network.repository(public_of(bytes(32)), NIGHT)

    assert newest(after, Role.ROOT)[0] == 2
    assert after["1.root.json"] == before["1.root.json"]


def test_keys_are_kept_for_the_next_start_and_for_us_alone(network, tmp_path):
    again = network_in(tmp_path, random.Random(7).randbytes)

    before = listed(network, NIGHT)
    assert listed(again, NIGHT) == before
    assert [m.identity for m in again.members] == [m.identity for m in network.members]
    kept = [*tmp_path.rglob("*.key"), *tmp_path.rglob("keys.json")]
    assert len(kept) == 5 + len(network.members)
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept} == {0o600}


def test_an_identity_vouches_for_itself(tmp_path):
    own = identity_in(tmp_path, "org", "desk", random.Random(1).randbytes)

    approval = own.approval(own.own_request(), "desk", NIGHT)

    assert approval.device == own.device
    assert (
        own.keys.seal.open(approval.org_keys[0].enc, b"ysn/v1/orgkey\0" + own.device.encode())
        == own.org_seal
    )
