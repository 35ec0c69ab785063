import contextlib
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.bodies import TaskNote
from sync.protocol.codec import Unreadable, canonical, packed, read_json, unpacked
from sync.protocol.directory import DeviceClaim, DirectoryBook
from sync.protocol.messages import Header, Kind, Message, SealedKey, Time

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
SEOUL = timezone(timedelta(hours=9))
HEADER = Header(1, "one", Kind.TASK_NOTE, "case", "centre", "device", NIGHT)


@given(st.binary(), st.binary(), st.lists(st.tuples(st.text(), st.integers(0, 9), st.binary())))
def test_a_message_is_the_same_bytes_after_travelling(header, ct, keys):
    message = Message(header, keys=tuple(SealedKey(*key) for key in keys), ct=ct)

    arrived = unpacked(Message, packed(message))

    assert arrived == message
    assert arrived.digest() == message.digest()


def test_canonical_json_has_one_form():
    written = canonical(HEADER)

    assert b" " not in written
    assert canonical(read_json(Header, written)) == written
    assert list(read_json(dict, written)) == sorted(Header.__struct_fields__)


@pytest.mark.parametrize("zone", [UTC, SEOUL])
def test_a_time_keeps_its_instant(zone):
    header = Header(1, "one", Kind.TASK_NOTE, "case", "centre", "device", NIGHT.astimezone(zone))

    assert read_json(Header, canonical(header)).created == NIGHT


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b'"v":1', b'"v":1,"more":1'),
        lambda raw: raw.replace(b'"v":1', b'"v":"1"'),
        lambda raw: raw.replace(b'"v":1,', b"").replace(b',"v":1', b""),
        lambda raw: raw.replace(b"task.note", b"task.other"),
        lambda raw: raw + b"x",
        lambda raw: raw[:-1],
        lambda raw: b"[" * 100_000,
        lambda raw: b"\xff",
    ],
)
def test_what_is_not_exactly_a_header_is_unreadable(change):
    with pytest.raises(Unreadable):
        read_json(Header, change(canonical(HEADER)))


@given(st.binary(max_size=200))
def test_noise_is_unreadable_and_nothing_else(noise):
    with contextlib.suppress(Unreadable):
        unpacked(Message, noise)


@pytest.mark.parametrize("kind", [DeviceClaim, DirectoryBook, TaskNote])
def test_a_time_without_its_zone_is_unreadable(kind):
    naive = {
        field.name: "2026-11-20T14:10:00" if field.type is Time else field.name
        for field in msgspec.structs.fields(kind)
    } | {"sign_pub": "", "version": 1, "listings": [], "appointment": None, "asks": []}
    fields = {each.name for each in msgspec.structs.fields(kind)}
    words = {name: value for name, value in naive.items() if name in fields}

    with pytest.raises(Unreadable):
        read_json(kind, canonical(words))
    zoned = {n: f"{v}Z" if v == "2026-11-20T14:10:00" else v for n, v in words.items()}
    assert read_json(kind, canonical(zoned))
