"""Sealed backups go to the hub while somebody says that the line is the office's: only then."""

import threading

import pytest
from lost_laptop_for_tests import an_office, back_up, much, write
from organisation_for_tests import moment
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services import office_backups
from desktop.settings import Settings
from ui.backing_up import BackingUp
from ui.office_part import OfficePart
from ui.tasks import Tasks
from ui.window.keeper import Keeper
from ui.window.window import Window


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with an_office(tmp_path_factory.mktemp("office")) as made:
        made.vault = made.counselor("laptop")
        write(made.vault, "하늘", "골목에서 만남")
        yield made
        made.vault.close()
        made.boss.close()


class Laptop:
    """The window of a counselor who has joined."""

    def __init__(self, qtbot, vault):
        self.qtbot = qtbot
        self.tasks = Tasks(vault.sibling, moment)
        self.window = Window(self.tasks, Settings(), bytes)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.backing_up = BackingUp(moment, first=3_600_000)
        self.backing_up.begin(vault)
        self.leaving = self.backing_up.leaving
        self.keeper = Keeper(self.backing_up, moment, self.window)

    def settle(self):
        self.qtbot.waitUntil(
            lambda: self.leaving.is_idle() and self.backing_up.is_idle() and self.tasks.is_idle(),
            timeout=20_000,
        )

    def backups(self):
        self.keeper.open("backups")
        self.settle()
        return self.keeper.backups

    def outbox(self):
        self.window.status.waiting_button.click()
        self.settle()
        return self.window.status.outbox

    def close(self):
        self.backing_up.close(5)
        self.tasks.close(5)


@pytest.fixture
def laptop(qtbot, office):
    laptop = Laptop(qtbot, office.vault)
    yield laptop
    laptop.close()


def tick_in(sheet):
    """Return the tick that can be seen in a sheet, if any."""
    named = sheet.findChildren(QWidget, "office-tick")
    return next((tick for tick in named if tick.isVisible()), None)


def test_before_the_hub_was_asked_it_says_so_and_then_what_the_rule_is(laptop, office):
    sheet = laptop.keeper.backups
    assert "Not known yet" in sheet.office.rule.text()

    laptop.backups()

    assert "keeps no backups there" in sheet.office.rule.text()
    assert tick_in(sheet) is None
    assert tick_in(laptop.outbox()) is None


def test_nothing_is_ticked_and_nothing_leaves_before_it_is(laptop, office):
    office.decide(is_on=True)
    back_up(office.vault)
    sheet = laptop.backups()

    assert "keeps sealed backups there" in sheet.office.rule.text()
    assert not tick_in(sheet).isChecked()
    assert "is not at the hub yet" in sheet.office.office.state.label.text()
    laptop.leaving.look()
    laptop.settle()
    assert office.lost(office.vault) == ()


def test_ticked_the_newest_goes_and_the_page_says_since_when(laptop, office):
    office.decide(is_on=True)
    much(office.vault, 1 << 20)
    made = back_up(office.vault, hours=2)
    sheet, heard = laptop.backups(), []
    laptop.leaving.changed.connect(lambda: heard.append(laptop.leaving.progress))

    tick_in(sheet).click()
    laptop.settle()

    (left,) = office.lost(office.vault)
    assert left.generation == made
    assert any(each is not None and each.done > 0 for each in heard)
    assert "has been at the hub since" in sheet.office.office.state.label.text()
    assert sheet.office.last.text().startswith("Last left:")
    assert not sheet.office.office.progress.isVisible()


def test_while_it_is_ticked_a_new_backup_goes_by_itself(laptop, office):
    office.decide(is_on=True)
    laptop.leaving.say_office(is_office=True)
    laptop.settle()
    write(office.vault, "바다", "하나 더")
    made = back_up(office.vault, hours=4)

    laptop.backing_up.made.emit(made)
    laptop.settle()

    assert office.lost(office.vault)[0].generation == made


def test_the_same_tick_is_at_the_sync_button_and_taken_back_it_stops(laptop, office):
    office.decide(is_on=True)
    laptop.backups().leave()
    sheet = laptop.outbox()
    tick_in(sheet).click()
    laptop.settle()
    assert laptop.leaving.is_office

    tick_in(sheet).click()
    write(office.vault, "강", "또 하나")
    made = back_up(office.vault, hours=6)
    laptop.leaving.start()
    laptop.settle()

    assert not laptop.leaving.is_office
    assert all(each.generation != made for each in office.lost(office.vault))


def test_each_opening_asks_what_the_rule_is_and_whether_it_is_still_there(laptop, office):
    office.decide(is_on=False)
    sheet = laptop.outbox()
    assert tick_in(sheet) is None
    sheet.leave()

    office.decide(is_on=True)
    assert tick_in(laptop.outbox()) is not None
    tick_in(sheet).click()
    back_up(office.vault, hours=5)
    laptop.leaving.start()
    laptop.settle()
    state = sheet.findChild(OfficePart).state.label
    assert "has been at the hub since" in state.text()
    tick_in(sheet).click()
    sheet.leave()

    office.decide(is_on=False)
    office.decide(is_on=True)  # what was there was destroyed
    laptop.outbox()
    assert "has been at the hub since" not in state.text()


def test_a_lock_takes_the_tick_back(qtbot, laptop, office):
    laptop.leaving.say_office(is_office=True)
    laptop.close()
    again = Laptop(qtbot, office.vault)

    assert not again.leaving.is_office
    again.close()


def test_a_hub_that_is_away_is_said_with_what_happens_next(laptop, office):
    office.decide(is_on=True)
    sheet = laptop.backups()
    write(office.vault, "산", "그리고 하나")
    back_up(office.vault, hours=8)
    office.process.stop()

    tick_in(sheet).click()
    laptop.settle()
    said = sheet.office.office.state.label.text()
    office.process.start()

    assert said
    assert "has been at the hub since" not in said
    assert office_backups.standing(office.vault).is_due
    laptop.leaving.look()
    laptop.settle()
    assert "has been at the hub since" in sheet.office.office.state.label.text()


def test_a_lock_in_the_middle_stops_at_once_and_the_next_time_goes_on(laptop, office, qtbot):
    office.decide(is_on=True)
    much(office.vault, 4 << 20)
    made = back_up(office.vault, hours=10)
    begun = threading.Event()

    def lock(_):  # on the thread that leaves it: before the first piece
        begun.set()
        laptop.leaving._is_over.set()

    laptop.leaving._told.connect(lock, Qt.ConnectionType.DirectConnection)
    laptop.leaving.say_office(is_office=True)

    assert begun.wait(20)
    assert laptop.leaving.close(5)
    assert all(each.generation != made for each in office.lost(office.vault))
    again = Laptop(qtbot, office.vault)
    again.leaving.say_office(is_office=True)
    again.settle()
    assert office.lost(office.vault)[0].generation == made
    again.close()


def test_the_sync_button_leaves_what_is_due(laptop, office):
    office.decide(is_on=True)
    laptop.leaving.say_office(is_office=True)
    laptop.settle()
    write(office.vault, "들", "마지막 하나")
    made = back_up(office.vault, hours=12)

    laptop.outbox().sync_button.click()
    laptop.settle()

    assert office.lost(office.vault)[0].generation == made


def test_what_is_not_there_any_more_is_not_said_to_be_there(laptop, office):
    office.decide(is_on=True)
    back_up(office.vault, hours=14)
    office.leave(office.vault)
    for is_on in (False, True):  # somebody's slip, mended a minute later
        office.decide(is_on=is_on)

    sheet = laptop.backups()

    assert "is not there any more" in sheet.office.last.text()
    assert sheet.office.last.isVisible()
    assert "at the hub since" not in sheet.office.office.state.label.text()
