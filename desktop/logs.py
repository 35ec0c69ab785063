"""A log that can only say allow-listed things: what happened, how many, and ids (R-33)."""

import errno
import json
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    import threading

_EVENTS = frozenset({
    "started", "unlocked", "locked", "closed", "failed", "damaged", "synced", "enrolled",
    "hub_away", "keyring_failed", "notice",
})  # fmt: skip
_COUNTS = frozenset({
    "sent", "came", "waiting", "notes", "milliseconds", "attempts", "version", "seq", "line",
})  # fmt: skip
_IDS = frozenset({"vault", "outreach", "referral", "message", "consent"})
_OURS = ("desktop", "ui", "sync", "i18n")
_LARGEST = 512 * 1024


class Log:
    """One file of JSON lines, and the one before it."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        """Nothing is written until something happens."""
        self._file = folder / "bammajung.log"
        self._clock = clock

    def say(self, event: str, **facts: int | UUID) -> None:
        """Write one line. A name or a value that is not allow-listed is left out."""
        allowed = {name: _plain(name, value) for name, value in facts.items()}
        line = {name: value for name, value in allowed.items() if value is not None}
        self._write(event if event in _EVENTS else "failed", line)

    def failed(self, error: BaseException) -> None:
        """Write where in our code something failed, and of which kind. Never what it said."""
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{_module(frame.filename)}:{frame.lineno}" for frame in frames]
        ours = [place for place in places if not place.startswith(":")]
        self._write("failed", {"kind": type(error).__name__, "at": ours[-5:]})

    def _write(self, event: str, line: Mapping[str, object]) -> None:
        text = json.dumps({"time": self._clock().isoformat(), "event": event, **line}) + "\n"
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._file.exists() and self._file.stat().st_size > _LARGEST:
                self._file.replace(self._file.with_suffix(".1.log"))
            with self._file.open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            # A full disk must not turn a small failure into a large one.
            if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}:
                raise


def keep_quiet(log: Log) -> None:
    """Log what Python, and libraries, would print about a failure with all its words.

    A desktop session keeps what a program prints in a file of its own. What the program's main
    thread raises goes to `sys.excepthook`, which is set where the program is put together.
    """
    import logging
    import threading

    def failed(failure: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
        if failure.exc_value is not None:
            log.failed(failure.exc_value)

    sys.unraisablehook = failed
    threading.excepthook = failed
    logging.lastResort = logging.NullHandler()


def _plain(name: str, value: object) -> int | str | None:
    if name in _COUNTS and isinstance(value, int):
        return int(value)
    if name in _IDS and isinstance(value, UUID):
        return str(value)
    return None


def _module(filename: str) -> str:
    """Return one of our modules' names; an empty string for a file that is not ours."""
    parts = Path(filename).with_suffix("").parts
    for at in range(len(parts) - 1, -1, -1):
        if parts[at] in _OURS:
            return ".".join(parts[at:])
    return ""
