from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.client.errors import KeyUnusable, NotForUs, Tampered
from sync.client.owncopy import BYTES, OwnKey
from sync.client.padding import FLOOR, padded, padme, unpadded
from sync.client.sealing import header_of, open_sealed, seal, sign_clear, verify_clear
from sync.protocol.codec import canonical, packed, read_json, unpacked
from sync.protocol.messages import Header, Kind, Message

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
WORDS = "오늘 밤 잘 곳이 필요해요".encode()


def a_header(**changes):
    facts = {
        "v": 1,
        "id": "4b1c0a52-0000-4000-8000-000000000001",
        "kind": Kind.REFERRAL_REQUEST,
        "ref": "4b1c0a52-0000-4000-8000-000000000002",
        "from_org": "centre",
        "from_device": "device-of-centre",
        "created": NIGHT,
        "to_org": "shelter",
        "consent_id": "4b1c0a52-0000-4000-8000-000000000003",
        "consent_digest": "ab" * 32,
        "basis": "consent:17",
        "item_codes": ("alias", "need"),
        "expires": NIGHT + timedelta(days=30),
        "priority": "urgent",
    }
    return Header(**facts | changes)


@pytest.fixture
def sealed(centre, shelter, chance):
    recipients = (("shelter", shelter.key), ("centre", centre.key))
    return seal(a_header(), WORDS, centre.device.sign, recipients, chance)


def test_the_agency_reads_what_was_sealed_even_after_travelling(sealed, shelter, centre):
    arrived = unpacked(Message, packed(sealed))

    opened = open_sealed(arrived, "shelter", shelter.private_keys, centre.device.sign.public)

    assert opened == WORDS


def test_the_sending_organisation_can_read_it_too(sealed, centre):
    opened = open_sealed(sealed, "centre", centre.private_keys, centre.device.sign.public)

    assert opened == WORDS


def test_our_own_copy_needs_no_public_key_and_only_we_read_it(centre, shelter, chance):
    own = OwnKey(centre.key.epoch, centre.private_keys[centre.key.epoch])
    recipients = (("shelter", shelter.key), ("centre", own))
    message = seal(a_header(), WORDS, centre.device.sign, recipients, chance)
    theirs, ours = message.keys

    assert len(ours.enc) == BYTES < len(theirs.enc)
    for org, keys in (("centre", centre.private_keys), ("shelter", shelter.private_keys)):
        assert open_sealed(message, org, keys, centre.device.sign.public) == WORDS
    for org, keys in (("centre", shelter.private_keys), ("shelter", centre.private_keys)):
        with pytest.raises(Tampered):
            open_sealed(message, org, keys, centre.device.sign.public)


def test_our_own_copy_belongs_to_one_header(centre, shelter, chance):
    own = OwnKey(centre.key.epoch, centre.private_keys[centre.key.epoch])
    info = b"one header"
    enc = own.wrap(bytes(range(32)), info, chance)

    assert own.unwrap(enc, info) == bytes(range(32))
    for changed in (enc[:-1] + bytes([enc[-1] ^ 1]), bytes(BYTES), enc[1:], b""):
        with pytest.raises(Tampered):
            own.unwrap(changed, info)
    with pytest.raises(Tampered):
        own.unwrap(enc, b"another header")
    with pytest.raises(KeyUnusable):
        own.wrap(bytes(range(32)), info, bytes)
    for secret in (b"", bytes(96), bytes(32)):
        with pytest.raises(KeyUnusable):
            OwnKey(1, secret)


def test_the_words_are_nowhere_in_what_travels(sealed):
    assert WORDS not in packed(sealed)


def test_the_header_says_epoch_suite_and_size(sealed):
    header = header_of(sealed)

    assert (header.key_epoch, header.suite) == (1, 1)
    assert header.size_class == len(sealed.ct) == FLOOR + 12 + 16


OTHER = {
    "v": 2,
    "id": "4b1c0a52-0000-4000-8000-00000000000f",
    "kind": Kind.TASK_NOTE,
    "ref": "4b1c0a52-0000-4000-8000-00000000000f",
    "from_org": "shelter",
    "from_device": "another",
    "created": NIGHT + timedelta(microseconds=1),
    "to_org": "centre",
    "key_epoch": 2,
    "suite": 2,
    "consent_id": "",
    "consent_digest": "cd" * 32,
    "basis": "",
    "item_codes": ("alias",),
    "expires": None,
    "size_class": 0,
    "priority": "routine",
}


def test_every_field_of_the_header_has_its_tampering_below():
    assert OTHER.keys() == set(Header.__struct_fields__)


@pytest.mark.parametrize("field", OTHER)
def test_a_header_field_changed_on_the_way_is_refused(field, sealed, shelter, centre):
    changed = msgspec.structs.replace(header_of(sealed), **{field: OTHER[field]})
    forged = msgspec.structs.replace(sealed, header=canonical(changed))

    with pytest.raises(Tampered):
        open_sealed(forged, "shelter", shelter.private_keys, centre.device.sign.public)


def test_a_header_that_says_the_same_in_other_bytes_is_refused(sealed, shelter, centre):
    forged = msgspec.structs.replace(sealed, header=sealed.header.replace(b":", b": ", 1))

    with pytest.raises(Tampered):
        open_sealed(forged, "shelter", shelter.private_keys, centre.device.sign.public)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(bit=st.integers(0), part=st.sampled_from(["header", "ct", "enc"]))
def test_no_bit_can_be_turned(bit, part, sealed, shelter, centre):
    original = sealed.keys[0].enc if part == "enc" else getattr(sealed, part)
    turned = bytearray(original)
    turned[bit // 8 % len(turned)] ^= 1 << bit % 8
    if part == "enc":
        key = msgspec.structs.replace(sealed.keys[0], enc=bytes(turned))
        forged = msgspec.structs.replace(sealed, keys=(key, sealed.keys[1]))
    else:
        forged = msgspec.structs.replace(sealed, **{part: bytes(turned)})

    with pytest.raises(Tampered):
        open_sealed(forged, "shelter", shelter.private_keys, centre.device.sign.public)


def test_somebody_it_is_not_sealed_to_cannot_open_it(sealed, chance, centre):
    with pytest.raises(NotForUs):
        open_sealed(sealed, "school", {1: bytes(range(96))}, centre.device.sign.public)


def test_a_key_of_another_epoch_does_not_open_it(sealed, shelter, centre):
    with pytest.raises(NotForUs):
        open_sealed(sealed, "shelter", {2: shelter.pair.secret}, centre.device.sign.public)


def test_the_wrong_private_key_does_not_open_it(sealed, centre):
    with pytest.raises(Tampered):
        open_sealed(sealed, "shelter", centre.private_keys, centre.device.sign.public)


def test_a_seal_by_somebody_else_than_the_sender_is_refused(sealed, shelter):
    with pytest.raises(Tampered):
        open_sealed(sealed, "shelter", shelter.private_keys, shelter.device.sign.public)


def test_nothing_is_sealed_with_a_key_of_zeros(centre, shelter):
    recipients = (("shelter", shelter.key),)

    with pytest.raises(KeyUnusable):
        seal(a_header(), WORDS, centre.device.sign, recipients, bytes)


def test_nothing_is_sealed_to_a_suite_we_do_not_have(centre, shelter, chance):
    recipients = (("shelter", msgspec.structs.replace(shelter.key, suite=7)),)

    with pytest.raises(KeyUnusable):
        seal(a_header(), WORDS, centre.device.sign, recipients, chance)


@pytest.mark.parametrize("public", [b"", bytes(1216), b"\xff" * 1216, b"\1" * 1215])
def test_nothing_is_sealed_to_what_is_not_a_key(public, centre, shelter, chance):
    recipients = (("shelter", msgspec.structs.replace(shelter.key, public=public)),)

    with pytest.raises(KeyUnusable):
        seal(a_header(), WORDS, centre.device.sign, recipients, chance)


def test_two_seals_of_the_same_words_share_nothing(centre, shelter, chance):
    recipients = (("shelter", shelter.key),)

    one = seal(a_header(), WORDS, centre.device.sign, recipients, chance)
    two = seal(a_header(), WORDS, centre.device.sign, recipients, chance)

    assert one.ct != two.ct
    assert one.keys != two.keys


def test_a_clear_message_is_believed_from_its_sender_only(centre, shelter):
    header = a_header(kind=Kind.CONSENT_WITHDRAWN)

    message = sign_clear(header, b"{}", centre.device.sign)

    assert verify_clear(message, centre.device.sign.public) == header
    with pytest.raises(Tampered):
        verify_clear(message, shelter.device.sign.public)
    with pytest.raises(Tampered):
        verify_clear(msgspec.structs.replace(message, body=b"[]"), centre.device.sign.public)


def test_a_sealed_kind_is_never_taken_as_clear_nor_the_other_way_round(sealed, centre, shelter):
    clear = sign_clear(a_header(), b"{}", centre.device.sign)

    with pytest.raises(Tampered):
        verify_clear(clear, centre.device.sign.public)
    with pytest.raises(Tampered):
        open_sealed(clear, "shelter", shelter.private_keys, centre.device.sign.public)


@given(st.integers(0, 1 << 24))
def test_padding_adds_little_and_leaves_few_lengths(length):
    found = padme(length)

    assert found >= max(length, FLOOR)
    assert found <= max(FLOOR, length * 1.12)
    assert padme(found) == found


@given(st.binary(min_size=64, max_size=64), st.binary(max_size=5000))
def test_what_was_padded_comes_back(front, body):
    content = padded(front, body)

    assert len(content) == padme(len(content))
    assert unpadded(content, 64) == (front, body)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes(64),
        bytes(68),
        bytes(64) + b"\xff\xff\xff\xff" + bytes(1000),
        padded(bytes(64), b"words")[:-1] + b"\1",
        padded(bytes(64), bytes((1 << 20) + 1)),
        bytes(64) + (3).to_bytes(4) + b"abc",
    ],
)
def test_padding_that_is_not_ours_is_refused(content):
    with pytest.raises(Tampered):
        unpadded(content, 64)


def test_headers_survive_as_canonical_json(sealed):
    assert canonical(read_json(Header, sealed.header)) == sealed.header
