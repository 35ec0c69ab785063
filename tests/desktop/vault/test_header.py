"""The header is read strictly: whole and canonical, or not at all, and never at a high price."""

import base64
import json
import os
from hashlib import sha256

import msgspec
import pytest
from vaults_for_tests import a_closed_vault

from desktop.errors import VaultDamaged, VaultTooNew
from desktop.vault import header
from desktop.vault.folder import Folder
from desktop.vault.keys import Cost
from desktop.vault.quarantine import watched
from desktop.vault.slots import PassphraseSlot

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
    body += bytes(32)
    return body + sha256(body).digest()


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


def spelled(fields):
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


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
    "no kind": lambda fields: fields["slots"][0].pop("kind"),
    "a passphrase slot that says it is a member's": _slot_with(kind="member"),
    "a member's slot with a short seal": lambda fields: fields.update(
        slots=[{"kind": "member", "key": "A" * 43 + "=", "sealed": "AAAA"}]
    ),
    "an escrow slot with a short key": lambda fields: fields.update(
        slots=[{"kind": "escrow", "key": "AAAA", "sealed": "A" * 1557 + "="}]
    ),
    "an invitation without an end": _slot_with(kind="invitation"),
    "a long label": lambda fields: fields["policy"].update(label="가" * 41),
    "a label with a line end": lambda fields: fields["policy"].update(label="솔\n나무"),
    "a label that turns the line round": lambda fields: fields["policy"].update(label="\u202e솔"),
    "an unknown purpose": lambda fields: fields["policy"].update(purpose="spy"),
    "an unknown policy": lambda fields: fields["policy"].update(unlocked=True),
    "carried keys in the first epoch": lambda fields: fields.update(carried="A" * 124),
    "no carried keys in the second": lambda fields: fields.update(epoch=1),
    "short carried keys": lambda fields: fields.update(epoch=1, carried="AAAA"),
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

    assert header.decode(framed(spelled(fields))) is None


def test_what_makes_a_header_hostile_is_what_was_changed_in_it(good):
    fields = told(good)
    assert header.decode(framed(spelled(fields))).header == good

    fields.update(epoch=1, carried="A" * 123 + "=", policy={"label": "솔", "purpose": "team"})
    assert header.decode(framed(spelled(fields))).header.policy.label == "솔"
    member = {"kind": "member", "key": "A" * 43 + "=", "sealed": "A" * 1556 + "=="}
    fields["slots"].append(member)
    assert header.decode(framed(spelled(fields))) is None  # 1,167 bytes: one too few
    member["sealed"] = base64.b64encode(bytes(1168)).decode()
    assert len(header.decode(framed(spelled(fields))).header.slots) == 3


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 60_000, b'{"a":' * 10_000,
        b'{"slots":' + b"9" * 60_000 + b"}", b" " * 65_536,
        b'{"\xff":1}',
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
    slot = next(slot for slot in good.slots if isinstance(slot, PassphraseSlot))
    costly = msgspec.structs.replace(slot, cost=Cost(1024 * 1024, 6, 4))
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


NO_FILES = {
    "pipe": lambda path: os.mkfifo(path),
    "folder": lambda path: path.mkdir(),
    "device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.skipif(os.name == "nt", reason="no pipes and devices in folders")
@pytest.mark.parametrize("put", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_damage_and_nobody_waits_for_it(folder, put):
    for path in folder.headers:
        path.unlink()
        put(path)

    with pytest.raises(VaultDamaged) as damage, watched(folder):
        header.read(folder)

    assert damage.value.quarantined


def test_no_rotten_bit_in_one_copy_hides_the_other(folder, good):
    first, _ = folder.headers
    kept = first.read_bytes()

    for at in (0, 30, len(kept) - 60, len(kept) - 40, len(kept) - 1):
        first.write_bytes(kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :])
        copies = header.read(folder)

        assert copies.newest.header == good
        assert copies.is_one_damaged
