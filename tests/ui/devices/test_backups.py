"""An admin makes the rule in two steps, and brings what a lost laptop left to a stick."""

import secrets
from datetime import timedelta

import pytest
from lost_laptop_for_tests import an_office, back_up, write
from organisation_for_tests import moment
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from desktop.services import backups, enrolment
from desktop.services.office_backups import Outcome
from i18n import formats
from sync.server import tables
from ui.devices.sheet import DevicesSheet
from ui.leaving import Leaving
from ui.tasks import Tasks


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with an_office(tmp_path_factory.mktemp("office")) as made:
        yield made
        made.boss.close()


@pytest.fixture
def leaving(office, qtbot):
    leaving = Leaving(moment)
    leaving.begin(office.boss)
    yield leaving
    leaving.close(5)


@pytest.fixture
def sheet(office, leaving, qtbot):
    """The sheet of devices of whoever looks after them, over a real line."""
    tasks = Tasks(office.boss.sibling, moment)
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    sheet = DevicesSheet(tasks, secrets.token_bytes, leaving, window)
    yield sheet
    tasks.close(5)


@pytest.fixture
def part(sheet, qtbot):
    sheet.begin()
    qtbot.waitUntil(lambda: sheet.backups.switch_button.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: bool(sheet.rows), timeout=20_000)
    return sheet.backups


def lost_laptop(office, name, *, is_shut_out=True):
    """A counselor's laptop that left a backup and is then gone, shut out by the admin or not."""
    vault = office.counselor(name)
    write(vault, "하늘", "골목에서 만남")
    back_up(vault)
    assert office.leave(vault).outcome is Outcome.LEFT
    if is_shut_out:
        office.shut_out(vault)
    with vault.reading() as db:
        device = enrolment.current(db).device
    vault.close()
    return device


def pieces_of(office, vault):
    """Return the names of all pieces of a laptop that the hub holds."""
    with vault.reading() as own:
        device = enrolment.current(own).device
    with office.hub.store.reading() as db:
        return {row["sha256"] for row in db.all(tables.blob_content, device_id=device)}


def all_words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_it_is_off_at_first_and_turned_on_in_two_steps_that_say_what_it_means(part, qtbot, office):
    assert "None are kept there" in part.rule.text()
    assert part.switch_button.text() == "Keep them at the hub…"

    part.switch_button.click()
    assert "office line" in part.asking.words.text()
    assert part.window().focusWidget() is part.asking.keep_button
    part.asking.keep_button.click()
    assert not part.asking.isVisible()
    assert "None are kept there" in part.rule.text()

    part.switch_button.click()
    part.asking.sure_button.click()
    assert not part.asking.keep_button.isVisible()  # it is under way
    qtbot.waitUntil(lambda: "They are kept there" in part.rule.text(), timeout=20_000)
    assert not part.asking.isVisible()
    office.decide(is_on=False)


def test_what_a_lost_laptop_left_comes_to_a_stick(office, sheet, qtbot, tmp_path, monkeypatch):
    office.decide(is_on=True)
    device = lost_laptop(office, "lost")
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    part = sheet.backups
    sheet.begin()
    qtbot.waitUntil(lambda: len(part.rows) == 1 and bool(sheet.rows), timeout=20_000)

    (row,) = part.rows
    qtbot.waitUntil(lambda: row.isVisible())
    assert row.lost.device == device
    assert "Shut out" in all_words(row)
    assert "하늘" not in all_words(sheet)
    row.bring_button.click()
    assert not row.bring_button.isEnabled()
    qtbot.waitUntil(lambda: "on the stick" in part.notice.label.text(), timeout=20_000)

    (found,) = backups.found_at(stick)
    assert found.path.name == row.lost.generation.name
    assert part.rows[0].bring_button.isEnabled()
    assert not part.bar.isVisible()


def test_an_earlier_one_comes_where_the_newest_is_damaged(
    office, sheet, qtbot, tmp_path, monkeypatch
):
    office.decide(is_on=True)
    vault, made, held = office.counselor("damaged"), [], set()
    for hours in range(3):
        write(vault, f"별{hours}", "골목에서 만남")
        made.append(back_up(vault, hours=hours))
        before, held = held, office.leave(vault) and pieces_of(office, vault)
    office.shut_out(vault)
    with vault.reading() as own, office.hub.store.writing() as db:
        device = {"device_id": enrolment.current(own).device}
        for piece in held - before:
            db.change(tables.blob_content, device | {"sha256": piece}, content=b"x")
    vault.close()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    part = sheet.backups
    sheet.begin()
    qtbot.waitUntil(lambda: bool(part.rows) and bool(sheet.rows), timeout=20_000)
    row = next(row for row in part.rows if row.earlier)

    row.bring_button.click()
    qtbot.waitUntil(lambda: "Bring an earlier one" in part.notice.label.text(), timeout=20_000)
    row.more_button.click()
    row.earlier[0].click()
    qtbot.waitUntil(lambda: "It is on the stick" in part.notice.label.text(), timeout=20_000)

    (found,) = backups.found_at(tmp_path)
    assert found.path.name == made[1].name
    assert row.lost.device == device["device_id"]
    assert len(row.earlier) == 2


def test_without_a_line_what_was_pressed_says_that_nobody_presses_it_again(office, sheet, qtbot):
    office.decide(is_on=True)
    lost_laptop(office, "away")
    part = sheet.backups
    sheet.begin()
    qtbot.waitUntil(lambda: bool(part.rows) and bool(sheet.rows), timeout=20_000)
    office.process.stop()

    part.switch_button.click()
    part.asking.sure_button.click()
    qtbot.waitUntil(lambda: part.notice.property("notice") == "danger", timeout=20_000)
    office.process.start()

    assert "Press it again" in part.notice.label.text()


def test_until_when_a_lost_laptops_backup_stays_is_said_before_and_after(office, sheet, qtbot):
    office.decide(is_on=True)
    device = lost_laptop(office, "on leave", is_shut_out=False)
    sheet.begin()
    qtbot.waitUntil(lambda: bool(sheet.backups.rows) and bool(sheet.rows), timeout=20_000)
    lost = next(row for row in sheet.backups.rows if row.lost.device == device)
    assert not lost.ends

    next(row for row in sheet.rows if row.device.id == device).remove_button.click()
    assert "for 90 days. Bring it to a stick before." in sheet.asking.words.text()
    sheet.asking.sure_button.click()
    qtbot.waitUntil(lambda: not sheet.asking.isVisible(), timeout=20_000)

    lost = next(row for row in sheet.backups.rows if row.lost.device == device)
    said = f"The hub destroys it on {formats.full_day(moment().now + timedelta(days=90))}."
    assert said in all_words(lost)
    assert said in lost.accessibleName()


def test_what_a_lost_laptop_left_is_destroyed_there_once_somebody_said_it_twice(
    office, sheet, qtbot
):
    office.decide(is_on=True)
    device = lost_laptop(office, "brought back")
    part = sheet.backups

    def row():
        return next((row for row in part.rows if row.lost.device == device), None)

    sheet.begin()
    qtbot.waitUntil(lambda: bool(part.rows) and bool(sheet.rows), timeout=20_000)
    row().destroy_button.click()
    assert "once its owner has everything on a new laptop" in row().asking.words.text()
    assert part.window().focusWidget() is row().asking.keep_button
    qtbot.waitUntil(lambda: not row().asking.visibleRegion().isEmpty())
    row().asking.keep_button.click()
    assert part.window().focusWidget() is row().destroy_button
    assert device in {each.device for each in office.lost(office.boss)}

    row().destroy_button.click()
    row().asking.sure_button.click()
    qtbot.waitUntil(lambda: row() is None, timeout=20_000)

    assert device not in {each.device for each in office.lost(office.boss)}
    assert "destroyed at the hub" in part.notice.label.text()


def test_who_is_in_ends_its_backups_itself(office, sheet, qtbot):
    office.decide(is_on=True)
    device = lost_laptop(office, "inside", is_shut_out=False)

    sheet.begin()
    qtbot.waitUntil(lambda: bool(sheet.backups.rows) and bool(sheet.rows), timeout=20_000)

    row = next(row for row in sheet.backups.rows if row.lost.device == device)
    assert not row.destroy_button.isVisible()
    assert row.bring_button.isVisible()


def test_a_stick_that_is_gone_is_said_and_can_be_tried_again(office, sheet, qtbot, monkeypatch):
    office.decide(is_on=True)
    lost_laptop(office, "gone")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/nowhere/at/all")
    part = sheet.backups
    sheet.begin()
    qtbot.waitUntil(lambda: bool(part.rows) and bool(sheet.rows), timeout=20_000)

    part.rows[0].bring_button.click()
    qtbot.waitUntil(lambda: part.notice.property("notice") == "danger", timeout=20_000)

    assert part.rows[0].bring_button.isEnabled()


def test_turned_off_nothing_is_left_there(office, sheet, qtbot):
    office.decide(is_on=True)
    lost_laptop(office, "again")
    part = sheet.backups
    sheet.begin()
    qtbot.waitUntil(lambda: bool(part.rows) and bool(sheet.rows), timeout=20_000)

    part.switch_button.click()
    assert "destroyed" in part.asking.words.text()
    part.asking.sure_button.click()
    qtbot.waitUntil(lambda: part.rows == (), timeout=20_000)

    assert "None are kept there" in part.rule.text()
    assert office.lost(office.boss) == ()
