"""A counselor's window and a supervisor's, each over a vault of its own at one real hub."""

import pytest
from pages_for_tests import settled
from PySide6.QtWidgets import QApplication
from street_for_tests import Street

from desktop.settings import Settings
from ui.tasks import Tasks
from ui.window.reporting import Reporting
from ui.window.window import Window


class Seat:
    """One person at a laptop."""

    def __init__(self, qtbot, street, place):
        self.qtbot, self.place = qtbot, place
        self.tasks = Tasks(place.vault.sibling, place.moment)
        self.window = Window(self.tasks, Settings(), street.hub.chance)
        self.reporting = Reporting(self.window, street.hub.chance)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.settle()

    def round(self):
        done = self.place.round()
        assert done.problem == ""
        self.reporting.show_round(done)
        self.settle()

    def settle(self):
        settled(self.qtbot, self.tasks)
        QApplication.processEvents()  # what was laid out is shown in the next turn

    def open_other(self, youth):
        self.window.open_file(youth, None)
        self.settle()
        self.qtbot.waitUntil(lambda: self.window.pages.file is not None)

    def open_record(self, youth):
        self.open_other(youth)
        self.window.side.emergency.report_button.click()
        self.window.side.emergency.report.record_button.click()
        self.settle()
        return self.reporting.record


@pytest.fixture
def street(tmp_path):
    street = Street(tmp_path / "street")
    yield street
    street.close()


@pytest.fixture
def seats(qtbot, street):
    """Return the counselor's and the supervisor's."""
    made = [Seat(qtbot, street, place) for place in (street.counselor, street.supervisor)]
    yield made
    for seat in made:
        seat.tasks.close()


@pytest.fixture
def counselor(seats):
    return seats[0]


@pytest.fixture
def supervisor(seats):
    return seats[1]
