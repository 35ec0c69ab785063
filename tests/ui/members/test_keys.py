"""What a member does about their own keys, and that it holds at the next unlocking."""

import os

import pytest
from builders import NOON
from pages_for_tests import done, settled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from vaults_for_tests import PASSPHRASE, WORLD, code

from desktop.errors import DiskFull, WrongPassphrase
from desktop.services import escrow, members
from ui.widgets.buttons import Button

NEW = "새벽 첫차 창가에 앉은 고양이"
ORGANISATION = escrow.new_key(os.urandom)


def page(sheet, key):
    sheet.list.buttons[key].click()
    return sheet.task


def opens(tasks, folder, keychain, passphrase):
    tasks.close(5)
    members.unlock(folder, passphrase, world=WORLD, keychain=keychain, now=NOON).vault.close()


def opens_by_code(tasks, folder, typed):
    tasks.close(5)
    members.unlock_with_recovery(folder, typed, world=WORLD, now=NOON).vault.close()


def on_paper(qtbot, task):
    qtbot.waitUntil(lambda: task.paper is not None, timeout=20_000)
    for field, number in zip(task.paper.fields, task.paper.asked, strict=True):
        field.edit.setText(task.paper.groups[number].lower())
    groups = task.paper.groups
    task.paper.done_button.click()
    return "-".join(groups)


def test_a_name_is_seen_on_the_lock_screen(sheet, tasks, qtbot):
    task = page(sheet, "name")
    task.name.edit.setText("솔")

    qtbot.keyClick(task.name.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.task is None)

    assert done(qtbot, tasks, members.label) == "솔"
    assert sheet.list.notice.isVisible()


def test_a_resident_number_is_no_name(sheet, tasks, qtbot):
    task = page(sheet, "name")
    task.name.edit.setText("900101-1234567")

    task.act_button.click()
    qtbot.waitUntil(task.problem.isVisible)

    assert done(qtbot, tasks, members.label) == ""


def test_a_changed_passphrase_is_the_one_that_opens(sheet, tasks, folder, keychain, qtbot):
    task = page(sheet, "passphrase")
    task.old.edit.setText(PASSPHRASE)
    task.new.first.edit.setText(NEW)
    task.new.again.edit.setText(NEW)
    qtbot.waitUntil(task.act_button.isEnabled)

    task.act_button.click()
    qtbot.waitUntil(lambda: sheet.task is None, timeout=20_000)

    assert (task.old.words(), task.new.words()) == ("", "")
    opens(tasks, folder, keychain, NEW)
    with pytest.raises(WrongPassphrase):
        opens(tasks, folder, keychain, PASSPHRASE)


def test_a_wrong_old_passphrase_changes_nothing(sheet, tasks, folder, keychain, qtbot):
    task = page(sheet, "passphrase")
    task.old.edit.setText("another one altogether")
    task.new.first.edit.setText(NEW)
    task.new.again.edit.setText(NEW)
    qtbot.waitUntil(task.act_button.isEnabled)

    task.act_button.click()
    qtbot.waitUntil(lambda: task.old.edit.property("wrong") == "true", timeout=20_000)

    assert task.act_button.isEnabled()
    opens(tasks, folder, keychain, PASSPHRASE)


@pytest.mark.parametrize("weak", ["password", "가가가가가가가"])
def test_a_weak_new_passphrase_cannot_be_put_in_force(sheet, tasks, qtbot, weak):
    task = page(sheet, "passphrase")
    task.old.edit.setText(PASSPHRASE)
    task.new.first.edit.setText(weak)
    task.new.again.edit.setText(weak)
    settled(qtbot, tasks)

    assert not task.act_button.isEnabled()


def test_a_new_code_opens_and_the_old_paper_opens_nothing(sheet, tasks, folder, qtbot):
    task = page(sheet, "code")
    task.passphrase.edit.setText(PASSPHRASE)
    task.act_button.click()

    fresh = on_paper(qtbot, task)
    qtbot.waitUntil(lambda: sheet.task is None)

    opens_by_code(tasks, folder, fresh)
    with pytest.raises(WrongPassphrase):
        opens_by_code(tasks, folder, code())


def test_a_code_is_only_made_for_whoever_knows_the_passphrase(sheet, tasks, folder, qtbot):
    task = page(sheet, "code")
    task.passphrase.edit.setText("somebody passing by")
    task.act_button.click()

    qtbot.waitUntil(lambda: task.passphrase.edit.property("wrong") == "true", timeout=20_000)

    assert task.paper is None
    opens_by_code(tasks, folder, code())


def test_new_keys_keep_the_passphrase_and_lead_to_the_lock(sheet, tasks, folder, keychain, qtbot):
    task = page(sheet, "renew")
    task.passphrase.edit.setText(PASSPHRASE)
    task.act_button.click()
    qtbot.waitUntil(lambda: task.paper is not None, timeout=20_000)
    sheet.leave()
    assert sheet.isVisible()  # only a lock opens again what was closed

    with qtbot.waitSignal(sheet.lock_wanted):
        fresh = on_paper(qtbot, task)

    opens(tasks, folder, keychain, PASSPHRASE)
    opens_by_code(tasks, folder, fresh)
    with pytest.raises(WrongPassphrase):
        opens_by_code(tasks, folder, code())


@pytest.fixture
def full_disk(monkeypatch):
    """Let the disk be full when everything is written anew."""

    def full(*_, **__):
        raise DiskFull

    monkeypatch.setattr(members, "renew_keys", full)


@pytest.mark.usefixtures("full_disk")
def test_new_keys_that_could_not_be_made_leave_the_old_and_offer_the_lock(
    sheet, tasks, folder, keychain, qtbot
):
    task = page(sheet, "renew")
    task.passphrase.edit.setText(PASSPHRASE)
    task.act_button.click()
    qtbot.waitUntil(task.problem.isVisible, timeout=20_000)

    with qtbot.waitSignal(sheet.lock_wanted):
        task.act_button.click()

    opens(tasks, folder, keychain, PASSPHRASE)


def test_the_organization_s_way_in_is_off_until_switched_on_and_then_seen(sheet, tasks, qtbot):
    task = page(sheet, "escrow")
    assert "Only you" in task.standing.label.text()
    task.public.setPlainText(ORGANISATION.public_text)
    qtbot.waitUntil(task.act_button.isEnabled)
    assert escrow.fingerprint(ORGANISATION.public_text) in task.fingerprint.text()
    task.passphrase.edit.setText(PASSPHRASE)

    task.act_button.click()
    qtbot.waitUntil(lambda: sheet.task is None, timeout=20_000)
    settled(qtbot, tasks)

    assert done(qtbot, tasks, escrow.is_on)
    task = page(sheet, "escrow")
    assert escrow.fingerprint(ORGANISATION.public_text) in task.standing.label.text()
    assert not task.public.isVisible()
    task.off_button.click()
    qtbot.waitUntil(lambda: sheet.task is None)
    assert not done(qtbot, tasks, escrow.is_on)


def test_half_a_text_cannot_be_switched_on(sheet, tasks, qtbot):
    task = page(sheet, "escrow")

    task.public.setPlainText(ORGANISATION.public_text[:-40])
    settled(qtbot, tasks)

    assert not task.act_button.isEnabled()
    assert "whole text" in task.fingerprint.text()


def test_closing_takes_secrets_off_the_screen(sheet, qtbot):
    task = page(sheet, "passphrase")
    task.old.edit.setText(PASSPHRASE)

    qtbot.keyClick(task.old.edit, Qt.Key.Key_Escape)

    assert task.old.words() == ""
    assert not sheet.isVisible()


def reached_by_tab(sheet, qtbot):
    reached = set()
    for _ in range(20):
        reached.add(sheet.window().focusWidget())
        qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Tab)
    return reached


def test_a_shown_code_is_confirmed_without_a_mouse(sheet, qtbot, tasks):
    task = page(sheet, "code")
    task.passphrase.edit.setText(PASSPHRASE)
    qtbot.keyClick(task.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: task.paper is not None, timeout=20_000)
    settled(qtbot, tasks)
    paper = task.paper
    assert sheet.window().focusWidget() is paper.fields[0].edit

    for field, number in zip(paper.fields, paper.asked, strict=True):
        field.edit.setText(paper.groups[number])

    parts = {field.edit for field in paper.fields} | {paper.print_button, paper.done_button}
    assert parts <= reached_by_tab(sheet, qtbot)


@pytest.mark.parametrize("key", ["name", "passphrase", "code", "renew", "escrow"])
def test_everything_is_named_reached_by_tab_and_fits_a_small_laptop(sheet, qtbot, key):
    task = page(sheet, key)
    qtbot.waitUntil(lambda: sheet.panel.height() > 100)

    kinds = (Button, QLineEdit, QPlainTextEdit)
    parts = [each for kind in kinds for each in task.findChildren(kind) if each.isVisible()]
    assert [each for each in parts if not each.accessibleName()] == []
    assert {each for each in parts if each.isEnabled()} <= reached_by_tab(sheet, qtbot)
    assert sheet.panel.height() <= 768 - 64
