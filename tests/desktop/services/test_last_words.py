"""What is written when the screen locks is kept although the disk is full."""

from pathlib import Path

import pytest
from small_disk_for_tests import LINUX, on_a_small_disk
from vaults_for_tests import a_vault

from desktop.errors import DiskFull
from desktop.services import last_words
from desktop.vault import reserve

CHILD = Path(__file__).with_name("child_full.py")


def chance(count):
    return b"\xa5" * count


@pytest.fixture
def vault(tmp_path):
    vault = a_vault(tmp_path / "vault")
    yield vault
    vault.close()


@LINUX
def test_the_last_words_fit_onto_a_full_disk(tmp_path):
    told = on_a_small_disk(tmp_path / "disk", CHILD, "kept")

    assert told == {"refused": True, "kept": True, "room": False, "room again": True}


@LINUX
def test_without_room_kept_for_them_they_would_be_lost(tmp_path):
    told = on_a_small_disk(tmp_path / "disk", CHILD, "none")

    assert told["refused"]
    assert told["full"]
    assert not told["kept"]


def test_the_room_is_taken_once_and_whole(vault):
    last_words.keep_room(vault, chance)
    before = (vault.folder / "reserve").stat()

    last_words.keep_room(vault, chance)

    after = (vault.folder / "reserve").stat()
    assert after.st_size == reserve.SIZE
    assert after.st_mtime_ns == before.st_mtime_ns


def test_half_a_room_is_made_whole(vault):
    (vault.folder / "reserve").write_bytes(b"half")

    last_words.keep_room(vault, chance)

    assert (vault.folder / "reserve").stat().st_size == reserve.SIZE


def test_work_that_fits_leaves_the_room_alone(vault):
    last_words.keep_room(vault, chance)

    assert last_words.though_full(vault, lambda _: "kept") == "kept"

    assert (vault.folder / "reserve").exists()


def test_a_disk_that_is_full_all_the_same_is_told(vault):
    last_words.keep_room(vault, chance)

    def never(_):
        raise DiskFull

    with pytest.raises(DiskFull):
        last_words.though_full(vault, never)
    assert not (vault.folder / "reserve").exists()


def test_it_holds_nothing_of_the_vault(vault):
    last_words.keep_room(vault, chance)

    assert set((vault.folder / "reserve").read_bytes()) == {0xA5}
