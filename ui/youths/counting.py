"""What one press does to the night under way: count, take back, rest."""

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.outreach import Tally
from desktop.services import outreach
from desktop.services.counting import Steps
from desktop.services.outreach import Counted
from ui.tasks import Tasks


class Counting(QObject):
    """Asks the vault, and says what moved. Steps are taken back in the order they were done."""

    counted = Signal(object)
    undone = Signal(object)
    changed = Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Nothing was counted yet."""
        super().__init__()
        self._tasks, self._steps = tasks, Steps()

    @Slot(object, int)
    def count(self, tally: Tally, by: int) -> None:
        """Move a tally."""
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: self._steps.count(vault, tally, by, moment), self._counted)

    @Slot()
    def take_back(self) -> None:
        """Undo what was counted last."""
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: self._steps.take_back(vault, moment), self._taken_back)

    @Slot(bool)
    def rest(self, is_to_rest: bool) -> None:
        """Begin a pause, or end it."""
        moment, change = self._tasks.moment(), outreach.pause if is_to_rest else outreach.resume
        self._tasks.run(lambda vault: change(vault, moment), lambda _: self.changed.emit())

    def _counted(self, step: Counted | None) -> None:
        self.changed.emit()
        if step is not None:
            self.counted.emit(step)

    def _taken_back(self, step: Counted | None) -> None:
        if step is not None:
            self.changed.emit()
            self.undone.emit(step)
