"""The inbox of an agency's worker, over a real vault that has joined a real hub."""

import pytest
from desk_for_tests import WORDS, AgencyDesk
from network_of_one import Town
from pages_for_tests import settled
from vaults_for_tests import a_vault

from desktop.settings import Settings
from ui.tasks import Tasks
from ui.window.inbox import InboxDoor
from ui.window.window import Window


class Office:
    """A worker at the agency's laptop, and the counselor who sends to it."""

    def __init__(self, qtbot, folder):
        self.qtbot = qtbot
        self.town = Town(folder / "town", a_vault(folder / "centre"))
        self.desk = AgencyDesk(self.town, a_vault(folder / "desk"))
        self.tasks = Tasks(self.desk.vault.sibling, self.desk.moment)
        self.window = Window(self.tasks, Settings(), self.town.hub.chance)
        self.door = InboxDoor(self.window, self.town.hub.chance)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.settle()  # what the window asks first must not answer over what a test shows

    def receives(self, **changes):
        """Let the counselor send a referral, and fetch it."""
        _, tracking = self.town.agreed_and_released(words=WORDS, **changes)
        self.town.round()
        self.fetch()
        return tracking.referral.id

    def fetch(self):
        """Fetch what has come, and show it wherever something is open."""
        done = self.desk.round()
        self.door.show_round(done)
        self.window.show_round(done)
        self.settle()

    def open(self):
        """Open the inbox by its door."""
        self.window.header.inbox_button.click()
        self.settle()
        return self.door.page

    def choose(self, number=0):
        """Open the inbox and one case of it."""
        page = self.open()
        page.listing.rows[number].click()
        self.settle()
        return page.case

    def settle(self):
        settled(self.qtbot, self.tasks)

    def press(self, button):
        button.click()
        self.settle()

    def close(self):
        self.tasks.close(5)
        self.desk.vault.close()
        self.town.close()
        self.town.vault.close()


@pytest.fixture
def office(qtbot, tmp_path):
    office = Office(qtbot, tmp_path)
    yield office
    office.close()
