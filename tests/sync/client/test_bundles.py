"""A bundle opens for our own organisation, whole and the right way round, or not at all."""

import random
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.client import bundles
from sync.client.bundles import Brought, Handed, Returned, Way
from sync.client.errors import BundleRefused, KeyUnusable, NotForUs, Tampered, Untrusted
from sync.client.padding import padme
from sync.client.signing import SigningKey
from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.carrying import Carried, carried_words
from sync.protocol.codec import packed
from sync.protocol.messages import Message

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
NEEDLE = b"needle-in-a-message-0001"


@pytest.fixture
def hub_key(chance):
    return SigningKey.make(chance)


@pytest.fixture
def parcel(centre):
    asked = Exchange((Message(header=NEEDLE, body=b"body " + NEEDLE),), 7)
    return bundles.parcel(asked, centre.device, NIGHT)


@pytest.fixture
def bundle(centre, parcel, chance):
    return bundles.hand_over(Handed((parcel,), 3), centre.pair.public, chance)


def answered(parcel, hub_key, events=()):
    answer = packed(Exchanged("hub", "practice", "epoch", 7, NIGHT, events=events))
    return Returned(parcel, Carried(answer, hub_key.sign(carried_words(parcel, answer))))


@pytest.fixture
def back(centre, parcel, hub_key, chance):
    return bundles.bring_back(
        Brought((answered(parcel, hub_key),), {}), centre.pair.public, chance
    )


def test_a_colleague_opens_what_was_handed_over(centre, parcel, bundle):
    handed, answer_to = bundles.handed(bundle, centre.private_keys)

    assert handed == Handed((parcel,), 3)
    assert answer_to == centre.pair.public


def test_what_comes_back_is_what_was_asked_and_what_the_hub_said(centre, back, hub_key):
    (returned,) = bundles.brought(back, centre.private_keys).returned

    asked, answer = bundles.answered(returned, centre.device, hub_key.public)

    assert (asked.after, answer.head, answer.time) == (7, 7, NIGHT)
    assert asked.items[0].header == NEEDLE


def test_an_older_key_of_the_organisation_still_opens_it(centre, shelter, bundle):
    keys = {1: centre.pair.secret, 2: shelter.pair.secret}

    assert bundles.handed(bundle, keys)[1] == centre.pair.public


def test_another_organisation_opens_nothing(shelter, bundle):
    for keys in (shelter.private_keys, {}):
        with pytest.raises(NotForUs):
            bundles.handed(bundle, keys)


def test_neither_way_is_taken_for_the_other(centre, bundle, back):
    for opened, file in ((bundles.brought, bundle), (bundles.handed, back)):
        with pytest.raises(BundleRefused) as refused:
            opened(file, centre.private_keys)
        assert refused.value.why == "other-way"


def test_a_file_whose_way_was_written_over_does_not_open(centre, bundle):
    at = len(b"BMJ-carry\1")
    turned = bundle[:at] + Way.BACK.value + bundle[at + 1 :]

    with pytest.raises(NotForUs):
        bundles.brought(turned, centre.private_keys)


def test_nothing_of_what_is_in_it_can_be_read(centre, parcel, bundle, back):
    needles = [NEEDLE, centre.name.encode(), centre.device.device.encode(), b"practice", b"http"]
    needles += [centre.device.sign.public, centre.pair.public[:64], parcel.sig, b"hub"]

    for file in (bundle, back):
        assert [needle for needle in needles if needle in file] == []


def test_its_length_says_little(centre, chance):
    lengths = set()
    for size in range(0, 900, 7):
        asked = Exchange((Message(header=random.Random(size).randbytes(size)),))
        handed = Handed((bundles.parcel(asked, centre.device, NIGHT),))
        lengths.add(len(bundles.hand_over(handed, centre.pair.public, chance)))

    assert len(lengths) <= 3


def test_cut_anywhere_it_is_refused(centre, parcel, chance):
    asked = Exchange((Message(header=random.Random(1).randbytes(5_000)),))
    handed = Handed((parcel, bundles.parcel(asked, centre.device, NIGHT)))
    whole = bundles.hand_over(handed, centre.pair.public, chance)
    lengths = {*range(0, 1300), *range(1300, len(whole), 97), len(whole) - 1}
    # Also those that are as long as a shorter bundle would be.
    fixed = 10 + 1 + 1168 + 12 + 16
    lengths |= {fixed + padme(size) for size in range(0, len(whole) - fixed, 50)} - {len(whole)}

    kinds = set()
    for length in sorted(lengths):
        with pytest.raises((BundleRefused, Tampered)) as refused:
            bundles.handed(whole[:length], centre.private_keys)
        kinds.add((type(refused.value).__name__, getattr(refused.value, "why", "")))

    assert kinds == {
        ("BundleRefused", "not-a-bundle"), ("BundleRefused", "other-way"),
        ("BundleRefused", "cut"), ("Tampered", ""),
    }  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 1 << 30), bit=st.integers(0, 7))
def test_a_turned_bit_anywhere_is_refused(centre, bundle, at, bit):
    turned = bytearray(bundle)
    turned[at % len(bundle)] ^= 1 << bit

    with pytest.raises(Untrusted):
        bundles.handed(bytes(turned), centre.private_keys)


def test_what_is_added_is_refused(centre, bundle):
    for more in (b"\0", b"\0" * 128, bundle):
        with pytest.raises(Untrusted):
            bundles.handed(bundle + more, centre.private_keys)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=3_000))
def test_anything_else_is_no_bundle(centre, junk):
    for file in (junk, b"BMJ-carry\1\1" + junk):
        with pytest.raises(Untrusted):
            bundles.handed(file, centre.private_keys)


def test_an_answer_for_another_laptop_is_not_ours(centre, shelter, parcel, hub_key):
    with pytest.raises(NotForUs):
        bundles.answered(answered(parcel, hub_key), shelter.device, hub_key.public)


def test_an_answer_that_the_hub_did_not_give_to_this_is_refused(centre, parcel, hub_key, chance):
    other = bundles.parcel(Exchange(after=99), centre.device, NIGHT)
    right = answered(parcel, hub_key)
    wrong = [
        Returned(other, right.carried),
        answered(parcel, SigningKey.make(chance)),
        Returned(parcel, msgspec.structs.replace(right.carried, answer=packed(Exchanged(
            "hub", "practice", "epoch", 8, NIGHT)))),
        Returned(msgspec.structs.replace(parcel, at=NIGHT.replace(year=2027)), right.carried),
    ]  # fmt: skip

    for returned in wrong:
        with pytest.raises(Tampered):
            bundles.answered(returned, centre.device, hub_key.public)


def test_an_answer_to_what_we_never_said_is_refused(centre, shelter, hub_key):
    # A colleague cannot put words into our mouth: the parcel that comes back is ours, signed.
    exchange = packed(Exchange(after=99))
    forged = bundles.parcel(Exchange(after=99), shelter.device, NIGHT)
    forged = msgspec.structs.replace(forged, device=centre.device.device, exchange=exchange)

    with pytest.raises(Tampered):
        bundles.answered(answered(forged, hub_key), centre.device, hub_key.public)


def test_more_parcels_than_one_may_hold_are_refused(centre, parcel, chance):
    many = Handed((parcel,) * (bundles.MOST_PARCELS + 1))

    with pytest.raises(BundleRefused):
        bundles.handed(bundles.hand_over(many, centre.pair.public, chance), centre.private_keys)


def test_a_source_of_chance_that_gives_nothing_seals_nothing(centre, parcel):
    with pytest.raises(KeyUnusable):
        bundles.hand_over(Handed((parcel,)), centre.pair.public, lambda count: bytes(count))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2_000))
def test_whoever_knows_our_public_key_can_seal_junk_and_it_is_refused(centre, chance, junk):
    for way, opened in ((Way.OUT, bundles.handed), (Way.BACK, bundles.brought)):
        file = bundles._sealed(way, junk, centre.pair.public, chance)
        with pytest.raises(Tampered):
            opened(file, centre.private_keys)


def test_a_small_file_cannot_fill_the_memory(centre, chance, monkeypatch):
    monkeypatch.setattr(bundles, "_CONTENT_BYTES", 1 << 20)
    file = bundles._sealed(Way.OUT, bytes((1 << 20) + 1), centre.pair.public, chance)

    with pytest.raises(Tampered):
        bundles.handed(file, centre.private_keys)
    assert len(file) < 8_000
