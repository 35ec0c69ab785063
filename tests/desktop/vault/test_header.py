"""The header is read strictly: whole and canonical, or not at all, and never at a high price."""

import json
from hashlib import sha256

import msgspec
import pytest
from vaults_for_tests import a_closed_vault

from desktop.errors import VaultDamaged, VaultTooNew
from desktop.vault import header
from desktop.vault.folder import Folder
from desktop.vault.keys import Cost

KEY = b"h" * 32


@pytest.fixture
def folder(tmp_path):
    return Folder(a_closed_vault(tmp_path / "vault"))


@pytest.fixture
def good(folder):
    return header.read(folder).newest.header


def framed(text, version=1, length=None):
    """Return a file with a correct checksum around any text: what an attacker can make."""
    size = len(text) if length is None else length
    body = b"BMJHDR\r\n" + version.to_bytes(2, "big") + (1).to_bytes(8, "big")
    body += size.to_bytes(4, "big") + text
    body += sha256(body).digest()
    return body + bytes(32)


def told(good):
    return json.loads(msgspec.json.encode(good))


def test_what_is_written_is_read_back(good):
    copy = header.decode(header.encode(12, good, KEY))

    assert (copy.seq, copy.header) == (12, good)
    assert copy.is_genuine(KEY)
    assert not copy.is_genuine(b"H" * 32)


def test_every_flipped_bit_is_noticed(good):
    content = header.encode(3, good, KEY)

    for bit in range(len(content) * 8):
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        copy = header.decode(bytes(changed))
        assert copy is None or not copy.is_genuine(KEY), bit


def test_every_cut_and_every_tail_is_noticed(good):
    content = header.encode(3, good, KEY)

    assert all(header.decode(content[:size]) is None for size in range(len(content)))
    assert header.decode(content + b"\0") is None


def test_a_header_of_a_later_program_says_so(good):
    with pytest.raises(VaultTooNew):
        header.decode(framed(msgspec.json.encode(good, order="sorted"), version=2))


def _slot_with(**changes):
    def change(fields):
        fields["slots"][0] |= changes

    return change


HOSTILE = {
    "cheap": _slot_with(cost={"memory_kib": 8, "passes": 1, "lanes": 1}),
    "much memory": _slot_with(cost={"memory_kib": 1 << 40, "passes": 1, "lanes": 1}),
    "many passes": _slot_with(cost={"memory_kib": 1 << 16, "passes": 1 << 30, "lanes": 1}),
    "many lanes": _slot_with(cost={"memory_kib": 1 << 16, "passes": 1, "lanes": 1 << 20}),
    "negative": _slot_with(cost={"memory_kib": 1 << 16, "passes": -1, "lanes": 1}),
    "a cost missing": _slot_with(cost=None),
    "a cost that is text": _slot_with(cost={"memory_kib": "65536", "passes": 1, "lanes": 1}),
    "an unknown kind": _slot_with(kind="backdoor"),
    "a recovery slot with a cost": _slot_with(kind="recovery"),
    "an unknown field": _slot_with(extra=1),
    "a short salt": _slot_with(salt="AAAA"),
    "a long seal": _slot_with(sealed="A" * 1000),
    "no slots": lambda fields: fields.update(slots=[]),
    "33 slots": lambda fields: fields.update(slots=fields["slots"][:1] * 33),
    "another world": lambda fields: fields.update(world="dream"),
    "a world with a line end": lambda fields: fields.update(world="real\n"),
    "a negative epoch": lambda fields: fields.update(epoch=-1),
    "an epoch too large": lambda fields: fields.update(epoch=1 << 40),
    "no id": lambda fields: fields.pop("vault_id"),
    "an id that is a path": lambda fields: fields.update(vault_id="../../etc/passwd"),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_header_is_refused_before_any_key_is_stretched(good, change):
    fields = told(good)
    change(fields)

    text = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()

    assert header.decode(framed(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 60_000, b'{"a":' * 10_000,
        b'{"slots":' + b"9" * 60_000 + b"}", b" " * 65_536,
    ],
    ids=lambda text: str(text[:8]),
)  # fmt: skip
def test_what_is_no_header_is_refused(text):
    assert header.decode(framed(text)) is None


def test_one_meaning_has_one_spelling(good):
    text = msgspec.json.encode(good, order="sorted")
    world = b'"world":"practice"'

    assert header.decode(framed(text)) is not None
    assert header.decode(framed(text.replace(b",", b", "))) is None
    assert header.decode(framed(text.replace(world, b'"world":"real",' + world))) is None
    assert header.decode(framed(text, length=len(text) - 1)) is None


def test_all_slots_together_may_not_ask_for_more_than_one_costly_slot(good):
    slot = next(slot for slot in good.slots if slot.kind == "passphrase")
    costly = msgspec.structs.replace(slot, cost=Cost(1024 * 1024, 10, 4))
    dear = good.with_slots((costly,) * 2)

    assert header.decode(header.encode(1, good.with_slots((costly,)), KEY)) is not None
    assert header.decode(header.encode(1, dear, KEY)) is None


def test_the_newest_whole_copy_is_in_force(folder, good):
    folder.headers[1].write_bytes(header.encode(5, good, KEY))

    copies = header.read(folder)

    assert copies.newest.seq == 5
    assert not copies.is_one_damaged
    assert not copies.are_alike


@pytest.mark.parametrize("which", [0, 1])
def test_one_copy_is_enough(folder, good, which):
    folder.headers[which].unlink()

    copies = header.read(folder)

    assert copies.newest.header == good
    assert copies.is_one_damaged


def test_two_damaged_copies_are_damage(folder):
    for path in folder.headers:
        path.write_bytes(b"somebody else's file")

    with pytest.raises(VaultDamaged):
        header.read(folder)
