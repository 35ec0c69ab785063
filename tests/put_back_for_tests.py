"""A laptop at a real hub on loopback, which can be put back to what it was."""

import secrets
import shutil
import uuid

from network_for_tests import clock
from vaults_for_tests import a_closed_vault, by_key

from desktop.domain.moment import Moment
from desktop.domain.youths import Age
from desktop.services import backups, enrolment, exchange, outreach, youths
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState
from desktop.settings import Settings
from ui.backing_up import BackingUp
from ui.tasks import Tasks
from ui.window.desk import Desk
from ui.window.keeper import Keeper


def a_moment():
    """Real time, as signatures need."""
    return Moment(clock(), uuid.uuid4())


class Laptop:
    """Its vault, which the hub has seen; then the window over it, wired as the program does."""

    def __init__(self, network, home):
        self.folder, self._past = a_closed_vault(home / "vault"), home / "past"
        self.desk = None
        invitation = Invitation(network.code(), network.root)
        vault = by_key(self.folder)
        hub = enrolment.unknown_hub(network.url, vault.world)
        state = EnrolmentState.PENDING
        while state is not EnrolmentState.ENROLLED:
            state = enrolment.enrol(vault, hub, invitation, a_moment(), secrets.token_bytes)
        outreach.begin(vault, outreach.Plan("신림역"), a_moment())
        vault.close()

    def write(self, alias):
        """Meet somebody, and let the hub see that there is more."""
        vault = by_key(self.folder)
        youths.meet(vault, youths.NewYouth(alias, Age.stated(16)), "", a_moment())
        for _ in range(2):
            hub = enrolment.hub(vault)
            assert exchange.exchange(vault, hub, clock()).state is HubState.REACHED
        vault.close()

    def remember(self):
        """Keep a picture of the disk as it is."""
        shutil.copytree(self.folder, self._past)

    def put_back(self):
        """Put the picture back, as a thief or a repair shop would."""
        shutil.rmtree(self.folder)
        shutil.copytree(self._past, self.folder)

    def back_up(self):
        """Make a backup."""
        vault = by_key(self.folder)
        backups.make(vault, clock())
        vault.close()

    def restore(self, home):
        """Put the newest backup in the vault's place, as a person does."""
        vault = by_key(self.folder)
        keys = backups.of_vault(vault)
        vault.close()
        lost = self.folder.rename(home / "lost")
        backups.restore(backups.found_at(lost)[0], self.folder, keys, clock())

    def open(self, qtbot):
        """Open the window; the line begins by itself."""
        vault = by_key(self.folder)
        self.tasks, self._line_tasks = Tasks(None, a_moment), Tasks(None, a_moment)
        self.desk = Desk(self.tasks, self._line_tasks, Settings(), secrets.token_bytes)
        self.window = self.desk.window
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.backing_up = BackingUp(a_moment, first=3_600_000)
        self.backing_up.begin(vault)
        self.keeper = Keeper(self.backing_up, a_moment, self.window)
        self.states = []
        self.desk.line.round_done.connect(lambda done: self.states.append(done.state))
        self.tasks.open(lambda: vault)
        self._line_tasks.open(vault.sibling)
        self.desk.begin(None, ())
        qtbot.waitUntil(lambda: bool(self.states), timeout=10_000)

    def settle(self, qtbot):
        """Wait until every page has its answer."""
        qtbot.waitUntil(self.tasks.is_idle, timeout=10_000)

    def close(self):
        """End all of it."""
        if self.desk is not None:
            self.desk.line.stop()
            self.backing_up.close(5)
            self._line_tasks.close(5)
            self.tasks.close(5)
