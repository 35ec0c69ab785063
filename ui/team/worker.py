"""The team's vault, opened when it is first wanted, on a thread of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from desktop.domain.team import Member, Notice
from desktop.errors import NotInTeam
from desktop.services import board, members, team
from ui.tasks import Failed, Opened, Tasks, Worker

if TYPE_CHECKING:
    from desktop.domain.moment import Moment
    from desktop.services.members import Created, Unlocked
    from desktop.services.team import Joining
    from ui.tasks import OpenVault, SharedWork

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Picture:
    """What a member sees of the team."""

    name: str
    me: str
    members: tuple[Member, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """Whether a team is on this laptop, and what whoever is here sees of it: None is nothing."""

    is_there: bool
    label: str
    """What whoever is here is called on the lock screen."""
    picture: Picture | None
    code: str = ""
    """A recovery code of the team that nobody has proven to have on paper."""


class TeamTasks(QObject):
    """Works with a connection of its own to the member's vault, and with the team's."""

    def __init__(self, tasks: Tasks, folder: Path, chance: Callable[[int], bytes]) -> None:
        """Connect; the team's vault stays closed until `find`."""
        super().__init__()
        self._folder, self.chance = folder, chance
        self._own = Tasks(None, tasks.moment, Worker("team"))
        self._entered: list[Opened] = []
        tasks.run(lambda vault: vault.sibling, self._own.open)

    def moment(self) -> "Moment":
        """Return the clock's reading and a fresh id."""
        return self._own.moment()

    def is_idle(self) -> bool:
        """Tell whether every answer has been handed over."""
        return self._own.is_idle()

    def find(self, then: Callable[[Standing], None], failed: Failed) -> None:
        """Open the team's vault, if one is here and whoever is here is in it, and look at it."""
        now = self.moment().now
        self._own.run(lambda own: self._found(own, now), then, failed)

    def create(self, name: str, label: str, then: Callable[[str], None], failed: Failed) -> None:
        """Make the team; `then` gets its recovery code."""
        joining, folder = self._joining(label), self._folder
        self._own.run(
            lambda own: self._enter(team.create(own, folder, name, **joining)), then, failed
        )

    def join(self, code: str, label: str, then: Callable[[str], None], failed: Failed) -> None:
        """Come in with a code."""
        joining, folder = self._joining(label), self._folder
        self._own.run(
            lambda own: self._enter(team.join(own, folder, code, **joining)), then, failed
        )

    def run(self, work: "SharedWork[T]", then: Callable[[T], None], failed: Failed) -> None:
        """Do `work` with both vaults."""
        self._own.run(lambda own: work(own, self._entered[0].vault), then, failed)

    def remove(self, member: str, then: Callable[[str], None], failed: Failed) -> None:
        """Remove a member: new keys; `then` gets the team's new recovery code."""
        now = self.moment().now

        def work(own: "OpenVault", shared: "OpenVault") -> str:
            return self._enter(team.remove(own, shared, member, now=now, chance=self.chance))

        self.run(work, then, failed)

    def close(self, seconds: float) -> bool:
        """Finish what was asked and close both."""
        self._own.run(lambda _: self._close_team(), _nothing)
        return self._own.close(seconds)

    def _joining(self, label: str) -> "Joining":
        return {"label": label, "now": self.moment().now, "chance": self.chance}

    def _found(self, own: "OpenVault", now: datetime) -> Standing:
        label, code = members.label(own), ""
        if not team.exists(self._folder):
            return Standing(is_there=False, label=label, picture=None)
        if not self._entered:
            try:
                code = self._enter(team.open_team(own, self._folder, now=now, chance=self.chance))
            except NotInTeam:
                return Standing(is_there=True, label=label, picture=None)
        shared = self._entered[0].vault
        picture = Picture(
            team.name(shared), team.my_id(own), team.members(shared), board.notices(shared, now)
        )
        return Standing(True, label, picture, code)

    def _enter(self, opened: "Created | Unlocked") -> str:
        self._entered = [opened]
        return opened.recovery_code

    def _close_team(self) -> None:
        for entered in self._entered:
            entered.vault.close()


def _nothing(_: None) -> None:
    return None
