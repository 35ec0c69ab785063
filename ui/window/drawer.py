"""What few nights need: one's keys and the team. Made when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.leaving import Leaving
from ui.lock import Lock
from ui.tasks import Tasks
from ui.unlock.gate import Gate
from ui.world import ANEW

if TYPE_CHECKING:
    from ui.devices.sheet import DevicesSheet
    from ui.members.sheet import KeysSheet
    from ui.settings.anew import AnewSheet
    from ui.syncing.carry import CarrySheet
    from ui.team.sheet import TeamSheet
    from ui.team.worker import TeamTasks

_TEAM = 0.2
"""Seconds that a lock waits for the team's vault: a notice is kept in a few milliseconds."""
_OFFICE = 0.5
"""Seconds that a lock waits for a colleague to be hung up on."""


class Drawer(QObject):
    """Opens its sheets over the window."""

    carried = Signal()
    """Something came back that a colleague carried."""

    def __init__(
        self, tasks: tuple[Tasks, Tasks, Leaving], window: QWidget, gate: Gate, lock: Lock
    ) -> None:
        """Make nothing yet; `tasks` are the vault's, the line's, and what goes beside both."""
        super().__init__()
        self._tasks, self._line_tasks, self._leaving = tasks
        self._window, self._gate, self._lock = window, gate, lock

    def open(self, key: str) -> None:
        """Show "keys", "team", "devices", "carry" or "anew"; the keeper opens the rest."""
        opens = {
            "keys": self._open_keys,
            "team": self._open_team,
            "devices": self._open_devices,
            "carry": self._open_carry,
            "anew": self._open_anew,
        }
        if key in opens:
            opens[key]()

    def rescue(self) -> None:
        """At lock: keep the line for the team's board that was not put up."""
        if "team" in vars(self):
            self.team.half.keep()

    @cached_property
    def keys(self) -> "KeysSheet":
        """What opens one's own vault."""
        from ui.members.means import Means
        from ui.members.sheet import KeysSheet

        tasks = self._tasks
        means = Means(
            tasks, self._gate.chance, self._gate.making, lambda: self._lock.close_all_but(tasks)
        )
        sheet = KeysSheet(means, self._window)
        sheet.lock_wanted.connect(self._lock.lock)
        return sheet

    @cached_property
    def team_tasks(self) -> "TeamTasks":
        """The team's vault; closed at lock like every other."""
        from ui.team.worker import TeamTasks

        folder = self._gate.places.team(self._gate.world)
        team = TeamTasks(self._tasks, folder, self._gate.chance)
        self._lock.closes(team, _TEAM)
        return team

    @cached_property
    def team(self) -> "TeamSheet":
        """What the team shares."""
        from ui.team.sheet import TeamSheet

        return TeamSheet(self.team_tasks, self._tasks, self._window)

    @cached_property
    def devices(self) -> "DevicesSheet":
        """Who may come in, for who decides it."""
        from ui.devices.sheet import DevicesSheet

        return DevicesSheet(self._line_tasks, self._gate.chance, self._leaving, self._window)

    @cached_property
    def carry(self) -> "CarrySheet":
        """Handing over without a line."""
        from ui.syncing.carry import CarrySheet

        sheet = CarrySheet(self._line_tasks, self._gate.chance, self._window)
        sheet.changed.connect(self.carried)
        self._lock.closes(sheet.office, _OFFICE)
        return sheet

    @cached_property
    def anew(self) -> "AnewSheet":
        """Beginning practice as on the first evening."""
        from ui.settings.anew import AnewSheet

        sheet = AnewSheet(self._window)
        sheet.wanted.connect(self._begin_anew)
        return sheet

    def _begin_anew(self) -> None:
        self._lock.start_again_with((ANEW,))

    def _open_anew(self) -> None:
        self.anew.begin()

    def _open_carry(self) -> None:
        self.carry.begin()

    def _open_devices(self) -> None:
        self.devices.begin()

    def _open_keys(self) -> None:
        self.keys.begin()

    def _open_team(self) -> None:
        self.team.begin()
