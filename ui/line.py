"""The line to the hub, kept alive off the painting thread; being away is a state, not an error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import AppError, HubAway, NotEnrolled
from desktop.services import enrolment, exchange, rejoining
from desktop.services.enrolment import EnrolmentState, Invitation, OpenLine
from desktop.services.exchange import HubState, LineState, Round
from ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.domain.moment import Moment
    from desktop.services.backups import Vault

_SOON, _QUICK, _CALM = 50, 2_500, 30_000  # milliseconds
_AWAY: Final = (3_000, 5_000, 10_000, 20_000, 30_000, 60_000)
_NEVER_ANSWERED = 600_000
"""A round that a mistake of the program has ended answers nobody: then another one is made."""
_LIVELY_ROUNDS = 40
"""So long after something moved the next answer is expected soon."""


class Line(QObject):
    """Runs rounds: at once when asked, often while something moves, seldom when all is quiet."""

    round_done = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Be still until `start`; `tasks` has a connection of its own."""
        super().__init__()
        self._tasks = tasks
        self._open = OpenLine()
        self._is_cut = self._is_running = self._is_wanted_again = False
        self._may_remove = 0
        self._misses = 0
        self._lively = _LIVELY_ROUNDS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._run)

    @Slot()
    def start(self) -> None:
        """Begin, or run a round now: something was released, withdrawn or asked for."""
        self._lively = _LIVELY_ROUNDS
        self._is_wanted_again = self._is_running
        if not self._is_running:
            self._timer.start(_SOON)

    @Slot(int)
    def agree(self, count: int) -> None:
        """Let the next round take so many away at once: a person has said so."""
        self._may_remove = count
        self.start()

    @Slot(bool)
    def cut(self, is_cut: bool) -> None:
        """Cut the practice line or mend it: a cut line makes no request at all."""
        self._is_cut = is_cut
        self._misses = 0
        self.start()

    @Slot()
    def stop(self) -> None:
        """Make no further round."""
        self._timer.stop()
        self._is_wanted_again = False

    @Slot()
    def _run(self) -> None:
        self._is_running = True
        self._timer.start(_NEVER_ANSWERED)
        now = self._tasks.moment().now
        if self._is_cut:
            self._tasks.run(
                lambda vault: self._away(exchange.line(vault)), self._on_round, self._on_fail
            )
            return
        agreed, self._may_remove = self._may_remove, 0
        self._tasks.run(
            lambda vault: exchange.exchange(
                vault, self._open.hub(vault), now, stays_open=True, may_remove=agreed
            ),
            self._on_round,
            self._on_fail,
        )

    def _away(self, line: LineState) -> Round:
        self._open.close()
        return Round(HubState.AWAY, waiting=line.waiting)

    @Slot(object)
    def _on_round(self, done: Round) -> None:
        self._is_running = False
        is_there = done.state in (HubState.REACHED, HubState.WOULD_REMOVE)
        self._misses = 0 if is_there else self._misses + 1
        self._lively = _LIVELY_ROUNDS if done.sent or done.came else max(0, self._lively - 1)
        self.round_done.emit(done)
        self._timer.start(self._pause(done))

    def _pause(self, done: Round) -> int:
        if self._is_wanted_again:
            self._is_wanted_again = False
            return _SOON
        if self._misses:
            return _AWAY[min(self._misses, len(_AWAY)) - 1]
        return _QUICK if done.waiting or self._lively else _CALM

    def _on_fail(self, error: AppError) -> None:
        if isinstance(error, NotEnrolled):
            self._on_round(Round(HubState.NOT_ENROLLED))
            return
        self._is_running = False
        self._misses += 1
        self._timer.start(_AWAY[-1])
        self._tasks.failed.emit(error)


class Join(QObject):
    """Asks a hub to let this laptop in, and keeps asking while its centre has not yet said yes."""

    joined = Signal()
    """It is in; or asks to be let in anew no more, and stays who it was."""
    waiting = Signal(bool)
    refused = Signal(object)

    def __init__(self, tasks: Tasks, chance: Callable[[int], bytes]) -> None:
        """Be ready to ask; keys are made from `chance`."""
        super().__init__()
        self._tasks, self._chance = tasks, chance
        self._ask: _Asked | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(1_500)
        self._timer.timeout.connect(self._run)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AWAY[-1])
        self._later.timeout.connect(self.go_on)

    def begin(self, url: str, invitation: Invitation) -> None:
        """Ask the hub at `url`."""
        self._begin(_Asked(url, invitation))

    def begin_again(self, url: str, invitation: Invitation) -> None:
        """Ask to be let in as another device: shut out, or put back on a new laptop."""
        self._begin(_Asked(url, invitation, is_again=True))

    @Slot()
    def go_on(self) -> None:
        """Go on with what was begun before: asking, or signing anew what waits."""
        moment, chance = self._tasks.moment(), self._chance
        self._tasks.run(lambda vault: _begun(vault, moment, chance), self._on_begun)

    @Slot(object)
    def sign(self, done: Round) -> None:
        """Sign anew what a hub that was put back has lost of this laptop as it was before."""
        if done.is_unsigned:
            moment, chance = self._tasks.moment(), self._chance
            self._tasks.run(
                lambda vault: rejoining.sign_anew(vault, moment, chance), lambda _: None
            )

    @Slot()
    def give_up(self) -> None:
        """Ask to be let in anew no more."""
        self._ask = None
        self._timer.stop()
        self._tasks.run(rejoining.give_up, lambda _: self.joined.emit())

    def _begin(self, asked: "_Asked") -> None:
        self._ask = asked
        self._run()

    def _on_begun(self, begun: "tuple[_Asked | None, bool]") -> None:
        asked, is_signed = begun
        if asked is not None:
            self._begin(asked)
        elif not is_signed:
            self._later.start()  # the line broke off: what waits is held until it is signed anew

    @Slot()
    def _run(self) -> None:
        asked = self._ask
        if asked is None:
            return
        moment, chance = self._tasks.moment(), self._chance
        ask = rejoining.join_again if asked.is_again else enrolment.enrol
        self._tasks.run(
            lambda vault: ask(
                vault, enrolment.unknown_hub(asked.url, vault.world), asked.invitation, moment,
                chance,
            ),
            self._on_answer,
            self._on_fail,
        )  # fmt: skip

    @Slot(object)
    def _on_answer(self, state: EnrolmentState) -> None:
        if self._ask is None:
            return  # given up meanwhile
        if state is EnrolmentState.ENROLLED:
            self._ask = None
            self.joined.emit()
            self.go_on()
            return
        self.waiting.emit(True)
        self._timer.start()

    def _on_fail(self, error: AppError) -> None:
        if isinstance(error, HubAway):
            self.waiting.emit(False)
            self._timer.start()
        else:
            self.refused.emit(error)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom to ask, with what, and whether as another device than before."""

    url: str
    invitation: Invitation
    is_again: bool = False


def _begun(
    vault: "Vault", moment: "Moment", chance: Callable[[int], bytes]
) -> tuple[_Asked | None, bool]:
    is_signed = rejoining.finish(vault, moment, chance)
    again, first = rejoining.begun(vault), enrolment.begun(vault)
    if again is not None:
        return _Asked(*again, is_again=True), is_signed
    return (_Asked(*first) if first is not None else None), is_signed
