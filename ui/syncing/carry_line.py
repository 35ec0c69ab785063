"""Handing over inside the office: giving to a colleague's laptop, and waiting for one."""

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from desktop.carried_errors import ColleagueLeft
from desktop.domain.moment import Moment
from desktop.errors import AppError
from desktop.services import carrying, enrolment, offices
from desktop.services.carrying import Forwarded, Packed, Unpacked
from desktop.services.offices import Address, Stall, Visit
from ui.tasks import Tasks, Worker

Chance = Callable[[int], bytes]


class OfficeLine(QObject):
    """What waits for a network does so on a thread of its own; the vault's part is the line's."""

    packed = Signal(object)
    came_back = Signal(object)
    waiting = Signal(tuple)
    """At these addresses; the first is the likeliest."""
    asked = Signal()
    brought = Signal(object)
    failed = Signal(AppError)
    ended = Signal()
    """Nobody is waited for any more."""

    def __init__(self, tasks: Tasks, chance: Chance) -> None:
        """Be still; `tasks` are the line's."""
        super().__init__()
        self._tasks, self._chance = tasks, chance
        self._worker = Worker("office")
        self._is_over = Event()
        self._stall: Stall | None = None

    @property
    def is_waiting(self) -> bool:
        """Tell whether colleagues can come."""
        return self._stall is not None

    def give(self, to: Address) -> None:
        """Hand over to a colleague's laptop, if there is one, and take in what comes back."""
        self._is_over.clear()
        self._worker.do(lambda: offices.knock(to), lambda _: self._pack(to), self.failed.emit)

    def _pack(self, to: Address) -> None:
        moment, chance = self._tasks.moment(), self._chance
        self._tasks.run(
            lambda vault: carrying.pack(vault, moment, chance),
            lambda packed: self._on_packed(to, packed),
            self.failed.emit,
        )

    def _on_packed(self, to: Address, packed: Packed) -> None:
        self.packed.emit(packed)
        self._worker.do(
            lambda: offices.give(to, packed.bundle, self._goes_on),
            self._on_given,
            self.failed.emit,
        )

    def _on_given(self, back: bytes) -> None:
        now = self._tasks.moment().now
        self._tasks.run(
            lambda vault: carrying.unpack(vault, back, now), self._on_back, self.failed.emit
        )

    def _on_back(self, came: Unpacked) -> None:
        self.came_back.emit(came)

    @Slot()
    def wait_for_colleagues(self) -> None:
        """Begin to wait; `stop` ends it."""
        self._is_over.clear()
        # Also the addresses: a name server that does not answer must not stop the window.
        self._worker.do(_begun, self._on_stall, self.failed.emit)

    @Slot()
    def stop(self) -> None:
        """Wait for nobody any more; what is on its way is given up and stays where it was."""
        self._is_over.set()

    def close(self, seconds: float) -> bool:
        """Stop, for a lock; tell whether the time was enough."""
        self.stop()
        return self._worker.wait(self._let_go, seconds)

    def _on_stall(self, begun: tuple[Stall, tuple[str, ...]]) -> None:
        self._stall, addresses = begun
        self.waiting.emit(addresses)
        self._next(self._stall)

    def _next(self, stall: Stall) -> None:
        self._worker.do(lambda: stall.next(self._goes_on), lambda visit: self._on_visit(visit))

    def _on_visit(self, visit: Visit | None) -> None:
        if visit is None:
            self._let_go()
            self.ended.emit()
            return
        self.asked.emit()
        moment: Moment = self._tasks.moment()
        chance = self._chance
        self._tasks.run(
            lambda vault: carrying.forward(
                vault, enrolment.hub(vault), visit.bundle, moment, chance
            ),
            lambda done: self._answer(visit, done),
            lambda error: self._refuse(visit, error),
        )

    def _answer(self, visit: Visit, done: Forwarded) -> None:
        self._worker.do(lambda: visit.answer(done.bundle), lambda went: self._on_told(done, went))

    def _on_told(self, done: Forwarded, has_gone: bool) -> None:
        if has_gone:
            self.brought.emit(done)
        else:
            self.failed.emit(ColleagueLeft())
        self._go_on()

    def _refuse(self, visit: Visit, error: AppError) -> None:
        self._worker.do(lambda: visit.answer(b""), lambda _: self._go_on())
        self.failed.emit(error)

    def _go_on(self) -> None:
        if self._stall is not None:
            self._next(self._stall)

    def _let_go(self) -> None:
        if self._stall is not None:
            self._stall.close()
        self._stall = None

    def _goes_on(self) -> bool:
        return not self._is_over.is_set()


def _begun() -> tuple[Stall, tuple[str, ...]]:
    stall = offices.wait_there()
    return stall, offices.addresses(stall)
