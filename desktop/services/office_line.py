"""Carrying much to or from the hub: who looks on, how long one waits, and what goes wrong."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep
from typing import TypeVar

from desktop.errors import BackupFailed, HubAway
from desktop.services.backups import GoesOn
from desktop.trust_errors import HubRefused, NoRoomAtHub, NotAdmin
from sync.client import errors
from sync.protocol.backups import HANDFUL

T = TypeVar("T")
ANSWER_SECONDS = 10.0
"""So long the hub may think: nobody waits here, and a lock should not have to."""
_QUICK, _SLOW = 0.5, 1.0
_TRIES, _LONGEST_WAIT, _PAUSE = 5, 60, 0.2
_SAYS = {"role": NotAdmin, "backups-full": NoRoomAtHub}


@dataclass(frozen=True, slots=True)
class Progress:
    """Bytes that are there, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on while much is carried: what time it is, whether to go on, how far it is."""

    clock: Callable[[], datetime]
    goes_on: GoesOn
    told: Callable[[Progress], None] = lambda _: None


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn what the line raises into what a person can act on."""
    try:
        yield
    except errors.Refused as error:
        raise _SAYS.get(error.code, HubRefused)() from error
    except (errors.LineError, errors.Untrusted) as error:
        raise HubAway from error


def patiently(watch: Watch, ask: Callable[[], T]) -> T:
    """Ask, and when the hub wishes to rest, wait for it; raises `BackupFailed` when stopped."""
    for _ in range(_TRIES):
        try:
            return ask()
        except errors.Busy as busy:
            if busy.seconds > _LONGEST_WAIT:
                raise
            for _ in range(round(busy.seconds / _PAUSE)):
                go_on(watch)
                sleep(_PAUSE)
    return ask()


class Handfuls:
    """How many pieces go at once: one first, then more while the line is quick.

    So a slow line is let go of soon when somebody locks, and a cut costs little.
    """

    def __init__(self, digests: Sequence[bytes]) -> None:
        """Give these, in their order."""
        self._digests, self._count = digests, 1

    def __iter__(self) -> Iterator[Sequence[bytes]]:
        """Yield the next handful, and see how long whoever asked took for it."""
        at = 0
        while at < len(self._digests):
            began = monotonic()
            some = self._digests[at : at + self._count]
            yield some
            at += len(some)
            took = monotonic() - began
            if took < _QUICK:
                self._count = min(HANDFUL, self._count * 2)
            elif took > _SLOW:
                self._count = max(1, self._count // 2)


def go_on(watch: Watch) -> None:
    """Raise `BackupFailed` when it is to stop."""
    if not watch.goes_on():
        raise BackupFailed
