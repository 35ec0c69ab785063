"""While a vault is open, backups make themselves, and neither saving nor the lock waits."""

import threading

import pytest
from builders import NOON, a_moment
from vaults_for_tests import a_vault

from desktop.errors import AppError, CopyFailed
from desktop.paths import Places
from desktop.services import backups, outreach
from ui.backing_up import BackingUp


@pytest.fixture
def vault(tmp_path):
    vault = a_vault(tmp_path / "vault")
    yield vault
    vault.close()


@pytest.fixture
def backing_up(vault, qtbot):
    backing_up = BackingUp(a_moment, first=0)
    yield backing_up
    backing_up.close(5)


def test_soon_after_unlocking_a_backup_is_there(backing_up, vault, qtbot):
    with qtbot.waitSignal(backing_up.made) as made:
        backing_up.begin(vault)

    assert backups.listing(vault.folder) == (made.args[0],)


def test_when_nothing_is_due_nothing_is_made(backing_up, vault, qtbot):
    backups.make(vault, NOON)
    backing_up.begin(vault)

    with qtbot.assertNotEmitted(backing_up.made):
        backing_up.look()
        qtbot.waitUntil(backing_up.is_idle)


def test_asked_for_it_is_made_and_copied_to_a_stick(backing_up, vault, qtbot, tmp_path):
    (tmp_path / "stick").mkdir()
    backing_up.begin(vault)
    there = []

    backing_up.copy_to(tmp_path / "stick", there.append, there.append)
    qtbot.waitUntil(lambda: len(there) == 1)

    backups.verify(there[0].path, backups.of_vault(vault))


def test_a_stick_that_is_gone_is_told_to_whoever_asked(backing_up, vault, qtbot, tmp_path):
    backing_up.begin(vault)
    heard = []

    backing_up.copy_to(tmp_path / "gone", heard.append, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)

    assert isinstance(heard[0], CopyFailed)


def test_the_same_trouble_is_told_once(vault, qtbot):
    backing_up = BackingUp(a_moment, first=10_000)
    told = []
    backing_up.failed.connect(told.append)
    (vault.folder / "backup").write_text("in the way", "utf-8")
    backing_up.begin(vault)

    for _ in range(3):
        backing_up.look()
        qtbot.waitUntil(backing_up.is_idle)

    assert len(told) == 1
    assert isinstance(told[0], AppError)
    backing_up.close(5)


def test_closed_in_the_middle_it_lets_go_of_the_vault_and_leaves_no_half(vault, qtbot):
    backing_up = BackingUp(a_moment, first=10_000)
    backing_up.begin(vault)
    is_reading, may_end = threading.Event(), threading.Event()

    def read():
        own = vault.sibling()
        with own.reading() as db:  # an older state is being read, so the backup has to wait
            db.execute("SELECT count(*) FROM op").fetchone()
            is_reading.set()
            may_end.wait(10)
        own.close()

    reader = threading.Thread(target=read)
    reader.start()
    is_reading.wait(10)
    outreach.begin(vault, outreach.Plan("별빛공원"), a_moment())
    backing_up.look()

    assert backing_up.close(5)
    may_end.set()
    reader.join()

    assert backups.listing(vault.folder) == ()
    assert vault.session.is_alone


def test_an_open_program_backs_up_and_locks_in_good_order(open_window, qtbot, tmp_path):
    program = open_window.program
    folder = Places(tmp_path).vault("practice")

    with qtbot.waitSignal(program.backing_up.made, timeout=20_000):
        program.backing_up.look()
    program.lock.lock()

    assert len(backups.listing(folder)) == 1
    assert not (folder / "notes.db-wal").exists()
    assert open_window.became == [()]
