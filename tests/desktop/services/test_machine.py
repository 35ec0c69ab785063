"""Hints about disk and swap are read from what the system shows."""

import os

from desktop.services.machine import Cover, disk_cover, swap_cover


def a_system(tmp_path, uuid=None, swaps="Filename Type Size Used Priority\n"):
    root = tmp_path / "system"
    device = tmp_path.stat().st_dev
    block = root / "sys/dev/block" / f"{os.major(device)}:{os.minor(device)}"
    block.mkdir(parents=True)
    if uuid:
        (block / "dm").mkdir()
        (block / "dm/uuid").write_text(uuid, "utf-8")
    (root / "proc").mkdir()
    (root / "proc/swaps").write_text(swaps, "utf-8")
    return root


def test_a_luks_mapping_counts_as_encrypted(tmp_path):
    system = a_system(tmp_path, uuid="CRYPT-LUKS2-0123-home\n")

    assert disk_cover(tmp_path, system) is Cover.ENCRYPTED


def test_a_volume_on_an_encrypted_one_counts_too(tmp_path):
    system = a_system(tmp_path, uuid="LVM-0123\n")
    block = next((system / "sys/dev/block").iterdir())
    (block / "slaves/dm-0/dm").mkdir(parents=True)
    (block / "slaves/dm-0/dm/uuid").write_text("CRYPT-LUKS2-0123-root\n", "utf-8")

    assert disk_cover(tmp_path, system) is Cover.ENCRYPTED


def test_a_bare_partition_counts_as_plain(tmp_path):
    assert disk_cover(tmp_path, a_system(tmp_path)) is Cover.PLAIN


def test_what_cannot_be_seen_is_not_guessed(tmp_path):
    assert disk_cover(tmp_path, tmp_path / "nowhere") is Cover.UNKNOWN
    assert swap_cover(tmp_path / "nowhere") is Cover.UNKNOWN


def test_swap_in_compressed_memory_never_reaches_the_disk(tmp_path):
    lines = "Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n"

    assert swap_cover(a_system(tmp_path, swaps=lines)) is Cover.ABSENT


def test_the_worst_swap_counts(tmp_path):
    head = "Filename Type Size Used Priority\n"
    lines = head + "/dev/zram0 partition 1 0 1\n/dev/sdz9 partition 1 0 1\n"
    system = a_system(tmp_path, swaps=lines)
    (system / "sys/class/block/sdz9").mkdir(parents=True)

    assert swap_cover(system) is Cover.PLAIN
