"""A vault appears whole or not at all, replaces nothing, and belongs to one process."""

import os
import shutil
from uuid import UUID

import pytest
from fakes import FixedChance
from vaults_for_tests import a_closed_vault, a_vault, by_key, vmk

from desktop.errors import DiskFailed, VaultDamaged, VaultInUse, VaultTooNew
from desktop.vault import header, opening
from desktop.vault.folder import Folder
from desktop.vault.header import Header
from desktop.vault.slots import Lid, recovery_slot


@pytest.fixture
def new():
    lid = Lid(UUID(int=5, version=4), 0, "real")
    slot = recovery_slot(lid, vmk(), b"code", FixedChance("slot"))
    return Header(lid.vault_id, lid.epoch, lid.world, (slot,))


def test_a_new_vault_is_whole_and_nothing_else_is_left(tmp_path, new):
    opening.make(tmp_path / "home" / "vault", new, vmk())

    assert [path.name for path in (tmp_path / "home").iterdir()] == ["vault"]
    names = {path.name for path in (tmp_path / "home" / "vault").iterdir()}
    assert names == {"hdr.a", "hdr.b", "notes.db", "anchor", "owner.lock"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_its_owner_may_look_into_the_folder(tmp_path, new):
    opening.make(tmp_path / "vault", new, vmk())

    assert (tmp_path / "vault").stat().st_mode & 0o777 == 0o700


def test_an_empty_folder_may_be_used(tmp_path, new):
    (tmp_path / "vault").mkdir()

    opening.make(tmp_path / "vault", new, vmk())

    assert Folder(tmp_path / "vault").is_made()


@pytest.mark.parametrize("name", ["notes.db", "hdr.b", "anchor", "holiday.jpg"])
def test_nothing_that_is_there_is_replaced(tmp_path, new, name):
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / name).write_bytes(b"somebody's")

    with pytest.raises(VaultInUse):
        opening.make(tmp_path / "vault", new, vmk())

    assert (tmp_path / "vault" / name).read_bytes() == b"somebody's"
    assert len(list((tmp_path / "vault").iterdir())) == 1


def test_a_vault_that_cannot_be_made_leaves_nothing(tmp_path, new):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(DiskFailed):
        opening.make(tmp_path / "file" / "vault", new, vmk())

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_second_window_is_told_the_vault_is_in_use(tmp_path):
    vault = a_vault(tmp_path / "vault")

    with pytest.raises(VaultInUse):
        by_key(vault.folder)

    vault.close()
    by_key(vault.folder).close()


def test_a_lock_file_left_behind_keeps_nobody_out(tmp_path):
    folder = a_closed_vault(tmp_path / "vault")
    (folder / "owner.lock").write_bytes(b"left by a process that died")

    by_key(folder).close()


def test_a_header_nobody_with_the_key_wrote_is_damage(tmp_path):
    folder = Folder(a_closed_vault(tmp_path / "vault"))
    forged = header.read(folder).newest.header

    header.write(folder, header.encode(50, forged, b"not the key" * 3))

    with pytest.raises(VaultDamaged):
        by_key(folder.path)


def test_an_older_header_is_damage_however_genuine(tmp_path):
    folder = a_closed_vault(tmp_path / "vault")
    old = [(folder / name).read_bytes() for name in ("hdr.a", "hdr.b")]
    vault = by_key(folder)
    copies = header.read(Folder(folder))
    opening.replace_header(vault, copies.newest.header, 2)
    vault.close()
    by_key(folder).close()

    for name, content in zip(("hdr.a", "hdr.b"), old, strict=True):
        (folder / name).write_bytes(content)

    with pytest.raises(VaultDamaged):
        by_key(folder)


@pytest.mark.parametrize("written", [(), ("hdr.a",), ("hdr.a", "hdr.b")])
def test_killed_while_the_slots_change_the_old_or_the_new_ones_open(tmp_path, written):
    folder = a_closed_vault(tmp_path / "vault")
    copies = header.read(Folder(folder))
    later = shutil.copytree(folder, tmp_path / "later")
    vault = by_key(later)
    opening.replace_header(vault, copies.newest.header, 2)
    vault.close()

    for name in written:
        shutil.copy(later / name, folder / name)
    by_key(folder).close()

    content = {(folder / name).read_bytes() for name in ("hdr.a", "hdr.b")}
    assert len(content) == 1
    assert header.read(Folder(folder)).newest.seq == (2 if written else 1)


def test_a_vault_of_a_later_schema_is_left_alone(tmp_path):
    folder = a_closed_vault(tmp_path / "vault")
    vault = by_key(folder)
    vault._connection.set_authorizer(None)
    vault._connection.execute("PRAGMA user_version = 99")
    vault.close()

    with pytest.raises(VaultTooNew):
        by_key(folder)

    assert not (folder / "quarantine").exists()
