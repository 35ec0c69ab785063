"""The practice hub: the reference server as a process of its own, in its own folder."""

import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

from sync.client.errors import LineError
from sync.client.transport import HttpHub
from sync.practice.desks import WORLD

START_SECONDS = 30.0
_STOP_SECONDS = 5.0
_GLANCE = 0.02
_ROOT = Path(__file__).parents[2]
_PORTS = range(20_000, 32_000)
"""Below those that systems give out by themselves: nobody is given ours before the hub has it."""


class HubFailed(Exception):
    """The hub did not start; its last words are in `hub.log` beside its folder."""


class HubProcess:
    """Starts and stops one hub, always at the same address."""

    def __init__(self, home: Path, port: int = 0) -> None:
        """Run the hub in `home`; `port` is where it listened before, if it is still free."""
        self._home = home
        self.port = port if port and _is_free(port) else _free_port()
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Say whether the process lives."""
        return self._running is not None and self._running.poll() is None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        command = [
            sys.executable, "-m", "sync.server", "--home", str(self._home),
            "--world", WORLD, "--port", str(self.port), "--stop-with-parent", "--quiet",
        ]  # fmt: skip
        log = self._home.with_name("hub.log")
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as words:
            self._running = subprocess.Popen(  # noqa: S603 - our own program, our own folder
                command, stdin=subprocess.PIPE, stdout=words, stderr=words, cwd=_ROOT
            )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Stop the process and wait for its end."""
        if self._running is None:
            return
        if self._running.stdin:
            # The hub ends when this pipe does, also when we ourselves are killed.
            self._running.stdin.close()
        try:
            self._running.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()
        self._running = None

    def _wait_until_it_answers(self) -> None:
        line = HttpHub(self.url, None, WORLD, None)
        deadline = time.monotonic() + START_SECONDS
        while self.is_running and time.monotonic() < deadline:
            try:
                line.hello()
            except LineError:
                time.sleep(_GLANCE)
            else:
                line.close()
                return
        line.close()
        self.stop()
        raise HubFailed


def _free_port() -> int:
    return next(port for port in iter(lambda: secrets.choice(_PORTS), None) if _is_free(port))


def _is_free(port: int) -> bool:
    try:
        with socket.create_server(("127.0.0.1", port)):
            return True
    except OSError:
        return False
