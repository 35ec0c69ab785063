"""Damage that shows itself only while the vault is open leads to what can be saved, too."""

import pytest
from PySide6.QtWidgets import QPushButton
from vaults_for_tests import PASSPHRASE, by_key

from desktop.paths import Places
from desktop.services import backups
from ui.unlock.damaged import DamagedPage

PAGE = 4096
ROOT = "SELECT rootpage FROM sqlite_schema WHERE name = 'amendment'"


def rot_where_no_door_looks(folder):
    """Let the one page of a table rot that is read neither at the door nor by the first window."""
    vault = by_key(folder)
    with vault.reading() as db:
        (page,) = db.execute(ROOT).fetchone()
    vault.close()
    content = bytearray((folder / "notes.db").read_bytes())
    content[(page - 1) * PAGE + 999] ^= 1
    (folder / "notes.db").write_bytes(content)


@pytest.fixture
def folder(tmp_path, start_practice):
    folder = Places(tmp_path).vault("practice")
    rot_where_no_door_looks(folder)
    return folder


def unlock(started):
    door = started.program.unlock.door
    door.passphrase.edit.setText(PASSPHRASE)
    door.unlock_button.click()


@pytest.fixture
def opened(folder, start_practice, qtbot):
    """Open a vault that is damaged, as nobody knows yet."""
    started = start_practice()
    unlock(started)
    program = started.program
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    qtbot.waitUntil(lambda: program.desk.joining is not None)
    program.desk.joining.skip_button.click()
    return started


def strip_of(program):
    return vars(program.desk.damage).get("strip")


def test_what_a_backup_meets_is_said_until_somebody_locks_and_leads_to_what_can_be_saved(
    opened, folder, start_practice, qtbot
):
    program = opened.program
    assert strip_of(program) is None

    program.backing_up.look()
    qtbot.waitUntil(lambda: strip_of(program) is not None, timeout=20_000)
    assert strip_of(program).isVisible()
    assert "no new backup can be made" in strip_of(program).label.text()
    program.desk.window.findChild(QPushButton, "damage-lock").click()

    assert opened.became == [()]
    assert backups.listing(folder) == ()
    again = start_practice()
    unlock(again)
    pages = again.program.unlock
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), DamagedPage), timeout=20_000)
    assert again.program.desk is None


def test_what_a_page_meets_is_said_there_and_stays_said(opened, qtbot):
    program, told = opened.program, []

    program.desk.tasks.run(lambda vault: vault.verify(), told.append, told.append)
    qtbot.waitUntil(lambda: len(told) == 1)

    assert strip_of(program).isVisible()
