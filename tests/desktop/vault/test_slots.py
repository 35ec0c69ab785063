"""Each slot opens for whom it was made, in its own vault, epoch and world, and for nobody else."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from fakes import FixedChance
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.vault import header as headers
from desktop.vault.header import MOST_SLOTS, Header, Policy
from desktop.vault.keys import FLOOR
from desktop.vault.slots import (
    Lid,
    Slot,
    escrow_slot,
    invitation_slot,
    member_slot,
    opened_by_code,
    opened_by_key,
    opened_by_passphrase,
    passphrase_slot,
    recovery_slot,
)
from sync.client.errors import KeyUnusable
from sync.client.hybrid import SealingPair

LID = Lid(UUID(int=7, version=4), 3, "practice")
ELSEWHERE = [
    Lid(UUID(int=8, version=4), 3, "practice"),
    Lid(LID.vault_id, 4, "practice"),
    Lid(LID.vault_id, 3, "real"),
]
VMK = FixedChance("vmk")(32)
NIGHT = datetime(2026, 7, 1, 21, tzinfo=UTC)
PAIRS = [SealingPair.make(FixedChance(f"pair {n}")) for n in range(MOST_SLOTS)]
PUBLICS = [pair.public for pair in PAIRS]


def by_code(lid, slot):
    return opened_by_code(lid, slot, b"code")


def by_key(lid, slot):
    return opened_by_key(lid, slot, PAIRS[0].secret)


def by_words(lid, slot):
    found = opened_by_passphrase(lid, slot, "words", (b"other", b"device"))
    return found and found[0]


SLOTS = {
    "passphrase": (
        lambda: passphrase_slot(LID, VMK, "words", b"device", (FLOOR, FixedChance())),
        by_words,
    ),
    "recovery": (lambda: recovery_slot(LID, VMK, b"code", FixedChance()), by_code),
    "invitation": (lambda: invitation_slot(LID, VMK, b"code", NIGHT, FixedChance()), by_code),
    "member": (lambda: member_slot(LID, VMK, PUBLICS[0]), by_key),
    "escrow": (lambda: escrow_slot(LID, VMK, PUBLICS[0]), by_key),
}
EACH = pytest.mark.parametrize(("make", "open_"), SLOTS.values(), ids=SLOTS)


@EACH
def test_a_slot_opens_in_its_vault_epoch_and_world_only(make, open_):
    slot = make()

    assert open_(LID, slot) == VMK
    assert [open_(lid, slot) for lid in ELSEWHERE] == [None] * 3


@EACH
def test_a_slot_that_was_changed_opens_nothing(make, open_):
    slot = make()

    for at in (0, len(slot.sealed) // 2, len(slot.sealed) - 1):
        changed = bytearray(slot.sealed)
        changed[at] ^= 1
        assert open_(LID, msgspec.structs.replace(slot, sealed=bytes(changed))) is None


def test_a_slot_of_one_kind_is_no_slot_of_another():
    recovery = recovery_slot(LID, VMK, b"code", FixedChance())
    invitation = invitation_slot(LID, VMK, b"code", NIGHT, FixedChance())
    member = member_slot(LID, VMK, PUBLICS[0])

    forged = msgspec.structs.replace(
        invitation, salt=recovery.salt, nonce=recovery.nonce, sealed=recovery.sealed
    )
    assert opened_by_code(LID, forged, b"code") is None
    escrow = escrow_slot(LID, VMK, PUBLICS[0])
    assert by_key(LID, msgspec.structs.replace(escrow, sealed=member.sealed)) is None


def test_the_end_of_an_invitation_cannot_be_moved():
    slot = invitation_slot(LID, VMK, b"code", NIGHT, FixedChance())

    later = msgspec.structs.replace(slot, until=slot.until + 1)

    assert opened_by_code(LID, later, b"code") is None
    assert slot.ends_at == NIGHT
    assert not slot.is_over(NIGHT - timedelta(seconds=1))
    assert slot.is_over(NIGHT)


def test_another_members_key_opens_nothing_and_no_key_is_no_crash():
    slot = member_slot(LID, VMK, PUBLICS[0])

    assert opened_by_key(LID, slot, PAIRS[1].secret) is None
    assert opened_by_key(LID, slot, bytes(96)) is None
    assert opened_by_key(LID, slot, b"short") is None
    with pytest.raises(KeyUnusable):
        member_slot(LID, VMK, b"no key at all")


def test_a_known_slot_of_each_kind_opens_for_ever():
    # Written down once. A slot made in this release must open in twenty years.
    known = json.loads(Path(__file__).with_name("known_slots.json").read_text("utf-8"))

    assert known.keys() == SLOTS.keys()
    for kind, fields in known.items():
        slot = msgspec.convert(fields, type=Slot)
        assert SLOTS[kind][1](LID, slot) == VMK


def test_no_nonce_and_no_salt_is_used_twice():
    seals = [recovery_slot(LID, VMK, b"code", os.urandom) for _ in range(20_000)]

    assert len({slot.nonce for slot in seals}) == len({slot.salt for slot in seals}) == 20_000
    assert len({slot.sealed for slot in seals}) == 20_000
    hybrids = {member_slot(LID, VMK, PUBLICS[0]).sealed[:1120] for _ in range(200)}
    assert len(hybrids) == 200


def test_a_header_full_of_members_can_be_written_and_read():
    slots = (
        *(member_slot(LID, VMK, public) for public in PUBLICS[:-1]),
        recovery_slot(LID, VMK, b"code", FixedChance()),
    )
    lid = Lid(LID.vault_id, 0, "practice")
    full = Header(lid.vault_id, 0, lid.world, slots, Policy("가" * 40, "team"))

    content = headers.encode(1, full, b"k" * 32)

    assert headers.decode(content).header == full
    assert len(content) < 64 * 1024
    assert (
        headers.decode(headers.encode(1, full.with_slots((*slots, slots[0])), b"k" * 32)) is None
    )


# R-24 in small: any order of joining, leaving and changing. The release figure is 5,000.
STEPS = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "code", "epoch"]), st.integers(0, MOST_SLOTS - 2)),
    max_size=40,
)


@given(STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_exactly_the_current_members_and_the_current_code_open(steps):
    lid, vmk, members, code = LID, VMK, {0}, 0
    past = []

    for what, who in steps:
        if what == "join":
            members.add(who)
        elif what == "leave" and len(members) > 1 and who in members:
            past.append((lid, members, vmk))
            members, vmk = members - {who}, FixedChance(f"{len(past)}")(32)
            lid = Lid(lid.vault_id, lid.epoch + 1, lid.world)
        elif what == "code":
            code += 1
        else:
            vmk, lid = (
                FixedChance(f"e{lid.epoch}")(32),
                Lid(lid.vault_id, lid.epoch + 1, lid.world),
            )
    slots = [member_slot(lid, vmk, PUBLICS[who]) for who in sorted(members)]
    recovery = recovery_slot(lid, vmk, f"code {code}".encode(), os.urandom)

    for who, pair in enumerate(PAIRS[:-1]):
        found = {opened_by_key(lid, slot, pair.secret) for slot in slots} - {None}
        assert found == ({vmk} if who in members else set())
    tried = [opened_by_code(lid, recovery, f"code {n}".encode()) for n in range(code + 2)]
    assert tried == [None] * code + [vmk, None]
    assert vmk not in {old for _, _, old in past}
