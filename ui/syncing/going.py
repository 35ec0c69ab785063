"""What waits to go or was not taken, row by row, with what can be done about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import ReferralId
from desktop.services import untaken
from desktop.services.exchange import Waiting
from i18n import tr
from ui.refusal_words import Side, side_of
from ui.syncing.refused_steps import RefusedSteps
from ui.syncing.rows import waiting_row
from ui.syncing.words import LineWords, needs_a_person, why_it_waits
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.in_place import filled, keyboard_at, keyboard_to
from ui.widgets.labels import text

_Shown = tuple[Waiting, str]
"""A message and why it waits: whatever its row says and offers."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as it stands, and for what."""

    shown: _Shown
    card: Card
    steps: RefusedSteps | None


class _Group(QWidget):
    """Rows under a heading; neither is there without the other."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.rows: tuple[QWidget, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(text(heading, "body", weight="semibold"))

    def fill(self, rows: Sequence[QWidget]) -> None:
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
        self._rows: tuple[_Row, ...] = ()
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

    def show_waiting(
        self, waiting: Iterable[Waiting], line: LineWords, otherwise: QWidget
    ) -> None:
        """Show these; the keyboard goes to `otherwise` if the row that has it is gone."""
        place, before = keyboard_at(self._buttons()), {row.shown: row for row in self._rows}
        every = [(_as_shown(each), why_it_waits(each, line)) for each in waiting]
        # What is said and offered as before stays as it is, and so does what was pressed once.
        self._rows = tuple(
            before.pop(shown) if shown in before else self._row(shown, line) for shown in every
        )
        deciding = [row.card for row in self._rows if needs_a_person(row.shown[0])]
        self.deciding.fill(deciding)
        self.leaving.fill([row.card for row in self._rows if row.card not in deciding])
        self.setVisible(bool(every))  # empty, it would still take room
        if place is not None:
            keyboard_to(place, self._buttons(), otherwise)

    @Slot()
    def forget(self) -> None:
        """Show nothing: whoever comes back has pressed nothing yet."""
        self._rows = ()
        self.deciding.fill(())
        self.leaving.fill(())

    def _row(self, shown: _Shown, line: LineWords) -> _Row:
        waiting, _ = shown
        card, steps = waiting_row(waiting, line), None
        if waiting.is_refused or waiting.stays_here:
            steps = RefusedSteps(waiting)
            steps.again_wanted.connect(self._on_again)
            steps.left.connect(self._on_left)
            card.add(steps)
        return _Row(shown, card, steps)

    def _buttons(self) -> dict[str, tuple[QWidget, ...]]:
        return {row.shown[0].id: row.steps.buttons for row in self._rows if row.steps}

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


def _as_shown(waiting: Waiting) -> Waiting:
    # How often it was offered is not shown, only whether it was.
    return replace(waiting, attempts=min(waiting.attempts, 1))
