"""Making a vault for the first time."""

import pytest
from vaults_for_tests import PASSPHRASE

from desktop.paths import Places


@pytest.fixture
def at_code(start, qtbot):
    """Come as far as the recovery code."""
    started = start()
    first = started.program.unlock.first
    first.language.english.click()
    first.passphrase.first.edit.setText(PASSPHRASE)
    first.passphrase.again.edit.setText(PASSPHRASE)
    qtbot.waitUntil(first.passphrase.next_button.isEnabled)
    first.passphrase.next_button.click()
    qtbot.waitUntil(lambda: first.recovery is not None, timeout=20_000)
    return started


def type_groups(page):
    for field, number in zip(page.fields, page.asked, strict=True):
        field.edit.setText(page.groups[number].lower())


def test_a_vault_is_open_once_the_code_is_on_paper(at_code, qtbot, tmp_path):
    program = at_code.program
    page = program.unlock.first.recovery

    type_groups(page)
    with qtbot.waitSignal(program.opened):
        page.done_button.click()

    qtbot.waitUntil(program.desk.window.isVisible)
    assert Places(tmp_path).has_vault("real")
    assert not Places(tmp_path).has_vault("practice")


def test_the_code_must_be_read_off_the_paper(at_code):
    page = at_code.program.unlock.first.recovery

    assert not page.done_button.isEnabled()
    page.fields[0].edit.setText("!!!!")

    assert "paper" in page.fields[0].note.text()
    assert not page.done_button.isEnabled()


def test_passphrase_is_off_the_screen_once_used(at_code):
    choosing = at_code.program.unlock.first.passphrase

    assert choosing.first.words() == ""
    assert choosing.again.words() == ""


@pytest.mark.parametrize("weak", ["password", "010-1234-5678", "qwerty123456", "가가가가가가가"])
def test_a_weak_passphrase_goes_no_further(start, qtbot, weak):
    first = start().program.unlock.first
    first.language.english.click()

    first.passphrase.first.edit.setText(weak)
    first.passphrase.again.edit.setText(weak)

    before = "Four or five words work well. Spaces are welcome."
    qtbot.waitUntil(lambda: first.passphrase.meter.words.text() != before)
    assert not first.passphrase.next_button.isEnabled()


def test_two_different_passphrases_go_no_further(start, qtbot):
    first = start().program.unlock.first
    first.language.english.click()

    first.passphrase.first.edit.setText(PASSPHRASE)
    first.passphrase.again.edit.setText(PASSPHRASE + "!")

    qtbot.waitUntil(lambda: "hard" in first.passphrase.meter.words.text())
    assert first.passphrase.again.note.text()
    assert not first.passphrase.next_button.isEnabled()


def test_the_language_holds_from_the_next_page_on(start):
    program = start().program

    program.unlock.first.language.korean.click()

    assert program.unlock.first.passphrase.title.text() == "암호 문구를 정해 주세요"
    assert program.frame.windowTitle() == "밤마중"
    assert program.settings.language == "ko"


def test_practice_first_starts_the_same_command_in_practice(start):
    started = start()

    started.program.unlock.first.language.practice.click()

    assert started.became == [("--practice",)]


def test_a_code_nobody_confirmed_is_made_anew_at_the_next_unlocking(at_code, start, qtbot):
    shown = at_code.program.unlock.first.recovery.groups
    at_code.program.idle.left_alone.emit()  # the code does not stay on the screen
    assert at_code.became == [()]
    at_code.program.unlock.first._created.vault.close()  # what becoming another process does

    again = start()
    again.program.unlock.door.passphrase.edit.setText(PASSPHRASE)
    again.program.unlock.door.unlock_button.click()
    qtbot.waitUntil(lambda: again.program.unlock.code is not None, timeout=20_000)
    page = again.program.unlock.code
    assert page.groups != shown
    type_groups(page)
    with qtbot.waitSignal(again.program.opened):
        page.done_button.click()
