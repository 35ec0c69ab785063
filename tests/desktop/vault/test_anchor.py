"""The high-water mark survives torn writes and says nothing it cannot prove."""

import os

import pytest

from desktop.errors import VaultDamaged
from desktop.vault.anchor import SLOT, Anchor, encoded
from desktop.vault.journal import Head

KEY = b"a" * 32
OLD, NEW = Head(7, b"7" * 32), Head(9, b"9" * 32)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "anchor"
    path.write_bytes(encoded(KEY, OLD) * 2)
    return path


def newest(path):
    anchor = Anchor(path, KEY)
    anchor.close()
    return anchor.newest, anchor.is_whole


def test_what_was_raised_is_what_is_read_back(path):
    anchor = Anchor(path, KEY)

    for seq in range(10, 30, 3):
        anchor.raise_to(Head(seq, bytes([seq]) * 32))
        assert newest(path) == (Head(seq, bytes([seq]) * 32), True)
    anchor.close()


def test_the_mark_before_is_never_the_one_overwritten(path):
    anchor = Anchor(path, KEY)
    anchor.raise_to(NEW)
    anchor.raise_to(Head(10, b"x" * 32))
    anchor.close()

    content = path.read_bytes()
    assert encoded(KEY, NEW) in content


@pytest.mark.parametrize("cut", [0, 1, 255, SLOT - 1])
def test_a_write_torn_anywhere_leaves_the_mark_before(path, cut):
    before, after = path.read_bytes(), encoded(KEY, NEW)

    path.write_bytes(after[:cut] + before[cut:])

    assert newest(path)[0] == OLD


def test_every_flipped_bit_is_noticed(path):
    whole = encoded(KEY, OLD) + encoded(KEY, NEW)

    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        assert newest(path) == (NEW if bit < SLOT * 8 else OLD, False), bit


def test_another_key_or_length_proves_nothing(path):
    path.write_bytes(encoded(b"b" * 32, NEW) * 2)
    assert newest(path) == (None, False)

    path.write_bytes(encoded(KEY, NEW) * 3)
    assert newest(path) == (None, False)


def test_a_missing_anchor_is_damage_not_a_new_beginning(tmp_path):
    with pytest.raises(VaultDamaged):
        Anchor(tmp_path / "anchor", KEY)

    assert not (tmp_path / "anchor").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipe")
def test_a_pipe_in_its_place_is_damage_and_is_not_waited_for(path):
    path.unlink()
    os.mkfifo(path)

    with pytest.raises(VaultDamaged):
        Anchor(path, KEY)
