"""Handing over by a USB stick: which one is asked, and the work is the line's."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import AppError
from desktop.services import enrolment, sticks
from desktop.services.sticks import HandedOut, Trip, Vault
from i18n import tr
from ui.syncing.carry_line import Chance
from ui.syncing.carry_words import on_stick_words, trip_words
from ui.tasks import Tasks

T = TypeVar("T")


class StickWork(QObject):
    """Emits what is going on, and how it went with its tone."""

    begun = Signal(str)
    done = Signal(str, str)
    came_back = Signal(tuple, object)
    """What was taken in, and why something was not, or None."""
    failed = Signal(AppError)

    def __init__(self, tasks: Tasks, chance: Chance, window: QWidget) -> None:
        """Be still; folders are chosen over `window`."""
        super().__init__(window)
        self._tasks, self._chance, self._window = tasks, chance, window
        self.place: Path | None = None
        """The folder that was chosen last."""

    @Slot()
    def hand_out(self) -> None:
        """Put what waits here on a stick."""
        moment, chance = self._tasks.moment(), self._chance
        self._with_stick(
            tr("Sealing and writing to the stick. Leave it in."),
            lambda vault, place: sticks.hand_out(vault, place, moment, chance),
            self._on_handed_out,
        )

    @Slot()
    def take_back(self) -> None:
        """Take in what came back for this laptop."""
        now = self._tasks.moment().now
        self._with_stick(
            tr("Reading what came back. Leave the stick in."),
            lambda vault, place: sticks.take_back(vault, place, now),
            lambda back: self.came_back.emit(back.taken, back.failed),
        )

    @Slot()
    def carry(self) -> None:
        """Bring what colleagues put on a stick."""
        moment, chance = self._tasks.moment(), self._chance
        self._with_stick(
            tr("Bringing it to the Youth Safety Net. Leave the stick in."),
            lambda vault, place: sticks.carry_all(
                vault, lambda: enrolment.hub(vault), place, moment, chance
            ),
            self._on_carried,
        )

    def _on_handed_out(self, made: HandedOut) -> None:
        self.done.emit(on_stick_words(made.name, made.packed), "ok")

    def _on_carried(self, trip: Trip) -> None:
        self.done.emit(*trip_words(trip))

    def _with_stick(
        self, busy: str, work: Callable[[Vault, Path], T], then: Callable[[T], None]
    ) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Choose the USB stick"))
        if not chosen:
            return
        self.begun.emit(busy)
        self.place = place = Path(chosen)
        self._tasks.run(lambda vault: work(vault, place), then, self.failed.emit)
