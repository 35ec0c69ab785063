"""Carrying much to or from the hub: who looks on, how long one waits, and what goes wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import sleep
from typing import TypeVar

from desktop.errors import BackupFailed, HubAway
from desktop.services.backups import GoesOn
from desktop.trust_errors import HubRefused, NoRoomAtHub, NotAdmin
from sync.client import errors

T = TypeVar("T")
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


def go_on(watch: Watch) -> None:
    """Raise `BackupFailed` when it is to stop."""
    if not watch.goes_on():
        raise BackupFailed
