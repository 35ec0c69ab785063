"""What a colleague brought and would take much away: kept, sealed as it came, until a yes."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from desktop.errors import AppError
from desktop.services import carrying, sticks
from desktop.services.carrying import Unpacked
from desktop.services.exchange import Round
from desktop.services.sticks import Vault
from i18n import tr
from ui.syncing.carry_stick import StickWork
from ui.syncing.removing import RemovingPart
from ui.tasks import Tasks


class CarryAsked(RemovingPart):
    """Asks as a round with a line does; without one nothing else could be agreed to."""

    begun = Signal(str)
    came_back = Signal(tuple)
    failed = Signal(AppError)

    def __init__(self, tasks: Tasks, stick: StickWork) -> None:
        """Ask nothing yet; what lies on the stick goes from it once it is taken in."""
        super().__init__()
        self._tasks, self._stick = tasks, stick
        self._waits: tuple[Unpacked, ...] = ()
        self.agreed.connect(self._on_agreed)

    def show_back(self, came: tuple[Unpacked, ...]) -> None:
        """Ask, if something of what came stopped for it."""
        asks = tuple(each for each in came if each.bundle)
        if asks or any(each.round.came for each in came):
            self._ask(asks)

    def _ask(self, waits: tuple[Unpacked, ...]) -> None:
        self._waits = waits
        # A later answer holds what an earlier one did, and more: the largest number is all of it.
        self.show_round(max((each.round for each in waits), key=_count, default=None))

    @Slot(int)
    def _on_agreed(self, count: int) -> None:
        now, place = self._tasks.moment().now, self._stick.place
        bundles = tuple(each.bundle for each in self._waits)
        self.begun.emit(tr("Taking in what came."))
        self._tasks.run(
            lambda vault: _taken_in(vault, bundles, (now, count), place),
            self._on_taken_in,
            self._on_failed,
        )

    def _on_taken_in(self, came: tuple[Unpacked, ...]) -> None:
        self._ask(())
        self.came_back.emit(came)

    def _on_failed(self, error: AppError) -> None:
        self._ask(self._waits)
        self.failed.emit(error)


def _taken_in(
    vault: Vault, bundles: tuple[bytes, ...], agreed: tuple[datetime, int], place: Path | None
) -> tuple[Unpacked, ...]:
    now, count = agreed
    came = tuple(carrying.unpack(vault, each, now, may_remove=count) for each in bundles)
    if place is not None and not any(each.bundle for each in came):
        sticks.tidy(place, bundles)
    return came


def _count(done: Round) -> int:
    return int(done.problem)
