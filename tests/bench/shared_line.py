"""A line between a client and a server, which counts, and may be as bad as a line can be."""

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_CHILD = Path(__file__).with_name("child_line.py")


@dataclass(frozen=True)
class Manner:
    """How bad the line is, once it worsens. As it stands here it only counts."""

    bits: float = 0.0
    """A second, each way; 0 for as many as the machine carries."""
    trip: float = 0.0
    """Seconds there and back."""
    cuts: float = 0.0
    """Share of connections that are cut, at a random byte."""
    seed: str = ""
    mark: str = ""
    """Pattern whose first group is the id of an item on its way to the server."""


class Line:
    """A line to a server on loopback; its process ends with `a_line`."""

    def __init__(self, port, manner):
        facts = {**asdict(manner), "port": port}
        self._child = subprocess.Popen(
            [sys.executable, _CHILD, json.dumps(facts)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.url = f"http://127.0.0.1:{int(self._child.stdout.readline())}"

    def tally(self):
        """Return what went over it since this was asked last."""
        return self._told("tally")

    def worsen(self):
        """Let every connection go, and be bad from now on."""
        self._told("worsen")

    def _told(self, word):
        self._child.stdin.write(f"{word}\n")
        self._child.stdin.flush()
        return json.loads(self._child.stdout.readline())

    def close(self):
        self._child.communicate()


@contextmanager
def a_line(port, manner=Manner()):
    """Put a line before the server that listens on this port."""
    line = Line(port, manner)
    try:
        yield line
    finally:
        line.close()
