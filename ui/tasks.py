"""Work on a thread of its own; answers on the window's. No other file starts a thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from desktop.errors import AppError, VaultDamaged

if TYPE_CHECKING:  # the lock window is painted before the database is loaded
    from concurrent.futures import Future, ThreadPoolExecutor

    from desktop.domain.moment import Moment
    from desktop.vault.database import Vault

T = TypeVar("T")
if TYPE_CHECKING:
    Work = Callable[[Vault], T]
    """What may be asked of the vault, on its own thread."""
    SharedWork = Callable[[Vault, Vault], T]
    """What may be asked of a member's own vault and the team's together."""
    OpenVault: TypeAlias = Vault
    Renewed = TypeVar("Renewed", bound="Opened")

Failed = Callable[[AppError], None]
_still_at_work: "list[tuple[Worker, Callable[[], None]]]" = []
"""Who was left while their thread was at work. What belongs to Qt must not end on that thread."""
_Answer = tuple["Future[T]", Callable[[T], None], Failed | None]


class Opened(Protocol):
    """What holds a vault that was opened anew."""

    @property
    def vault(self) -> "Vault":
        """The vault."""
        ...


class Worker(QObject):
    """One thread that does one piece of work at a time."""

    failed = Signal(AppError)
    _answered = Signal(object)

    def __init__(self, name: str) -> None:
        """Be ready; the thread starts with the first work."""
        super().__init__()
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._unanswered = 0
        self._is_over = False
        self._answered.connect(self._deliver)

    def do(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Do `work` on the thread, then hand its answer to `then` here; nothing after `wait`."""
        if self._is_over:
            return
        self._unanswered += 1
        pool = self._thread()
        done = pool.submit(work)
        # Told from that thread, always: a callback on what is done already would be called here,
        # before `do` returns and before the answers of what was asked earlier.
        pool.submit(self._tell, (done, then, failed))

    def is_idle(self) -> bool:
        """Tell whether every answer has been handed over."""
        return self._unanswered == 0

    def wait(self, last: Callable[[], None], seconds: float) -> bool:
        """Do `last` after all that was asked; tell whether it was done within the time."""
        if self._is_over:
            return True
        self._is_over = True
        pool = self._thread()
        future = pool.submit(last)
        try:
            future.exception(timeout=seconds)
        except TimeoutError:
            pool.shutdown(wait=False)
            _still_at_work.append((self, last))
            return False
        pool.shutdown()  # it has nothing more to do, and holds nothing of ours any longer
        future.result()
        return True

    def _thread(self) -> "ThreadPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        return self._pool

    def _tell(self, answer: "_Answer[T]") -> None:
        # By a method of ours, which keeps us alive until it is said: the signal alone would not.
        self._answered.emit(answer)

    @Slot(object)
    def _deliver(self, answer: "_Answer[T]") -> None:
        done, then, failed = answer
        self._unanswered -= 1
        try:
            value = done.result()
        except AppError as error:
            (failed or self.failed.emit)(error)
        else:
            then(value)


class Tasks(QObject):
    """The open vault, used from one thread; every page asks through here."""

    failed = Signal(AppError)
    damaged = Signal()
    """The vault itself is damaged, whoever was told so: the next opening reads all of it."""

    def __init__(
        self,
        open_vault: "Callable[[], Vault] | None",
        moment: "Callable[[], Moment]",
        worker: Worker | None = None,
    ) -> None:
        """Open the vault on the thread that will own it; None: what is asked waits for `open`."""
        super().__init__()
        self._worker = worker or Worker("vault")
        self._worker.failed.connect(self.failed)
        self._moment = moment
        self._opened: list[Vault] = []
        self._held: list[Callable[[], None]] | None = []
        self._are_last_words = False
        if open_vault is not None:
            self.open(open_vault)

    def open(self, open_vault: "Callable[[], Vault]") -> None:
        """Open the vault, then do what was asked so far."""
        # Kept on that thread: work may be asked for before the answer is handed over here.
        self._worker.do(lambda: self._opened.append(open_vault()), _nothing)
        held, self._held = self._held or [], None
        for ask in held:
            ask()

    def run(
        self,
        work: "Callable[[Vault], T]",
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Do `work` with the vault, then hand its answer to `then`."""
        if self._held is not None:
            self._held.append(lambda: self.run(work, then, failed))
            return
        self._worker.do(lambda: self._done(work), then, failed)

    def renew(
        self,
        work: "Callable[[Vault], Renewed]",
        then: "Callable[[Renewed], None]",
        failed: Failed | None = None,
    ) -> None:
        """Do `work`, which opens the vault anew; what is asked later gets the new one."""
        self.run(lambda vault: self._renewed(work(vault)), then, failed)

    @Slot()
    def take_last_words(self) -> None:
        """From now on, what finds the disk full gets the room that was kept for a lock."""
        self._are_last_words = True

    def moment(self) -> "Moment":
        """Return the clock's reading and a fresh id for one action."""
        return self._moment()

    def is_idle(self) -> bool:
        """Tell whether every answer has been handed over."""
        return self._worker.is_idle() and not self._held

    def close(self, seconds: float = 2.0) -> bool:
        """Finish what was asked and close the vault; tell whether the time was enough."""
        return self._worker.wait(self._close_vault, seconds)

    def _done(self, work: "Callable[[Vault], T]") -> T:
        vault = self._opened[0]
        if not self._are_last_words:
            return watched(work, self.damaged.emit)(vault)
        from desktop.services import last_words

        return last_words.though_full(vault, work)

    def _renewed(self, renewed: "Renewed") -> "Renewed":
        self._opened[0] = renewed.vault
        return renewed

    def _close_vault(self) -> None:
        for vault in self._opened:
            vault.close()


def watched(work: "Work[T]", tell: Callable[[], None]) -> "Work[T]":
    """Return `work` that calls `tell`, on its own thread, where it meets damage in the vault."""

    def done(vault: "Vault") -> T:
        try:
            return work(vault)
        except VaultDamaged:
            from desktop.services import checkups

            if checkups.is_suspect(vault):  # and not only a file that somebody brought
                tell()
            raise

    return done


def _nothing(_: None) -> None:
    return None
