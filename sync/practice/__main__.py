"""`python -m sync.practice`: the practice network as a process that ends with its parent."""

import argparse
import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from sync.practice.running import Practice, address_file
from sync.practice.watch import Held, is_alive

PACE_SECONDS = 2.0
_GLANCE = 0.5
_GIVE_WAY_SECONDS = 15.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the parent is gone or somebody ends us."""
    asked = _asked(arguments)
    asked.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = Held(asked.home / "lock")
    if not _take_over(held, asked.home, asked.parent):
        return 0
    stopping = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    practice = Practice(asked.home, timedelta(seconds=asked.pace), _clock, secrets.token_bytes)
    try:
        practice.start(asked.parent)
        # Whoever begins practice anew takes our address away before anything else.
        while _is_wanted(asked) and not stopping.wait(_GLANCE):
            practice.look_after(asked.parent)
    finally:
        practice.stop()
        held.close()
    return 0


def _is_wanted(asked: argparse.Namespace) -> bool:
    return is_alive(asked.parent) and address_file(asked.home).exists()


def _take_over(held: Held, home: Path, parent: int) -> bool:
    """Take the folder. One that serves the same parent stays; one that is ending is awaited."""
    deadline = time.monotonic() + _GIVE_WAY_SECONDS
    while not held.take():
        if _serves(home) == parent or time.monotonic() > deadline:
            return False
        time.sleep(_GLANCE / 5)
    return True


def _serves(home: Path) -> int:
    try:
        return int(json.loads(address_file(home).read_text("utf-8"))["parent"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the program's entry, where the clock is read


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sync.practice", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="folder of the practice network")
    parser.add_argument("--parent", type=int, default=os.getppid(), help="end with this process")
    parser.add_argument("--pace", type=float, default=PACE_SECONDS, help="seconds a step takes")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
