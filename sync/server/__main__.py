"""`bammajung-hub`: serve the hub, or do one thing in its office."""

import argparse
import secrets
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from types import FrameType

from sync.server import copying, serving
from sync.server.commands import BEFORE_SERVING, add_commands, done
from sync.server.copies import CopyRefused
from sync.server.founding import Hub, NoHub, hub_in, is_there, open_hub
from sync.server.sentences import FORESEEN, UNCHANGED, NotDone, check_user, sentence

_STOPPED = {
    "backup": "Stopped. Nothing was copied.",
    "restore": "Stopped. No hub was made.",
    "end-backups": "Stopped. What is left of them goes while the hub serves, or ask again.",
    "proposals": "Stopped. Not all are written: ask again.",
}
_NOT_BY_HALF = "Stopped. Nothing is done by half: look whether it is done, or ask again."
_LEFT = {"backup": "Nothing was copied.", "restore": "No hub was made."}
"""What to say, where it is more than that nothing was changed, when the database fails."""


class _Stopped(KeyboardInterrupt):
    """A signal came in the middle of an office command.

    By its kind the database's driver knows to end what it waits for.
    """

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def start() -> None:
    """Run the command."""
    asked = _parser().parse_args()
    for sent in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sent, _good_end if asked.command is None else _stop)
    if isinstance(sys.stdout, TextIOWrapper):
        # What this terminal has no letters for must not fail after it is done.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        check_user(asked.home)
        sys.exit(serving.serve(asked) if asked.command is None else _office(asked))
    except _Stopped as stopped:
        sys.stderr.write(f"{_STOPPED.get(asked.command, _NOT_BY_HALF)}\n")
        sys.exit(stopped.code)
    except (NotDone, CopyRefused, NoHub) as why:
        sys.exit(str(why))
    except FORESEEN as error:
        sys.exit(sentence(error, _LEFT.get(asked.command, UNCHANGED)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bammajung-hub", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="the hub's own folder")
    parser.add_argument("--world", choices=("real", "practice"), default="real")
    parser.add_argument("--database", default="", help="SQLAlchemy URL; SQLite in --home if empty")
    serving.add_options(parser)
    add_commands(parser)
    return parser


def _good_end(_sent: int, _frame: FrameType | None) -> None:
    # Uvicorn hands the signal on once it has stopped in good order: that is no failure.
    sys.exit(0)


def _stop(sent: int, _frame: FrameType | None) -> None:
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)  # what is half done is put away undisturbed
    raise _Stopped(128 + sent)


def _office(asked: argparse.Namespace) -> int:
    if asked.command in copying.COMMANDS:
        sys.stdout.write(f"{copying.COMMANDS[asked.command](asked)}\n")
        return 0
    hub = _hub(asked)
    try:
        said = done(hub, asked)
    finally:
        hub.store.close()
    sys.stdout.write(f"{said}\n")
    return 0


def _hub(asked: argparse.Namespace) -> Hub:
    if asked.command not in BEFORE_SERVING or is_there(asked.home, asked.database):
        return hub_in(asked.home, asked.world, asked.database)
    hub = open_hub(asked.home, asked.world, secrets.token_bytes, asked.database)
    sys.stderr.write(f"A new hub was founded in {asked.home}.\n")
    return hub


if __name__ == "__main__":
    start()
