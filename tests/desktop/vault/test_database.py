"""Transactions are whole; readings are still; threads share one vault without losing anything."""

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher
from vaults_for_tests import a_closed_vault, by_key

from desktop.errors import DiskFailed, VaultInUse

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def test_everything_in_a_transaction_is_kept(vault, rows):
    with vault.transaction() as db:
        rows.put_in(db, 1)
        rows.put_in(db, 2)

    assert rows.numbers(vault) == {1, 2}


def test_nothing_in_a_broken_transaction_is_kept(vault, rows):
    def break_off():
        with vault.transaction() as db:
            rows.put_in(db, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()

    assert rows.numbers(vault) == set()
    rows.put(vault, 2)
    assert rows.numbers(vault) == {2}


def test_what_breaks_off_apart_leaves_the_rest_of_its_transaction_whole(vault, rows):
    with vault.transaction() as db:
        rows.put_in(db, 1)
        with suppress(ZeroDivisionError), db.apart():
            rows.put_in(db, 2)
            raise ZeroDivisionError
        with db.apart():
            rows.put_in(db, 3)

    assert rows.numbers(vault) == {1, 3}
    vault.verify()


def test_what_was_kept_is_there_after_closing_and_opening(tmp_path, rows):
    folder = a_closed_vault(tmp_path / "vault")
    for number in range(5):
        vault = by_key(folder)
        rows.put(vault, number)
        vault.close()

    vault = by_key(folder)
    assert rows.numbers(vault) == set(range(5))
    vault.verify()
    vault.close()


def test_a_reading_sees_one_moment(vault, rows):
    other = vault.sibling()
    rows.put(vault, 1)

    with vault.reading() as db:
        before = rows.numbers_in(db)
        rows.put(other, 2)
        assert rows.numbers_in(db) == before == {1}

    assert rows.numbers(vault) == {1, 2}
    other.close()


def test_writing_while_reading_is_a_bug_that_shows(vault, rows):
    with pytest.raises(RuntimeError), vault.reading() as db:
        rows.put_in(db, 1)

    assert rows.numbers(vault) == set()


def test_a_transaction_inside_another_is_a_bug_that_shows(vault, rows):
    def nest():
        with vault.transaction() as db:
            rows.put_in(db, 1)
            rows.put(vault, 2)

    with pytest.raises(sqlcipher.OperationalError):
        nest()

    assert rows.numbers(vault) == set()


def test_two_threads_write_without_waiting_in_vain_or_losing_anything(vault, rows):
    other = vault.sibling()

    def write(one, numbers):
        for number in numbers:
            rows.put(one, number)

    threads = [
        threading.Thread(target=write, args=(vault, range(60))),
        threading.Thread(target=write, args=(other, range(100, 160))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert rows.numbers(vault) == {*range(60), *range(100, 160)}
    vault.verify()
    other.close()


def test_a_sibling_outlives_the_one_that_made_it(tmp_path, rows):
    folder = a_closed_vault(tmp_path / "vault")
    vault = by_key(folder)
    other = vault.sibling()

    vault.close()
    rows.put(other, 1)
    with pytest.raises(VaultInUse):
        by_key(folder)
    other.close()

    again = by_key(folder)
    assert rows.numbers(again) == {1}
    again.close()


@LINUX
def test_closing_twice_is_harmless_and_leaves_no_file_open(tmp_path):
    before = _descriptors()
    vault = by_key(a_closed_vault(tmp_path / "vault"))

    vault.close()
    vault.close()

    assert _descriptors() == before
    assert not (tmp_path / "vault" / "notes.db-wal").exists()


def test_a_vault_knows_who_it_is(vault, tmp_path):
    assert vault.folder == tmp_path / "vault"
    assert vault.world == "practice"
    assert vault.vault_id.version == 4


def _descriptors():
    """Return this process's open files by number."""
    found = {}
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one that lists the folder
            found[int(link.name)] = str(link.readlink())
    return {number: to for number, to in found.items() if not to.startswith("/proc/")}


def _anchor_descriptor(folder):
    return next(fd for fd, to in _descriptors().items() if to == str(folder / "anchor"))


@LINUX
def test_what_was_kept_on_a_disk_too_full_for_the_anchor_is_not_done_twice(tmp_path, rows):
    vault = by_key(a_closed_vault(tmp_path / "vault"))
    anchor = _anchor_descriptor(vault.folder)
    kept, full = os.dup(anchor), os.open("/dev/full", os.O_RDWR)

    os.dup2(full, anchor)
    with pytest.raises(DiskFailed):
        rows.put(vault, 1)
    os.dup2(kept, anchor)
    with pytest.raises(DiskFailed):
        rows.put(vault, 2)
    vault.close()

    vault = by_key(vault.folder)
    assert rows.numbers(vault) == {1}
    vault.verify()
    vault.close()
    os.close(kept)
    os.close(full)


@LINUX
def test_after_a_failed_flush_nothing_is_believed_until_the_vault_is_opened_anew(tmp_path, rows):
    vault = by_key(a_closed_vault(tmp_path / "vault"))
    anchor = _anchor_descriptor(vault.folder)
    kept, broken = os.dup(anchor), os.open("/dev/full", os.O_RDONLY)

    os.dup2(broken, anchor)
    with pytest.raises(DiskFailed):
        rows.put(vault, 1)
    os.dup2(kept, anchor)
    with pytest.raises(DiskFailed):
        rows.put(vault, 2)
    vault.close()

    again = by_key(vault.folder)
    assert rows.numbers(again) == {1}
    rows.put(again, 2)
    again.close()
    os.close(kept)
    os.close(broken)
