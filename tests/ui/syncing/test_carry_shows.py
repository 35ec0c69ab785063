"""What a colleague brought is seen at once in a window that has no line: no round says so."""

import secrets

import pytest
from desk_for_tests import WORDS, AgencyDesk
from fakes import FakeKeychain
from office_for_tests import Carrier
from pages_for_tests import settled
from PySide6.QtWidgets import QFileDialog, QLabel
from street_for_tests import Street
from vaults_for_tests import a_vault

from desktop.paths import Places
from desktop.services import cosigning, enrolment, sticks
from desktop.services.exchange import HubState
from desktop.settings import Settings
from ui.leaving import Leaving
from ui.lock import Lock
from ui.tasks import Tasks, Worker
from ui.unlock.gate import Gate
from ui.window.desk import Desk


class Away:
    """The whole window of a laptop whose line is cut, and a colleague's that carries for it."""

    def __init__(self, qtbot, place, carrier, folder):
        self.qtbot, self.place, self.carrier, self.stick = qtbot, place, carrier, folder / "stick"
        self.stick.mkdir()
        self.tasks = Tasks(place.vault.sibling, place.moment)
        self.line_tasks = Tasks(place.vault.sibling, place.moment)
        self.desk = Desk(self.tasks, self.line_tasks, Settings(), secrets.token_bytes)
        self.window, self.rounds = self.desk.window, []
        self.desk.line.round_done.connect(self.rounds.append)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.worker, self.leaving = Worker("vault"), Leaving(place.moment)
        gate = Gate(
            self.worker, Places(folder), "practice", lambda: place.moment().now,
            secrets.token_bytes, FakeKeychain,
        )  # fmt: skip
        self.desk.open_drawer(gate, Lock(lambda _: None), self.leaving, "carry")
        self.settle()

    def trip(self):
        """Hand over by a stick and take back what came, by hand."""
        sheet = self.desk.drawer.carry
        sheet.here.stick_button.click()
        self.settle()
        town, carrier = self.carrier.town, self.carrier
        moment = self.place.moment()
        done = sticks.carry_all(
            carrier.vault, lambda: carrier, self.stick, moment, town.hub.chance
        )
        assert len(done.forwarded) == 1
        rounds = len(self.rounds)
        sheet.here.back_button.click()
        self.settle()
        self.qtbot.waitUntil(lambda: len(self.rounds) > rounds, timeout=10_000)
        self.settle()
        assert {(each.state, each.sent, each.came) for each in self.rounds} == {
            (HubState.AWAY, 0, 0)
        }

    def settle(self):
        settled(self.qtbot, self.line_tasks)
        settled(self.qtbot, self.tasks)

    def close(self):
        self.desk.line.stop()
        self.desk.drawer.carry.office.close(5)
        self.worker.wait(lambda: None, 5)
        self.leaving.close(5)
        self.line_tasks.close(5)
        self.tasks.close(5)


@pytest.fixture
def away(qtbot, tmp_path, monkeypatch):
    """Return how to open the window of this laptop, for which that one carries."""
    made = []

    def opened(place, carrier):
        place.line.is_cut = True
        monkeypatch.setattr(enrolment.OpenLine, "hub", lambda *_: place.line)
        made.append(Away(qtbot, place, carrier, tmp_path))
        monkeypatch.setattr(
            QFileDialog, "getExistingDirectory", lambda *_given: str(made[0].stick)
        )
        return made[0]

    yield opened
    for each in made:
        each.close()


def test_the_inbox_counts_and_shows_what_was_brought(away, town, tmp_path):
    desk = AgencyDesk(town, a_vault(tmp_path / "desk"))
    carrier = Carrier(town, tmp_path / "kept", town.hub.let_in(town.shelter))
    there = away(desk, carrier)
    button = there.window.header.inbox_button
    button.click()
    there.settle()
    page, nothing = there.desk.inbox.page, button.text()
    town.agreed_and_released(words=WORDS)
    town.round()

    there.trip()

    assert len(page.listing.rows) == 1
    assert button.text() != nothing
    carrier.vault.close()
    desk.vault.close()


@pytest.fixture
def street(tmp_path):
    street = Street(tmp_path / "street")
    yield street
    street.close()


@pytest.fixture
def carried_for(street, tmp_path, away):
    """Return how to open a window of the centre's, for which a colleague's laptop carries."""
    made = []

    def opened(place, colleague):
        writer = street.hub.let_in(street.hub.centre)
        made.append(Carrier(colleague, tmp_path / "kept", writer))
        return away(place, made[0])

    yield opened
    for each in made:
        each.vault.close()


def test_a_supervisor_sees_what_waits_for_a_name(street, carried_for):
    there = carried_for(street.supervisor, street.counselor)
    door = there.desk.reporting.door
    assert door.isHidden()
    street.ask()
    street.counselor.round()

    there.trip()

    assert not door.isHidden()


def test_an_open_record_shows_what_was_answered(street, carried_for):
    youth = street.meet()
    asked = street.ask(youth=youth)
    for place in (street.counselor, street.supervisor):
        place.round()
    cosigning.refuse(street.supervisor.vault, asked.id, "not-covered", street.supervisor.moment())
    street.supervisor.round()
    there = carried_for(street.counselor, street.supervisor)
    there.window.open_file(youth, None)
    there.settle()
    there.desk.reporting.open_record()
    there.settle()
    before = said(there.desk.reporting.record.standing)

    there.trip()

    assert said(there.desk.reporting.record.standing) != before


def said(part):
    return [label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part)]
