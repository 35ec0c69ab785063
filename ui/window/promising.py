"""Promises in the window: the switch on the left, the list, and a quiet word when one is due."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QIcon

from desktop.domain.ids import YouthId
from desktop.services import own_data, promises
from desktop.services.own_data import Due
from desktop.services.promises import Counts
from i18n import ntr, tr
from ui.window.left import NIGHT, PROMISES
from ui.window.promised import PromisePage
from ui.window.window import Window

if TYPE_CHECKING:  # made when they are first needed
    from ui.promises.board import PromiseBoard

_Open = tuple[Counts, Due]
_HALF_A_MINUTE = 30_000  # milliseconds


class Promising(QObject):
    """Counts every half minute; what comes due is said without a name, and only on the board."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._tasks = window, window.tasks
        self._open: _Open | None = None
        self._left = window.board.left
        self._left.turned.connect(self._on_turned)
        window.drawer_wanted.connect(self._on_drawer)
        window.pages.gone.connect(self.let_go)
        window.pages.judged.connect(self.reload)
        window.reloaded.connect(self.count)
        window.rail.youth_met.connect(self.count)
        self.page = PromisePage(window)
        self.page.changed.connect(self._on_page_changed)
        self.page.list_wanted.connect(self.show_list)
        self._clock = QTimer(self)
        self._clock.setInterval(_HALF_A_MINUTE)
        self._clock.timeout.connect(self._on_clock)
        self._clock.start()
        self.count()

    @cached_property
    def board(self) -> "PromiseBoard":
        """The list."""
        from ui.promises.board import PromiseBoard

        board = PromiseBoard(self._tasks)
        board.youth_chosen.connect(self._window.found)
        board.asked_again.connect(self._window.consent_again_wanted)
        board.changed.connect(self._on_changed)
        board.undoable.connect(self._on_undoable)
        self._left.add_page(board)
        return board

    @Slot()
    def show_list(self) -> None:
        """Put the promises in the place of the night."""
        self._left.turn(PROMISES)
        self.board.view.setFocus()

    @Slot()
    def count(self) -> None:
        """Ask how many are open."""
        self._count(self._show_counts)

    @Slot()
    def reload(self) -> None:
        """Ask again for all that is shown."""
        self.count()
        self._show_again()

    @Slot(object)
    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person here: it is about to be destroyed."""
        self.page.let_go(youth)
        if "board" in vars(self):
            self.board.forget()
            self._left.turn(NIGHT)

    def _show_again(self) -> None:
        if self._left.is_turned:
            self.board.reload()
        self.page.reload()

    def _count(self, then: Callable[[_Open], None]) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: (promises.counts(vault, moment.now), own_data.due(vault, moment)), then
        )

    def _remind(self, found: _Open) -> None:
        """Say that time has made something due: not what somebody has just typed."""
        before, is_board = self._open, self._window.currentWidget() is self._window.board
        self._show_counts(found)
        if before is not None and found[0].come_due > before[0].come_due and is_board:
            # No name and no words: somebody may be standing beside the laptop.
            self._window.toast.offer(tr("A promise has come due."), tr("Look"), self.show_list)

    def _show_counts(self, found: _Open) -> None:
        before, self._open = self._open, found
        if before is not None and before != found:  # time passed: what is shown moves with it
            self._show_again()
        counts, asked = found
        button = self._left.switch.buttons[PROMISES]
        now = counts.overdue + counts.today + asked.now
        button.say(tr("Promises {n}", n=now) if now else tr("Promises"))
        said = _said(counts, asked)
        button.setToolTip(said)
        button.setAccessibleDescription(said)
        if counts.overdue or counts.come_due or asked.now:
            button.show_icon("circle-alert" if counts.overdue or asked.now else "clock")
        else:
            button.setIcon(QIcon())
        self._left.offer(is_wanted=any((counts.open, counts.quiet, counts.ending, asked.open)))

    @Slot(str)
    def _on_turned(self, key: str) -> None:
        if key == PROMISES:
            self.board.reload()

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "promises":
            self.show_list()
        elif key == "promise":
            self.page.make()

    @Slot()
    def _on_page_changed(self) -> None:
        self.reload()

    @Slot()
    def _on_changed(self) -> None:
        self.reload()

    @Slot(str)
    def _on_undoable(self, said: str) -> None:
        self._window.toast.offer(said, tr("Undo"), self.board.undo)

    @Slot()
    def _on_clock(self) -> None:
        self._count(self._remind)


def _said(counts: Counts, asked: Due) -> str:
    said = ntr("{n} promise is open", "{n} promises are open", counts.open)
    if counts.overdue:
        said = ntr("{n} promise is overdue", "{n} promises are overdue", counts.overdue)
    if not asked.open:
        return said
    waits = ntr(
        "{n} request about their own data waits for an answer",
        "{n} requests about their own data wait for an answer",
        asked.open,
    )
    return f"{said}\n{waits}"
