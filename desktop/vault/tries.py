"""Wrong passphrases make the next try wait longer, also after a restart (R-26).

It slows a hand at this keyboard. Copies of the folder are limited by Argon2id alone.
"""

from contextlib import suppress
from datetime import datetime
from typing import Annotated

import msgspec

from desktop.errors import DiskFailed, DiskFull, WaitBeforeTrying
from desktop.vault.folder import Folder, write_whole

_LONGEST = 300


class Tries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many tries failed in a row, and when the last one was."""

    count: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    last: datetime

    @property
    def delay(self) -> int:
        """Seconds before the next try: 1, 2, 4 … five minutes."""
        return min(_LONGEST, 2 ** min(self.count - 1, 10)) if self.count else 0


def check(folder: Folder, now: datetime) -> None:
    """Raise `WaitBeforeTrying` when it is too early."""
    tries = _read(folder, now)
    if tries.last > now:
        # A clock set back must not lock anyone out for longer than the delay itself.
        tries = Tries(tries.count, now)
        _keep(folder, tries)
    waited = (now - tries.last).total_seconds()
    if waited < tries.delay:
        raise WaitBeforeTrying(seconds=int(tries.delay - waited) + 1)


def count(folder: Folder, now: datetime) -> None:
    """Count a try before it is made, so that killing the program does not undo it."""
    _keep(folder, Tries(_read(folder, now).count + 1, now))


def _keep(folder: Folder, tries: Tries) -> None:
    with suppress(DiskFull, DiskFailed):  # a full disk must not keep anyone out
        write_whole(folder.tries, msgspec.json.encode(tries))


def forget(folder: Folder) -> None:
    """The right key was given: start again from nothing."""
    with suppress(OSError):
        folder.tries.unlink(missing_ok=True)


def _read(folder: Folder, now: datetime) -> Tries:
    nothing = Tries(0, now)
    if not folder.tries.is_file():  # a pipe somebody put there would be waited for for ever
        return nothing
    try:
        tries = msgspec.json.decode(folder.tries.read_bytes(), type=Tries)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return nothing
    return tries if tries.last.tzinfo else nothing
