"""One button for an office day: what will go, what came, and what needs a person."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.services import exchange
from desktop.services.exchange import HubState, Round, Waiting
from desktop.services.waiting import all_arrived
from i18n import ntr, tr
from sync.protocol.messages import Kind
from ui.syncing.came_words import Came, came_words
from ui.syncing.going import Going
from ui.syncing.removing import RemovingPart
from ui.syncing.rows import unproven_row
from ui.syncing.words import LineWords
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.in_place import filled
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from desktop.services.backups import Vault

_PATIENCE = 60_000
"""Milliseconds after which the button is offered again, whatever became of the line."""
_NOTHING = Came()
_Found = tuple[tuple[Waiting, ...], Came, bool]


class OutboxSheet(Sheet):
    """What needs a person comes first; the rest in the order it will go."""

    begun, sync_wanted, carry_wanted = Signal(), Signal(), Signal()
    removing_agreed = Signal(int)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("What goes and what comes"), tr("Close"), width=640)
        self.setObjectName("outbox-sheet")
        self._tasks = tasks
        self._line: LineWords | None = None
        self._came: tuple[Kind, ...] = ()
        self._sent, self._was_left = 0, False
        self.line = Notice("cloud", "", "neutral")
        self.removing = RemovingPart()
        self.removing.agreed.connect(self.removing_agreed)
        self.progress = QProgressBar()
        self.empty = wrapped("", "body", "text2")
        self.came = wrapped("", "body", "text")
        self.going = Going(tasks)
        self.doubts: tuple[QWidget, ...] = ()
        self._unproven, self._more = QVBoxLayout(), QVBoxLayout()
        self.sync_button = Button(tr("Sync now"), "primary", "refresh-cw", pressed=self._on_sync)
        self.sync_button.setObjectName("outbox-sync")
        words = tr("Hand over without a line…")
        self.carry_button = Button(words, "plain", "hand", pressed=self._on_carry)
        self.carry_button.setObjectName("outbox-carry")
        self._timer = QTimer(self)
        self._lay_out()

    @property
    def rows(self) -> tuple[QWidget, ...]:
        """What waits or was not taken, as it is shown."""
        return self.going.rows

    def open_with(self, line: LineWords) -> None:
        """Ask what waits, then show it; what comes is counted from now on."""
        self._line = line
        self._came, self._sent = (), 0
        self._ask()
        self.begun.emit()

    def add_part(self, part: QWidget) -> None:
        """Show something more under the buttons."""
        self._more.addWidget(part)

    def show_round(self, done: Round, line: LineWords) -> None:
        """Follow a round: what went, what came, how much is left."""
        self.removing.show_round(done)
        if not self.isVisible():
            return
        self._line = line
        self._came += done.kinds
        self._sent += done.sent
        is_moving = done.state is HubState.REACHED and bool(done.sent or done.came)
        if is_moving and done.waiting:
            self._show_progress(done.waiting)
        else:
            self._rest()
        self._ask()

    def _ask(self) -> None:
        self._tasks.run(_found, lambda found: self._show(*found))

    def _show(
        self, waiting: tuple[Waiting, ...], unproven: Came = _NOTHING, has_all: bool = True
    ) -> None:
        line = self._line
        if line is None:
            return
        self.line.show_words(line.icon, line.why, line.tone)
        is_free = self.sync_button.isEnabled()
        self.going.show_waiting(
            waiting, line, otherwise=self.sync_button if is_free else self.close_button
        )
        unsure = [unproven_row(unproven)] if unproven.count else []
        self.doubts = filled(self._unproven, self.doubts, unsure)
        self.empty.setText(_empty_words(all_arrived=has_all and not self._was_left))
        self.empty.setVisible(not waiting)
        self.came.setText(came_words(self._sent, self._came))
        if self.isVisible():
            self.fit()
        else:
            self.open(self.sync_button)

    def _show_progress(self, left: int) -> None:
        self.progress.setRange(0, self._sent + left)
        self.progress.setValue(self._sent)
        words = ntr("{n} message is left to send.", "{n} messages are left to send.", left)
        self.progress.setAccessibleDescription(words)

    @Slot()
    def _on_sync(self) -> None:
        self.sync_button.setEnabled(False)
        self.close_button.setFocus()  # a disabled button keeps no keyboard
        self.sync_button.say(tr("Syncing…"))
        self.progress.setRange(0, 0)
        self.progress.show()
        self.fit()
        self._timer.start()
        self.sync_wanted.emit()

    @Slot()
    def _rest(self) -> None:
        self._timer.stop()
        self.progress.hide()
        self.sync_button.say(tr("Sync now"))
        self.sync_button.setEnabled(True)
        self.fit()

    @Slot()
    def _on_settled(self) -> None:
        self._was_left = True  # of a case whose words are gone nothing else keeps that
        self.sync_button.setFocus()  # its row goes, and would take the keyboard with it
        self._ask()

    @Slot()
    def _on_closed(self) -> None:
        self._line = None  # what is still being asked must not open it again
        self.going.forget()

    @Slot()
    def _on_carry(self) -> None:
        self.leave()
        self.carry_wanted.emit()

    def _lay_out(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self._rest)
        self.going.case_wanted.connect(self.leave)
        self.going.ways_wanted.connect(self.leave)
        self.going.settled.connect(self._on_settled)
        self.closed.connect(self._on_closed)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Syncing…"))
        self.progress.hide()
        self._unproven.setSpacing(8)
        self.body.addWidget(self.line)
        self.body.addWidget(self.removing)
        self.body.addLayout(_side_by_side(self.sync_button, self.carry_button))
        self.body.addWidget(self.progress)
        self.body.addLayout(self._more)
        self.body.addWidget(self.came)
        self.body.addLayout(self._unproven)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.going)
        self.body.addStretch()


def _found(vault: "Vault") -> _Found:
    return exchange.outbox(vault), Came(*exchange.unproven(vault)), all_arrived(vault)


def _empty_words(*, all_arrived: bool) -> str:
    if all_arrived:
        return tr("Nothing waits. Everything released has reached the Youth Safety Net.")
    return tr("Nothing waits.")


def _side_by_side(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row
