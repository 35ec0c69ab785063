"""Wrong passphrases make the next one wait, longer each time, but never for ever (R-26)."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from desktop.errors import WaitBeforeTrying
from desktop.vault import tries
from desktop.vault.folder import Folder

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def wait(folder, now):
    try:
        tries.check(folder, now)
    except WaitBeforeTrying as early:
        return early.seconds
    return 0


def test_nobody_waits_for_the_first_try(folder):
    assert wait(folder, NOON) == 0


def test_the_wait_doubles_and_stops_at_five_minutes(folder):
    waits = []
    for _ in range(14):
        tries.count(folder, NOON)
        waits.append(wait(folder, NOON) - 1)

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300, 300]


def test_after_the_wait_a_try_is_free(folder):
    for _ in range(4):
        tries.count(folder, NOON)

    assert wait(folder, NOON + timedelta(seconds=7)) > 0
    assert wait(folder, NOON + timedelta(seconds=8)) == 0


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_delay(folder):
    for _ in range(4):
        tries.count(folder, NOON)

    earlier = NOON - timedelta(days=400)

    assert wait(folder, earlier) == 9
    assert wait(folder, earlier + timedelta(seconds=7)) == 2
    assert wait(folder, earlier + timedelta(seconds=8)) == 0


def test_the_right_key_forgets_the_wrong_ones(folder):
    tries.count(folder, NOON)

    tries.forget(folder)

    assert wait(folder, NOON) == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"count":-1,"last":"2026-07-01T12:00:00Z"}', b'{"count":9}',
     b'{"count":9,"last":"2026-07-01T12:00:00"}', b'{"count":1e99,"last":1}', b"\xff" * 99],
)  # fmt: skip
def test_an_unreadable_file_keeps_nobody_out(folder, content):
    folder.tries.write_bytes(content)

    assert wait(folder, NOON) == 0


def test_a_disk_that_takes_nothing_keeps_nobody_out(tmp_path):
    nowhere = Folder(tmp_path / "not" / "there")

    tries.count(nowhere, NOON)
    tries.forget(nowhere)

    assert wait(nowhere, NOON) == 0


def test_no_rotten_bit_keeps_anyone_out(folder):
    for _ in range(3):
        tries.count(folder, NOON)
    whole = folder.tries.read_bytes()

    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        folder.tries.write_bytes(changed)
        assert wait(folder, NOON) <= 301, bit


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipe")
def test_a_pipe_in_its_place_keeps_nobody_out(folder):
    os.mkfifo(folder.tries)

    assert wait(folder, NOON) == 0
