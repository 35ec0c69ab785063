"""What a system says before it sleeps, or gives the screen to somebody else."""

from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import SignalInstance


class Sign(StrEnum):
    """Why the screen must be locked."""

    SLEEP = "sleep"
    LID = "lid"
    SESSION = "session"
    """The system's own lock."""
    SWITCH = "switch"
    """Somebody else's session is in front."""
    SCREEN = "screen"
    """The screen saver came on."""
    END = "end"
    """The system shuts down."""


class Listens(Protocol):
    """One system's way to say so. It emits `seen` with a `Sign`."""

    seen: SignalInstance

    def follow(self) -> None:
        """Begin to listen; where nothing can be heard, nothing happens."""
        ...

    def heard(self) -> tuple[Sign, ...]:
        """Return the signs that this machine gives, for `bammajung doctor`."""
        ...
