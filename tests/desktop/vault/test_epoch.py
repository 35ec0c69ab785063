"""New keys: all is in the new file, the old keys open nothing of it, a kill does no harm."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_moment
from fakes import FixedChance
from prove.evening import Night, begin
from renewing_for_tests import SEED, renew
from sqlcipher3 import dbapi2 as sqlcipher
from vaults_for_tests import a_closed_vault, a_vault, by_key, vmk

from desktop.errors import DiskFailed, DiskFull, VaultDamaged, VaultInUse
from desktop.services import search
from desktop.vault import epoch, header
from desktop.vault import search as index
from desktop.vault.connection import connect
from desktop.vault.folder import Folder
from desktop.vault.keys import vault_keys
from desktop.vault.slots import opened_by_code, recovery_slot
from desktop.vault.swap import settle

CHILD = Path(__file__).parents[2] / "renewing_for_tests.py"
ROOT = CHILD.parents[1]
PREPARING = ["exported", "headed", "proven", "flushed"]
TAKING_OVER = ["moved hdr.a", "moved hdr.b", "moved notes.db", "moved anchor", "settled"]


def everything(vault):
    with vault.reading() as db:
        names = db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).fetchall()
        return {
            name: db.execute(f'SELECT * FROM "{name}"').fetchall()
            for (name,) in names
            if name not in {"meta", "op"}
        }


def history(vault):
    with vault.reading() as db:
        return db.execute("SELECT seq, kind, record, digest, h FROM op ORDER BY seq").fetchall()


@pytest.fixture
def written(tmp_path):
    vault = a_vault(tmp_path / "vault")
    begin(vault, "renewal")
    night = Night(vault, "renewal", {})
    for _ in range(60):
        night.next()[2]()
    yield vault
    vault.close()


def test_everything_is_under_the_new_keys_and_the_chain_goes_on(written):
    before, links = everything(written), history(written)
    assert any(before.values())

    key = renew(written)

    vault = by_key(written.folder, key)
    vault.verify()
    assert everything(vault) == before
    assert history(vault)[: len(links)] == links
    assert len(history(vault)) > len(links)
    copy = header.read(Folder(vault.folder)).newest
    assert (copy.header.epoch, copy.header.vault_id) == (1, vault.vault_id)
    assert opened_by_code(copy.header.lid, copy.header.slots[0], b"code") == key
    vault.close()
    by_key(written.folder, key).close()


def test_a_search_still_finds_what_was_written_before(written):
    with written.transaction() as db:
        found = db.execute("SELECT n, text FROM note WHERE is_indexed = 0").fetchall()
        for n, _ in found:
            index.take_in(db, n)
    words = [each for _, text in found for each in text.split()][:40]
    before = [search.everything(written, each, a_moment()) for each in words]
    assert any(results.notes for results in before)

    vault = by_key(written.folder, renew(written))

    assert [search.everything(vault, each, a_moment()) for each in words] == before
    vault.close()


def test_keys_may_be_renewed_again_and_again(written):
    links = history(written)
    vault = written
    for number in range(3):
        made = epoch.next_epoch(vault, FixedChance(f"epoch {number}"))
        slot = recovery_slot(made.lid, made.vmk, b"code", FixedChance("slot"))
        epoch.renew(vault, made.opened_by(slot), lambda _: None)
        vault = by_key(written.folder, made.vmk)

    assert header.read(Folder(vault.folder)).newest.header.epoch == 3
    assert history(vault)[: len(links)] == links
    vault.verify()
    vault.close()


def test_the_old_keys_and_the_old_header_open_nothing_written_since(written, tmp_path):
    old = shutil.copytree(written.folder, tmp_path / "old")
    folder, old_key = written.folder, vault_keys(vmk(), written.vault_id, 0).database
    key = renew(written)
    by_key(folder, key).close()

    with pytest.raises(VaultDamaged):
        by_key(folder)
    with pytest.raises(VaultDamaged):
        connect(Folder(folder), old_key)
    for name in ("hdr.a", "hdr.b", "anchor"):
        shutil.copy(old / name, folder / name)
    with pytest.raises(VaultDamaged):
        by_key(folder)
    # What had been copied before is out of our reach, and is said to be.
    by_key(old).close()


def test_a_page_of_the_old_epoch_put_back_is_damage(written, tmp_path):
    written.close()
    folder = written.folder
    old = (folder / "notes.db").read_bytes()
    key = renew(by_key(folder))
    by_key(folder, key).close()

    content = bytearray((folder / "notes.db").read_bytes())
    content[4096:8192] = old[4096:8192]
    (folder / "notes.db").write_bytes(content)

    with pytest.raises(VaultDamaged):
        by_key(folder, key).verify()


def test_with_another_connection_open_nothing_happens(written):
    other = written.sibling()

    with pytest.raises(VaultInUse):
        renew(written)

    other.close()
    assert not (written.folder / "next.half").exists()
    by_key(written.folder, renew(written)).close()


class Refused(Exception):
    """What a step raises in these tests: not a kill, but a failure the program survives."""


@pytest.mark.parametrize("where", PREPARING)
def test_a_renewal_that_fails_leaves_the_old_vault_open_and_whole(written, rows, where):
    def step(name):
        if name == where:
            raise Refused

    with pytest.raises(Refused):
        renew(written, step=step)

    assert not (written.folder / "next.half").exists()
    assert not (written.folder / "next").exists()
    rows.put(written, 1)
    written.verify()
    written.close()
    by_key(written.folder).close()


def test_a_full_disk_says_so_and_changes_nothing(written, rows):
    resource = pytest.importorskip("resource")
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, unlimited[1]))
    try:
        with pytest.raises(DiskFull):
            renew(written)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)

    assert not (written.folder / "next.half").exists()
    written.close()
    vault = by_key(written.folder)
    vault.verify()
    vault.close()


def test_when_it_cannot_be_known_which_keys_count_nothing_more_is_written(written, rows):
    in_the_way = written.folder / "next" / "file"
    in_the_way.parent.mkdir()
    in_the_way.write_bytes(b"")

    with pytest.raises(DiskFailed):
        renew(written)

    with pytest.raises(DiskFailed):
        rows.put(written, 1)
    written.close()
    by_key(written.folder).close()


# --- killed ---------------------------------------------------------------------------------


def killed(folder, where):
    """Renew in another process, which dies at this step."""
    done = subprocess.run(
        [sys.executable, CHILD, folder, where],
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


def which_key_opens(folder, rows):
    """Try both keys; exactly one must open, and what it opens must be whole."""
    opened = []
    for name, key in (("old", vmk()), ("new", FixedChance(SEED)(32))):
        try:
            vault = by_key(folder, key)
        except VaultDamaged:
            continue
        vault.verify()
        with vault.reading() as db:
            assert db.execute("SELECT count(*) FROM meta WHERE key LIKE 'row %'").fetchone() == (
                5,
            )
        vault.close()
        opened.append(name)
    assert len(opened) == 1
    assert not (folder / "next").exists()
    assert not (folder / "next.half").exists()
    return opened[0]


@pytest.mark.parametrize("where", [*PREPARING, "committed", *TAKING_OVER])
def test_killed_at_any_step_the_old_keys_open_or_the_new_ones(tmp_path, rows, where):
    folder = a_closed_vault(tmp_path / "vault")
    vault = by_key(folder)
    for number in range(5):
        rows.put(vault, number)
    vault.close()

    killed(folder, where)

    assert which_key_opens(folder, rows) == ("old" if where in PREPARING else "new")


def test_what_a_kill_left_is_resolved_without_any_key(tmp_path, rows):
    folder = a_closed_vault(tmp_path / "vault")
    vault = by_key(folder)
    for number in range(5):
        rows.put(vault, number)
    vault.close()
    killed(folder, "committed")
    # A WAL of the old database that was left behind must not meet the new one.
    (folder / "notes.db-wal").write_bytes(os.urandom(9000))

    for _ in range(2):
        settle(Folder(folder))

    assert which_key_opens(folder, rows) == "new"


def test_a_copy_that_lost_a_row_is_never_believed(tmp_path, monkeypatch, rows):
    vault = a_vault(tmp_path / "vault")
    rows.put(vault, 1)
    real = sqlcipher.connect

    class Forgetful(sqlcipher.Connection):
        def execute(self, sql, *params):
            found = super().execute(sql, *params)
            if "sqlcipher_export" in sql:
                found.fetchall()
                super().execute("DELETE FROM fresh.meta WHERE key = 'row 1'")
            return found

    monkeypatch.setattr(sqlcipher, "connect", lambda *a, **k: real(*a, factory=Forgetful, **k))
    with pytest.raises(VaultDamaged):
        renew(vault)

    monkeypatch.undo()
    assert rows.numbers(vault) == {1}
    vault.close()
