"""A backup is made when it is asked for, or copied to a stick, and it says what became of it."""

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.errors import CopyFailed
from desktop.services import backups
from ui import messages


@pytest.fixture
def sheet(room):
    return room.open("backups")


def choose(monkeypatch, place):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))


def test_before_the_first_one_it_says_so(sheet):
    assert sheet.last.text() == "No backup yet"


def test_back_up_now_makes_one_and_says_when(sheet, room):
    sheet.make_button.click()
    is_busy = not sheet.make_button.isEnabled()
    room.settle()

    assert is_busy
    assert len(backups.listing(room.vault.folder)) == 1
    assert "A new backup is there" in sheet.notice.label.text()
    assert sheet.last.text() == "Last backup: Nov 20, 21:40"
    assert sheet.kept.text().startswith("1 is kept on this laptop")
    assert room.window.focusWidget() is sheet.make_button


def test_one_that_made_itself_meanwhile_is_counted(sheet, room):
    room.backing_up.look()
    room.settle()

    assert sheet.kept.text().startswith("1 is kept on this laptop")


def test_a_copy_is_on_the_stick_and_is_named(sheet, room, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(monkeypatch, stick)

    sheet.copy_button.click()
    room.settle()

    (found,) = backups.found_at(stick)
    backups.verify(found.path, backups.of_vault(room.vault))
    assert "bammajung-backup" in sheet.notice.label.text()


def test_a_stick_that_is_gone_is_said_and_can_be_tried_again(sheet, room, tmp_path, monkeypatch):
    choose(monkeypatch, tmp_path / "gone")

    sheet.copy_button.click()
    room.settle()

    assert sheet.notice.label.text() == messages.sentence(CopyFailed())
    assert sheet.copy_button.isEnabled()


def test_whoever_chooses_no_stick_copies_nothing(sheet, room, monkeypatch):
    choose(monkeypatch, "")

    sheet.copy_button.click()
    room.settle()

    assert not sheet.notice.isVisible()
