"""The window over a real vault in which somebody was met a year ago, and what keeps it."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from network_of_one import Town
from pages_for_tests import NIGHT, a_youth, done, settled
from vaults_for_tests import a_vault

from desktop.domain.moment import Moment
from desktop.services import notes
from desktop.settings import Settings
from ui.backing_up import BackingUp
from ui.tasks import Tasks
from ui.window.forgetting import Forgetting
from ui.window.keeper import Keeper
from ui.window.window import Window


class Calendar:
    """A clock on which days can go by."""

    def __init__(self):
        self.days, self._seconds = 0, count()

    def __call__(self):
        late = timedelta(days=self.days, seconds=next(self._seconds))
        return Moment(NIGHT + late, uuid4())


class Room:
    """A window, its vault, and what looks after it."""

    def __init__(self, qtbot, vault, clock):
        self.qtbot, self.vault, self.clock = qtbot, vault, clock
        self.tasks = Tasks(lambda: self.vault, self.clock)
        self.window = Window(self.tasks, Settings(), lambda n: bytes(n))
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.backing_up = BackingUp(self.clock, first=3_600_000)
        self.backing_up.begin(self.vault)
        self.keeper = Keeper(self.backing_up, self.clock, self.window)
        self.forgetting = Forgetting(self.keeper.upkeep, self.window)

    def met(self, alias, text):
        """Meet somebody and write about them."""
        file, moment = a_youth(self.qtbot, self.tasks, alias=alias), self.tasks.moment()
        self.do(lambda vault: notes.save(vault, file.youth.id, file.meeting.id, text, moment))
        return file

    def do(self, work):
        return done(self.qtbot, self.tasks, work)

    def settle(self):
        self.qtbot.waitUntil(
            lambda: self.backing_up.is_idle() and self.tasks.is_idle(), timeout=20_000
        )
        settled(self.qtbot, self.tasks)

    def show(self, youth, meeting=None):
        """Bring somebody's page to the front."""
        self.window.open_file(youth, meeting)
        self.qtbot.waitUntil(lambda: self.window.board.middle.currentIndex() == 1)
        self.settle()

    def open(self, key):
        self.keeper.open(key)
        self.settle()
        return getattr(self.keeper, key)

    def close(self):
        self.backing_up.close(5)
        self.tasks.close(5)


@pytest.fixture
def room(qtbot, tmp_path):
    room = Room(qtbot, a_vault(tmp_path / "vault"), Calendar())
    yield room
    room.close()


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path / "town", a_vault(tmp_path / "vault"))
    yield town
    town.close()


@pytest.fixture
def joined(qtbot, town):
    """A window over a vault that has joined a real hub."""
    room = Room(qtbot, town.vault, town.moment)
    yield room
    room.close()


@pytest.fixture
def haneul(room):
    return room.met("하늘", "골목에서 만남")
