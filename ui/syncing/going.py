"""What waits to go or was not taken, row by row, with what can be done about it."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import ReferralId
from desktop.services import untaken
from desktop.services.exchange import Waiting
from i18n import tr
from ui.refusal_words import Side, side_of
from ui.syncing.refused_steps import RefusedSteps
from ui.syncing.rows import waiting_row
from ui.syncing.words import LineWords, needs_a_person
from ui.tasks import Tasks
from ui.widgets.labels import text


class _Group(QWidget):
    """Rows under a heading; neither is there without the other."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.rows: tuple[QWidget, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(text(heading, "body", weight="semibold"))

    def fill(self, rows: list[QWidget]) -> None:
        """Show these in place of those before."""
        self.rows = filled(self._column, self.rows, rows)
        self.setVisible(bool(rows))


class Going(QWidget):
    """What needs a person comes first; the rest in the order it will go."""

    case_wanted = Signal(object)
    """A referral that came in, to be written to again."""
    ways_wanted, settled = Signal(), Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Show nothing yet."""
        super().__init__()
        self._tasks = tasks
        self.deciding, self.leaving = _Group(tr("What needs you")), _Group(tr("What will go"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.deciding)
        column.addWidget(self.leaving)

    @property
    def rows(self) -> tuple[QWidget, ...]:
        """All of them, as they stand."""
        return self.deciding.rows + self.leaving.rows

    def show_waiting(self, waiting: Iterable[Waiting], line: LineWords) -> None:
        """Show these."""
        every = tuple(waiting)
        self.deciding.fill([self._row(each, line) for each in every if needs_a_person(each)])
        self.leaving.fill([self._row(each, line) for each in every if not needs_a_person(each)])
        self.setVisible(bool(every))  # empty, it would still take room

    def _row(self, waiting: Waiting, line: LineWords) -> QWidget:
        row = waiting_row(waiting, line)
        if waiting.is_refused or waiting.is_lapsed:
            steps = RefusedSteps(waiting)
            steps.again_wanted.connect(self._on_again)
            steps.left.connect(self._on_left)
            row.add(steps)
        return row

    @Slot(object)
    def _on_again(self, waiting: Waiting) -> None:
        if side_of(waiting.kind, is_law=waiting.is_law) is not Side.DESK:
            self.ways_wanted.emit()
            return
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: untaken.write_again(vault, waiting.id, moment), self._open_case
        )

    def _open_case(self, ref: ReferralId | None) -> None:
        if ref is not None:
            self.case_wanted.emit(ref)

    @Slot(object)
    def _on_left(self, waiting: Waiting) -> None:
        now = self._tasks.moment().now
        self._tasks.run(
            lambda vault: untaken.leave(vault, waiting.id, now), lambda _: self.settled.emit()
        )


def filled(
    column: QVBoxLayout, old: tuple[QWidget, ...], new: list[QWidget]
) -> tuple[QWidget, ...]:
    """Put the new rows in place of the old, and return them."""
    for row in old:
        column.removeWidget(row)
        row.hide()
        row.deleteLater()
    for row in new:
        column.addWidget(row)
        row.show()  # at once: what is not shown yet takes no room
    return tuple(new)
