"""Sealed backups on their way to the organisation's hub: beside everything, on a person's word."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import AppError, HubAway, NotEnrolled
from ui.tasks import Failed, Worker

if TYPE_CHECKING:  # nothing of it is needed before a backup was made
    from datetime import datetime

    from desktop.domain.moment import Moment
    from desktop.services.backups import Vault
    from desktop.services.office_backups import Progress, Standing, Watch

T = TypeVar("T")
_THEN, _AGAIN = 300_000, 60_000  # milliseconds until one looks; and after the line broke off


class Leaving(QObject):
    """Leaves the newest backup at the hub while a person says that this line is the office's.

    That word is kept in memory only: a lock takes it back, and so does whoever said it.
    """

    changed = Signal()
    """What it knows, or how far it is."""
    _told = Signal(object)

    def __init__(self, moment: "Callable[[], Moment]") -> None:
        """Be still until `begin`."""
        super().__init__()
        self._moment = moment
        self._worker = Worker("leaving")
        self._is_over = Event()
        self._vault: Vault | None = None
        self._is_busy = self._is_wanted_again = self._is_cut = False
        self.is_office = False
        self.standing: Standing | None = None
        self.progress: Progress | None = None
        self.problem: AppError | None = None
        """Why the newest could not be left, the last time."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._told.connect(self._on_told)

    def begin(self, vault: "Vault") -> None:
        """A vault is open. Its own connection is never used here, only its siblings."""
        self._vault = vault
        self._timer.start(_AGAIN)

    def say_office(self, *, is_office: bool) -> None:
        """Say that this line is the office's, or is not: then what is under way stops."""
        self.is_office = is_office
        self.changed.emit()
        self.start()

    @Slot(bool)
    def cut(self, is_cut: bool) -> None:
        """Follow the practice line: a cut one carries nothing."""
        self._is_cut = is_cut
        if not is_cut:
            self.look()

    @Slot()
    def look(self) -> None:
        """Leave the newest backup if it is not there yet, and let go there what went here."""
        self._run(is_asked=False)

    @Slot()
    def start(self) -> None:
        """Do the same, and ask the hub for the rule first: somebody looks."""
        self._run(is_asked=True)

    def beside(
        self,
        work: "Callable[[Vault, Watch], T]",
        told: "Callable[[Progress], None]",
        then: Callable[[T], None],
        failed: Failed,
    ) -> None:
        """Carry something else on this thread, with a sibling; `told` hears how far it is."""
        from desktop.services.office_backups import Watch

        vault = self._vault
        if vault is not None:
            watch = Watch(self._now, self._goes_on, partial(self._tell, told))
            self._worker.do(partial(_carried, work, watch, vault), then, failed)

    def is_idle(self) -> bool:
        """Tell whether every answer has been handed over."""
        return self._worker.is_idle()

    def close(self, seconds: float) -> bool:
        """Stop between two pieces: what arrived stays there, and the next time goes on from it."""
        self._is_over.set()
        self._timer.stop()
        return self._worker.wait(lambda: None, seconds)

    def _run(self, *, is_asked: bool) -> None:
        vault = self._vault
        if vault is None or self._is_busy:
            self._is_wanted_again |= is_asked
            return
        self._is_busy, self._is_wanted_again = True, False
        work = partial(self._left, vault, is_asked=is_asked and not self._is_cut)
        self._worker.do(work, self._on_left, self._on_failed)

    def _left(self, vault: "Vault", *, is_asked: bool) -> "Standing":
        from desktop.services import devices, office_backups
        from desktop.services.office_backups import Watch

        with closing(vault.sibling()) as own:
            known = office_backups.standing(own)
            if self._is_cut or not (known.is_on is not None or is_asked or self.is_office):
                return known
            if self.is_office and (known.is_due or is_asked):
                tell = partial(self._tell, self._show_progress)
                watch = Watch(self._now, self._may_leave, tell)
                devices.over_line(own, lambda hub: office_backups.leave(own, hub, watch))
            elif known.owes_dropping:
                devices.over_line(
                    own, lambda hub: office_backups.drop_purged(own, hub, self._now())
                )
            elif is_asked:
                devices.over_line(own, lambda hub: office_backups.rule(own, hub, self._now()))
            return office_backups.standing(own)

    def _on_left(self, standing: "Standing") -> None:
        self.standing, self.problem = standing, None
        self._rest(_THEN)

    def _on_failed(self, error: AppError) -> None:
        self.problem = None if isinstance(error, NotEnrolled) else error
        self._rest(_AGAIN if isinstance(error, HubAway) else _THEN)

    def _rest(self, pause: int) -> None:
        self._is_busy, self.progress = False, None
        self._timer.start(pause)
        self.changed.emit()
        if self._is_wanted_again:
            self.start()

    def _tell(self, told: "Callable[[Progress], None]", progress: "Progress") -> None:
        self._told.emit((told, progress))

    def _show_progress(self, progress: "Progress") -> None:
        self.progress = progress
        self.changed.emit()

    @Slot(object)
    def _on_told(self, said: "tuple[Callable[[Progress], None], Progress]") -> None:
        told, progress = said  # emitted on the other thread, heard on this one
        told(progress)

    def _now(self) -> "datetime":
        return self._moment().now

    def _goes_on(self) -> bool:
        return not self._is_over.is_set()

    def _may_leave(self) -> bool:
        return self._goes_on() and self.is_office and not self._is_cut


def _carried(work: "Callable[[Vault, Watch], T]", watch: "Watch", vault: "Vault") -> T:
    with closing(vault.sibling()) as own:
        return work(own, watch)
