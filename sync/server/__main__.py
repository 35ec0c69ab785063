"""`bammajung-hub`: serve the hub, or do one thing in its office."""

import argparse
import json
import os
import secrets
import signal
import socket
import stat
import sys
import threading
import time
from pathlib import Path

import uvicorn

from sync.protocol.codec import unpacked
from sync.protocol.directory import Listing, SignedDirectory
from sync.server import office
from sync.server.app import app, utc_now
from sync.server.founding import Hub, WrongWorld, open_hub
from sync.server.refusals import Refused, Rejected

_GLANCE_SECONDS = 0.5


class Serving(uvicorn.Server):
    """Uvicorn that says where it listens, and lets no long poll delay the end."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket) -> None:
        """Serve on an open socket."""
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address as one line."""
        await super().startup(sockets)
        if not self.started:
            return
        host, port = self._listening.getsockname()[:2]
        sys.stdout.write(json.dumps({"url": f"http://{host}:{port}"}) + "\n")
        sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wake whoever waits, then stop."""
        self.config.loaded_app.state.bells.close()
        await super().shutdown(sockets)


def start() -> None:
    """Run the command."""
    asked = _parser().parse_args()
    try:
        sys.exit(_serve(asked) if asked.command is None else _office(asked))
    except WrongWorld:
        sys.exit("This folder belongs to a hub of the other world.")
    except Rejected as refused:
        sys.exit(f"Refused: {refused.code}")
    except Refused as refused:
        sys.exit(f"Refused: {refused.kind}")
    except OSError as error:
        sys.exit(f"Cannot start: {error.strerror}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bammajung-hub", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="the hub's own folder")
    parser.add_argument("--world", choices=("real", "practice"), default="real")
    parser.add_argument("--database", default="", help="SQLAlchemy URL; SQLite in --home if empty")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8470, help="0 chooses a free one")
    parser.add_argument("--public-url", default="", help="what clients call the proxy in front")
    parser.add_argument("--stop-with-parent", action="store_true", help="stop when stdin closes")
    commands = parser.add_subparsers(dest="command")
    for name in ("add-org", "publish"):
        commands.add_parser(name).add_argument("file", type=Path)
    for name, second in (("new-code", "role"), ("revoke", "device")):
        command = commands.add_parser(name)
        command.add_argument("org")
        command.add_argument(second)
    commands.add_parser("restored", help="after a restore from a backup, before serving")
    return parser


def _serve(asked: argparse.Namespace) -> int:
    made = app(asked.home, asked.world, public_url=asked.public_url, database=asked.database)
    listening = _listening(asked.host, asked.port)
    config = uvicorn.Config(
        made,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=5,
    )
    serving = Serving(config, listening)
    if asked.stop_with_parent:
        threading.Thread(target=_watch_parent, args=(serving,), daemon=True).start()
    # Uvicorn hands the signal on once it has stopped in good order: that is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    serving.run(sockets=[listening])
    return 0


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server((host, port), family=family)
    # Only a socket that says it is TCP gets TCP_NODELAY from asyncio; without it each answer
    # waits 40 ms for the other side's delayed acknowledgement.
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, opened.detach())


def _watch_parent(serving: Serving) -> None:
    if stat.S_ISCHR(os.fstat(0).st_mode):
        # No pipe to the parent: it has gone when somebody else is our parent.
        parent = os.getppid()
        while os.getppid() == parent:
            time.sleep(_GLANCE_SECONDS)
    else:
        # os.read, because a thread inside sys.stdin could not be left behind at exit.
        while os.read(0, 4096):
            pass
    serving.should_exit = True


def _office(asked: argparse.Namespace) -> int:
    hub = open_hub(asked.home, asked.world, secrets.token_bytes, asked.database)
    try:
        said = _done(hub, asked)
    finally:
        hub.store.close()
    sys.stdout.write(f"{said}\n")
    return 0


def _done(hub: Hub, asked: argparse.Namespace) -> str:
    now = utc_now()
    if asked.command == "add-org":
        office.add_org(hub, unpacked(Listing, asked.file.read_bytes()), now)
        return "added"
    if asked.command == "publish":
        signed = unpacked(SignedDirectory, asked.file.read_bytes())
        return str(office.publish(hub, signed, now))
    if asked.command == "new-code":
        return office.new_code(hub, asked.org, asked.role, secrets.token_bytes, now)
    if asked.command == "revoke":
        office.revoke(hub, asked.org, asked.device, now)
        return "revoked"
    return office.restored(hub, secrets.token_bytes)


if __name__ == "__main__":
    start()
