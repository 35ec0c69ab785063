"""Backups that make themselves while a vault is open: on a thread of their own, beside saving."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import AppError, VaultDamaged
from ui.leaving import Leaving
from ui.tasks import Failed, Worker, watched

if TYPE_CHECKING:  # the first one is made when everything else has long been shown
    from desktop.domain.moment import Moment
    from desktop.services.backups import Found, Generation, Vault

T = TypeVar("T")
_FIRST, _THEN = 60_000, 300_000  # milliseconds until one looks whether a backup is due


class BackingUp(QObject):
    """Makes one when an hour has gone by and something was written; copies when asked."""

    made = Signal(object)
    failed = Signal(AppError)
    damaged = Signal()
    """The vault itself is damaged: no more backups are made of it."""

    def __init__(self, moment: "Callable[[], Moment]", first: int = _FIRST) -> None:
        """Be still until `begin`."""
        super().__init__()
        self._moment = moment
        self.leaving = Leaving(moment)
        """What carries them to the organisation's hub."""
        self._worker = Worker("backup")
        self._is_over = Event()
        self._told: type[AppError] | None = None
        self._vault: Vault | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(first)
        self._timer.timeout.connect(self.look)
        self.made.connect(self.leaving.look)

    def begin(self, vault: "Vault") -> None:
        """A vault is open. Its own connection is never used here, only its siblings."""
        self._vault = vault
        self.leaving.begin(vault)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Make a backup if one is due."""
        self._timer.setInterval(_THEN)
        self._do(self._made_if_due, self._on_made, self._on_failed)

    def make(self, then: "Callable[[Generation], None]", failed: Failed) -> None:
        """Make one now, and look through all of it: somebody asked."""

        def work(vault: "Vault") -> "Generation":
            from desktop.services import backups

            return backups.make(vault, now, reads_all=True, goes_on=self._goes_on)

        now = self._moment().now
        self._do(work, then, failed)

    def copy_to(self, place: Path, then: "Callable[[Found], None]", failed: Failed) -> None:
        """Make one now, and copy it to a stick."""

        def work(vault: "Vault") -> "Found":
            from desktop.services import backups

            backups.make(vault, now, goes_on=self._goes_on)
            keys = backups.of_vault(vault)
            return backups.copy_to(vault.folder, place, keys, self._goes_on)

        now = self._moment().now
        self._do(work, then, failed)

    def beside(
        self,
        work: "Callable[[Vault, Callable[[], bool]], T]",
        then: Callable[[T], None],
        failed: Failed,
    ) -> None:
        """Do other slow work on this thread, with a sibling; it is told when it has to stop."""
        self._do(lambda vault: work(vault, self._goes_on), then, failed)

    def is_idle(self) -> bool:
        """Tell whether every answer has been handed over."""
        return self._worker.is_idle()

    def close(self, seconds: float) -> bool:
        """Stop, also in the middle of one: what is half made goes, and the next unlock sees to it.

        Nothing of the vault is open afterwards; only a finished copy may still be read through.
        """
        self._is_over.set()
        self._timer.stop()
        is_made, is_left = self._worker.wait(lambda: None, seconds), self.leaving.close(seconds)
        return is_made and is_left

    def _made_if_due(self, vault: "Vault") -> "Generation | None":
        from desktop.services import backups, checkups

        now = self._moment().now
        made = None
        if backups.is_due(vault, now):
            made = backups.make(vault, now, goes_on=self._goes_on)
        if self._goes_on():
            checkups.check_if_due(vault, now)
        return made

    def _goes_on(self) -> bool:
        return not self._is_over.is_set()

    def _do(self, work: "Callable[[Vault], T]", then: Callable[[T], None], failed: Failed) -> None:
        vault = self._vault
        if vault is not None:
            told = watched(work, self.damaged.emit)
            self._worker.do(lambda: told(vault), then, failed)

    @Slot(object)
    def _on_made(self, made: "Generation | None") -> None:
        self._told = None
        if made is not None:
            self.made.emit(made)

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, VaultDamaged):
            self._timer.stop()  # every look would keep another copy of what is damaged
        # It is tried again by itself; the same trouble is told once until it is over.
        if self._told is not type(error):
            self._told = type(error)
            self.failed.emit(error)
