"""The process that serves: options of the command line, the socket, signals, the end."""

import argparse
import errno
import json
import logging
import os
import socket
import stat
import sys
import threading
import time
from dataclasses import fields
from http import HTTPStatus
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from sync.server import office
from sync.server.app import Manner, app, utc_now
from sync.server.logs import log_to_stderr
from sync.server.metrics import Metrics
from sync.server.rates import Rates, WrongRate
from sync.server.refusals import Refused
from sync.server.sentences import NotDone
from sync.server.speech import HEAD_BYTES, problem

GRACE_SECONDS = 10
"""What is in flight when the hub stops may take this long."""
_IDLE_SECONDS = 75
"""Longer than a proxy keeps a line that nobody uses, so that it is never ours that ends first."""
_HIGHEST_PORT = 65_535
_GLANCE_SECONDS = 0.5
_log = logging.getLogger("bammajung.hub")


class Serving(uvicorn.Server):
    """Uvicorn that says where it listens, lets no long poll delay the end, and can be hurried."""

    def __init__(
        self, config: uvicorn.Config, made: Starlette, listening: socket.socket, figures: str
    ) -> None:
        """Serve on an open socket; `figures` is where they can be asked for, or nothing."""
        super().__init__(config)
        self._made = made
        self._listening = listening
        self._figures = figures

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address as one line."""
        await super().startup(sockets)
        if not self.started:
            return
        host, port = self._listening.getsockname()[:2]
        said = {"url": f"http://{host}:{port}"}
        said |= {"metrics": self._figures} if self._figures else {}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        _log.info("started")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wake whoever waits, finish what is in flight, then stop."""
        _log.info("stopping")
        self._made.state.bells.close()
        await super().shutdown(sockets)
        _log.info("stopped")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop in good order; at the second signal, at once: no transaction is half done."""
        if self.should_exit:
            os._exit(128 + sig)
        super().handle_exit(sig, frame)


class Line(H11Protocol):
    """A connection on which what is not HTTP is answered with a problem too."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  (uvicorn's words, not ours)
        """Say what was wrong, and hang up."""
        hint = getattr(sys.exc_info()[1], "error_status_hint", 400)
        refused = Refused(431, "header-too-large") if hint == 431 else Refused(400, "malformed")
        cycle = self.cycle  # None before the first request
        if not getattr(cycle, "response_started", False) or cycle.response_complete:
            said = problem(refused, utc_now(), {"connection": "close"})
            head = [f"HTTP/1.1 {refused.status} {HTTPStatus(refused.status).phrase}".encode()]
            head += [name + b": " + value for name, value in said.raw_headers]
            self.transport.write(b"\r\n".join(head) + b"\r\n\r\n" + bytes(said.body))
        self.transport.close()


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what says how to serve."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8470, help="0 chooses a free one")
    parser.add_argument("--public-url", default="", help="what clients call the proxy in front")
    parser.add_argument("--behind", default="", help="the proxy's address, whose word counts")
    parser.add_argument("--metrics-port", type=_port, default=-1, help="figures, on loopback only")
    parser.add_argument("--quiet", action="store_true", help="log only what did not go well")
    parser.add_argument("--stop-with-parent", action="store_true", help="stop when stdin closes")
    for rate in fields(Rates):
        parser.add_argument(f"--rate-{rate.name}", default=rate.default, help="0 for no limit")


def serve(asked: argparse.Namespace) -> int:
    """Serve until a signal comes."""
    log_to_stderr(asked.quiet)
    rates = Rates(*(getattr(asked, f"rate_{rate.name}") for rate in fields(Rates)))
    manner = Manner(asked.public_url, rates)
    try:
        made = app(asked.home, asked.world, database=asked.database, manner=manner)
    except WrongRate as wrong:
        sys.exit(f"This is not a rate: {wrong}. Write 600/minute, or 600/minute;7200/hour.")
    office.keep_address(made.state.hub, asked.public_url)
    listening = _listening(asked.host, asked.port)
    figures = _figures(made.state.metrics, asked.metrics_port) if asked.metrics_port >= 0 else ""
    serving = Serving(_config(made, asked.behind), made, listening, figures)
    if asked.stop_with_parent:
        threading.Thread(target=_watch_parent, args=(serving,), daemon=True).start()
    serving.run(sockets=[listening])
    return 0


def _figures(metrics: Metrics, port: int) -> str:
    try:
        return metrics.serve(port).url
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise NotDone(
            f"Something listens at {port} already: stop it, or choose another --metrics-port."
        ) from error


def _port(said: str) -> int:
    port = int(said)
    if not 0 <= port <= _HIGHEST_PORT:
        raise ValueError
    return port


def _config(made: Starlette, behind: str) -> uvicorn.Config:
    return uvicorn.Config(
        made,
        http=Line,
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(behind),
        forwarded_allow_ips=behind or None,
        h11_max_incomplete_event_size=2 * HEAD_BYTES,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


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
