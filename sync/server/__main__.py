"""`bammajung-hub`: serve the hub, or do one thing in its office."""

import argparse
import secrets
import signal
import sys
from pathlib import Path

from sync.server import copying, serving
from sync.server.commands import NotDone, add_commands, done
from sync.server.copies import CopyRefused
from sync.server.founding import TooNew, WrongKey, WrongWorld, open_hub
from sync.server.store import StoreFailed


def start() -> None:
    """Run the command."""
    asked = _parser().parse_args()
    try:
        # Uvicorn hands the signal on once it has stopped in good order: that is no failure.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        sys.exit(serving.serve(asked) if asked.command is None else _office(asked))
    except WrongWorld:
        sys.exit("This folder belongs to a hub of the other world.")
    except WrongKey:
        sys.exit("The key in this folder is not the key of the hub in the database.")
    except TooNew:
        sys.exit("A newer version of this program has written the database.")
    except StoreFailed:
        sys.exit("The database cannot be reached, or is not a hub's.")
    except (NotDone, CopyRefused) as why:
        sys.exit(str(why))
    except OSError as error:
        sys.exit(f"Cannot start: {error.strerror}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bammajung-hub", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="the hub's own folder")
    parser.add_argument("--world", choices=("real", "practice"), default="real")
    parser.add_argument("--database", default="", help="SQLAlchemy URL; SQLite in --home if empty")
    serving.add_options(parser)
    add_commands(parser)
    return parser


def _office(asked: argparse.Namespace) -> int:
    if asked.command in copying.COMMANDS:
        sys.stdout.write(f"{copying.COMMANDS[asked.command](asked)}\n")
        return 0
    hub = open_hub(asked.home, asked.world, secrets.token_bytes, asked.database)
    try:
        said = done(hub, asked)
    finally:
        hub.store.close()
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    start()
