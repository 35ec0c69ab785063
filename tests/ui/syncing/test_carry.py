"""Handing over without a line: two laptops, a stick, and a line in the office."""

import pytest
from office_for_tests import Office
from pages_for_tests import settled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMainWindow

from desktop.carried_errors import ColleagueAway, ColleagueStuck, OutsideOffice, StickFailed
from desktop.errors import HubAway
from desktop.services import enrolment
from desktop.vault import outbox
from ui import messages
from ui.syncing.carry import CarrySheet
from ui.tasks import Tasks


@pytest.fixture
def office(tmp_path, monkeypatch):
    office = Office(tmp_path)
    office.town.agreed_and_released()
    monkeypatch.setattr(enrolment, "hub", lambda vault: office.carrier)
    yield office
    office.close()


class Laptop:
    """A window over one of the two vaults."""

    def __init__(self, qtbot, office, vault):
        self.qtbot = qtbot
        self.tasks = Tasks(lambda: vault, office.town.moment)
        self.window = QMainWindow()
        self.window.resize(1000, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        self.sheet = CarrySheet(self.tasks, office.town.hub.chance, self.window)
        self.changes = []
        self.sheet.changed.connect(lambda: self.changes.append(1))
        self.sheet.begin()

    def press(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settled(self.qtbot, self.tasks)

    def said(self, *words):
        """Wait until the notice says all of this."""
        label = self.sheet.notice.label
        self.qtbot.waitUntil(lambda: all(w in label.text() for w in words), timeout=10_000)
        return label.text()

    def close(self):
        self.sheet.office.close(5)
        self.tasks._worker.wait(lambda: None, 5)


@pytest.fixture
def away(qtbot, office):
    laptop = Laptop(qtbot, office, office.vault)
    yield laptop
    laptop.close()


@pytest.fixture
def carrier(qtbot, office):
    laptop = Laptop(qtbot, office, office.carrier.vault)
    yield laptop
    laptop.close()


@pytest.fixture
def stick(tmp_path, monkeypatch):
    place = tmp_path / "stick"
    place.mkdir()
    choice = [str(place)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: choice[0])
    return choice


def waiting(office):
    with office.vault.reading() as db:
        return outbox.waiting(db)


def test_a_stick_goes_there_and_back(office, away, carrier, stick):
    away.press(away.sheet.here.stick_button)
    away.said("It is on the stick, sealed, as bammajung-1120-2310.out", "2 messages go with it")
    assert waiting(office) == 2

    carrier.press(carrier.sheet.colleagues.stick_button)
    carrier.said("2 messages reached the Youth Safety Net", "The answer lies on the stick")

    away.press(away.sheet.here.back_button)
    away.said("2 messages have arrived")
    assert (waiting(office), away.changes) == (0, [1])


def test_who_chooses_no_stick_has_pressed_nothing(away, stick):
    stick[0] = ""

    away.press(away.sheet.here.stick_button)

    assert not away.sheet.notice.isVisible()
    assert away.sheet.here.stick_button.isEnabled()


def test_a_stick_that_fails_is_a_sentence_and_the_buttons_are_back(office, away, stick, tmp_path):
    stick[0] = str(tmp_path / "gone")

    away.press(away.sheet.here.stick_button)

    away.said(messages.sentence(StickFailed()))
    assert away.sheet.here.stick_button.isEnabled()
    assert waiting(office) == 2


def test_the_line_of_the_carrier_away_is_said_and_nothing_is_lost(office, away, carrier, stick):
    away.press(away.sheet.here.stick_button)
    office.carrier.is_cut = True

    carrier.press(carrier.sheet.colleagues.stick_button)

    carrier.said(messages.sentence(HubAway()))
    assert waiting(office) == 2


def wait_in_the_office(carrier):
    carrier.press(carrier.sheet.colleagues.wait_button)
    carrier.said("Type the address below")
    return carrier.sheet.office._stall.port


def send(away, port):
    away.press(away.sheet.here.office_button)
    assert away.window.focusWidget() is away.sheet.here.address.edit
    away.sheet.here.address.edit.setText(f"127.0.0.1:{port}")
    away.press(away.sheet.here.send_button)


def test_a_night_goes_over_the_office_line(office, away, carrier):
    port = wait_in_the_office(carrier)

    send(away, port)

    away.said("2 messages have arrived")
    carrier.said("2 messages reached the Youth Safety Net")
    assert (waiting(office), away.changes) == (0, [1])
    # It goes on waiting: the next colleague may come.
    send(away, port)
    away.said("0 messages have arrived")


def test_a_carrier_without_a_line_says_so_on_both_laptops(office, away, carrier):
    office.carrier.is_cut = True
    port = wait_in_the_office(carrier)

    send(away, port)

    carrier.said(messages.sentence(HubAway()))
    away.said(messages.sentence(ColleagueStuck()))
    assert waiting(office) == 2
    office.carrier.is_cut = False
    send(away, port)
    away.said("2 messages have arrived")


def test_a_wrong_address_stays_as_it_was_typed(away):
    away.press(away.sheet.here.office_button)
    away.sheet.here.address.edit.setText("8.8.8.8")

    away.press(away.sheet.here.send_button)

    assert away.sheet.here.address.note.text() == messages.sentence(OutsideOffice())
    assert away.sheet.here.address.words() == "8.8.8.8"
    assert away.sheet.here.stick_button.isEnabled()


def test_where_nobody_waits_nothing_counts_as_offered(office, away, carrier):
    port = wait_in_the_office(carrier)
    carrier.sheet.office.close(5)

    send(away, port)

    away.said(messages.sentence(ColleagueAway()))
    with office.vault.reading() as db:
        assert [n for (n,) in db.execute("SELECT attempts FROM outbox").fetchall()] == [0, 0]


def test_waiting_ends_with_its_button_or_with_the_sheet(qtbot, carrier):
    for end in (carrier.sheet.colleagues.stop_button.click, carrier.sheet.leave):
        if not carrier.sheet.isVisible():
            carrier.sheet.begin()
        wait_in_the_office(carrier)
        assert carrier.sheet.colleagues.stop_button.isVisible()

        end()

        qtbot.waitUntil(lambda: not carrier.sheet.office.is_waiting, timeout=5_000)
        qtbot.waitUntil(carrier.sheet.colleagues.wait_button.isEnabled, timeout=5_000)


def test_who_waits_does_nothing_else_meanwhile(carrier):
    wait_in_the_office(carrier)

    assert not carrier.sheet.here.stick_button.isEnabled()
    assert not carrier.sheet.colleagues.stick_button.isEnabled()
    assert carrier.sheet.colleagues.stop_button.isEnabled()


def test_a_lock_hangs_up(carrier):
    wait_in_the_office(carrier)

    assert carrier.sheet.office.close(5)
    assert not carrier.sheet.office.is_waiting


def test_several_addresses_are_shown_the_likeliest_large(carrier):
    carrier.sheet.colleagues.show_addresses(("192.168.0.12", "10.0.0.3"))

    assert carrier.sheet.colleagues.address.text() == "192.168.0.12"
    assert "10.0.0.3" in carrier.sheet.colleagues.others.text()
    carrier.sheet.colleagues.show_addresses(())
    assert "USB stick" in carrier.sheet.colleagues.others.text()
