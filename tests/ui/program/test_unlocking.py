"""The door: right and wrong passphrases, the recovery code, a damaged vault."""

import pytest
from PySide6.QtWidgets import QApplication
from vaults_for_tests import PASSPHRASE, code

from desktop.errors import KeyringSilent, VaultInUse, WaitBeforeTrying
from desktop.paths import Places
from ui import messages

NEW = "새벽 첫차 창가에 앉은 고양이"


def opened(program, qtbot, timeout=20_000):
    qtbot.waitUntil(lambda: program.desk is not None, timeout=timeout)


def test_the_passphrase_opens_the_window(start_practice, qtbot):
    program = start_practice().program
    door = program.unlock.door

    door.passphrase.edit.setText(PASSPHRASE)
    door.unlock_button.click()
    opened(program, qtbot)

    assert door.passphrase.words() == ""


def test_a_wrong_passphrase_says_what_to_do_next(start_practice, qtbot):
    program = start_practice().program
    door = program.unlock.door

    door.passphrase.edit.setText("wrong words entirely here")
    door.unlock_button.click()

    qtbot.waitUntil(lambda: "Caps Lock" in door.passphrase.note.text(), timeout=20_000)
    assert program.desk is None
    assert door.unlock_button.isEnabled()


def test_waiting_is_counted_down_and_then_over(start_practice, qtbot):
    door = start_practice().program.unlock.door

    door._on_failed(WaitBeforeTrying(seconds=2))
    assert not door.unlock_button.isEnabled()
    assert "2 seconds" in door.passphrase.note.text()

    door.waiting.pass_second()
    assert "1 second." in door.passphrase.note.text()
    door.waiting.pass_second()
    assert door.unlock_button.isEnabled()


@pytest.mark.parametrize("error", [KeyringSilent(), VaultInUse()])
def test_other_failures_are_said_at_the_door(start_practice, error):
    door = start_practice().program.unlock.door

    door._on_failed(error)

    assert door.passphrase.note.text() == messages.sentence(error)


def by_the_code(unlock, qtbot):
    unlock.door.recovery_button.click()
    unlock.ways.recovering.code.edit.setText(code().lower())
    unlock.ways.recovering.next_button.click()
    choose_anew(unlock, qtbot)


def choose_anew(unlock, qtbot):
    qtbot.waitUntil(lambda: unlock.ways.choosing is not None)
    unlock.ways.choosing.first.edit.setText(NEW)
    unlock.ways.choosing.again.edit.setText(NEW)
    qtbot.waitUntil(unlock.ways.choosing.next_button.isEnabled)
    unlock.ways.choosing.next_button.click()


def test_the_code_from_paper_sets_a_new_passphrase(start_practice, qtbot):
    started = start_practice()

    by_the_code(started.program.unlock, qtbot)

    opened(started.program, qtbot)


def test_a_misread_code_is_noticed_before_a_passphrase_is_chosen(start_practice, qtbot):
    unlock = start_practice().program.unlock
    unlock.door.recovery_button.click()

    unlock.ways.recovering.code.edit.setText(code()[:-1] + ("0" if code()[-1] != "0" else "1"))
    unlock.ways.recovering.next_button.click()

    qtbot.waitUntil(lambda: "paper" in unlock.ways.recovering.code.note.text())
    assert unlock.ways.choosing is None


def copied_elsewhere(started, tmp_path):
    """Let a service copy the vault's folder from now on; return the page that unlocks."""
    (tmp_path / ".stfolder").mkdir()
    return started.program.unlock


def test_a_vault_that_a_service_copies_opens_only_once_that_was_said(
    start_practice, qtbot, tmp_path
):
    started = start_practice()
    door = copied_elsewhere(started, tmp_path).door
    QApplication.setDoubleClickInterval(60_000)

    door.passphrase.edit.setText(PASSPHRASE)
    door.unlock_button.click()

    qtbot.waitUntil(lambda: "(Syncthing)" in door.passphrase.note.text(), timeout=20_000)
    assert door.unlock_button.text() == "Open all the same"
    door.unlock_button.click()  # the second half of a double click
    assert door.unlock_button.isEnabled()
    assert started.program.desk is None
    door._told.stop()
    door.unlock_button.click()
    opened(started.program, qtbot)


def test_the_code_from_paper_opens_it_too_once_that_was_said(start_practice, qtbot, tmp_path):
    started = start_practice()
    unlock = copied_elsewhere(started, tmp_path)

    by_the_code(unlock, qtbot)
    note = unlock.ways.recovering.code.note
    qtbot.waitUntil(lambda: "(Syncthing)" in note.text(), timeout=20_000)
    unlock.ways.choosing = None
    assert started.program.desk is None

    unlock.ways.recovering.next_button.click()
    choose_anew(unlock, qtbot)
    opened(started.program, qtbot)


def test_a_damaged_vault_is_never_replaced(start_practice, qtbot, tmp_path):
    vault = Places(tmp_path).vault("practice")
    started = start_practice()
    for name in ("hdr.a", "hdr.b"):
        (vault / name).write_bytes(b"damage" * 100)
    unlock = started.program.unlock

    unlock.door.passphrase.edit.setText(PASSPHRASE)
    unlock.door.unlock_button.click()

    qtbot.waitUntil(lambda: unlock.currentWidget() is not unlock.door, timeout=20_000)
    assert "Nothing was deleted" in words_of(unlock.currentWidget())
    assert (vault / "notes.db").exists()
    assert started.program.desk is None


def test_practice_is_unmistakable_and_no_title_names_anyone(start_practice):
    frame = start_practice().program.frame

    assert frame.band.isVisible()
    assert "Practice" in frame.windowTitle()


def test_real_work_has_no_practice_band(start):
    frame = start().program.frame

    assert not frame.band.isVisible()
    assert frame.windowTitle() == "Bammajung"


def words_of(widget):
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in widget.findChildren(QLabel))
