"""What a vault needs now and then, beside whoever writes: sweeping, and seeing what ends."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import AppError
from ui.backing_up import BackingUp

if TYPE_CHECKING:  # nothing of it is needed before the first look
    from desktop.domain.ids import YouthId
    from desktop.domain.moment import Moment
    from desktop.services.backups import Vault

_FIRST, _THEN = 90_000, 3_600_000  # milliseconds: after the first backup; then once an hour
_SOON = timedelta(days=14)
_Tidied = tuple[int, bool, bool, bool]


class Upkeep(QObject):
    """Emits how many things end within two weeks, and whether all that was destroyed is gone."""

    done = Signal(int, bool)
    forgotten = Signal()
    """Somebody who had asked for it is gone now, or what has ended."""
    emptied = Signal()
    """What another agency had told us is gone now."""

    def __init__(self, backing_up: BackingUp, moment: "Callable[[], Moment]") -> None:
        """Begin a while after unlocking, on the thread that makes the backups."""
        super().__init__()
        self._backing_up, self._moment = backing_up, moment
        self._soon = 0
        self.in_front: Callable[[], YouthId | None] = lambda: None
        """Whose page is open. They are not destroyed under whoever writes on it."""
        self._timer = QTimer(self)
        self._timer.setInterval(_FIRST)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Do it now: at its time, or because something was destroyed or kept longer."""
        self._timer.start(_THEN)
        tidied = partial(self._tidied, self.in_front())
        self._backing_up.beside(tidied, self._on_tidied, self._on_failed)

    def _tidied(
        self, spared: "YouthId | None", vault: "Vault", goes_on: Callable[[], bool]
    ) -> _Tidied:
        from desktop.services import (
            cosigning,
            elsewhere,
            endings,
            expiring,
            growing,
            guardians,
            inbox_ends,
            inbox_own,
            looks,
            retention,
        )

        with closing(vault.sibling()) as own:
            told = inbox_ends.held(own)
            # Each writes a line of its own into the log, so each has a moment of its own.
            looks.forget_older(own, self._moment())
            gone = retention.fulfil(own, self._moment(), spared)
            faded = growing.expire(own, self._moment(), spared)
            faded += expiring.expire(own, self._moment(), spared)
            for each in (guardians.expire, inbox_ends.expire, cosigning.expire, elsewhere.expire):
                each(own, self._moment())
            faded += inbox_own.expire(own, self._moment(), spared)
            is_less_told = inbox_ends.held(own) < told
            is_clean = retention.sweep(own, self._moment().now, goes_on)
            soon = endings.count(own, self._moment().now, _SOON)
        return soon, is_clean, bool(gone) or faded > 0, is_less_told

    def _on_tidied(self, answer: _Tidied) -> None:
        self._soon, is_clean, is_somebody_gone, is_less_told = answer
        if is_somebody_gone:
            self.forgotten.emit()
        if is_less_told:
            self.emptied.emit()
        self.done.emit(self._soon, is_clean)

    def _on_failed(self, _: AppError) -> None:
        # It is tried again by itself, and whoever saves is told when the disk is in the way.
        self.done.emit(self._soon, False)
