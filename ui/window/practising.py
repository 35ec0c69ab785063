"""The week of practice, laid out while the person works: a step, a breath, the next step."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from i18n import tr
from ui.window.window import Window

if TYPE_CHECKING:  # real work never loads it
    from desktop.domain.moment import Moment
    from desktop.services.practice.making import Progress
    from ui.tasks import OpenVault

_BREATH: Final = 40
"""Milliseconds between two steps: what a person asks for in the meantime comes first."""


class Practising(QObject):
    """Begins the week once in a vault where nothing is yet, and goes on after a lock."""

    laid = Signal()
    """More of it is there than before."""
    sent = Signal()
    """What is to go may go."""

    def __init__(self, window: Window, chance: Callable[[int], bytes]) -> None:
        """Do nothing until `begin`; it lives as long as the window does."""
        super().__init__(window)
        self._window, self._tasks, self._chance = window, window.tasks, chance
        self._is_begun = self._is_running = self._is_said = self._is_over = False
        self._done = 0
        self._breath = QTimer(self)
        self._breath.setSingleShot(True)
        self._breath.setInterval(_BREATH)
        self._breath.timeout.connect(self._step)

    @Slot()
    def begin(self) -> None:
        """Begin, or go on: nothing where the week is there already."""
        if self._is_begun:
            self.go_on()
            return
        self._is_begun = self._is_running = True
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: _begin(vault, moment), self._on_begun)

    @Slot()
    def go_on(self) -> None:
        """Something came: the list of agencies, or the answer of one."""
        if self._is_begun and not (self._is_running or self._is_over):
            self._is_running = True
            self._step()

    @Slot()
    def _step(self) -> None:
        moment, chance = self._tasks.moment(), self._chance
        self._tasks.run(
            lambda vault: _go_on(vault, moment, chance), self._on_progress, self._on_failed
        )

    def _on_begun(self, progress: "Progress") -> None:
        self._done = progress.done
        self._on_progress(progress)

    def _on_progress(self, progress: "Progress") -> None:
        if not (progress.is_over or progress.waits_for_line):
            self._breath.start()
            return
        self._is_running, self._is_over = False, progress.is_over
        if progress.done != self._done:
            self._done = progress.done
            self.laid.emit()
            if progress.is_sent:
                self._say()

    def _say(self) -> None:
        self.sent.emit()
        if not self._is_said:
            self._is_said = True
            words = tr("A week of practice is laid out. Everybody in it is invented.")
            self._window.toast.say(words)

    def _on_failed(self, _: object) -> None:
        # A full disk, or an agency that is not there: what is made stays, the next start goes on.
        self._is_running = False


def _begin(vault: "OpenVault", moment: "Moment") -> "Progress":
    from desktop.services.practice import making  # loaded on the vault's thread

    return making.begin(vault, moment)


def _go_on(vault: "OpenVault", moment: "Moment", chance: Callable[[int], bytes]) -> "Progress":
    from desktop.services.practice import making

    return making.go_on(vault, moment, chance)
