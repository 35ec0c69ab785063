"""A real hub process of an invented evening, and everything that a thief finds of it.

That is its folder, what it logged, its environment and its command line, and where it has one its
PostgreSQL's whole data folder, write-ahead log included, and every value in its tables.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from prove.sieve import hits

from sync.practice.desks import WORLD
from sync.server import tables

ROOT = Path(__file__).parents[2]
_LAUNCHER = Path(__file__).with_name("otherclock.py")
PLACES = ("environment", "command line", "log", "database")
VALUES = "values"


class Machine:
    """Serves one hub; a `server` is its own PostgreSQL, `database` the address there.

    `decoys` are words to be found, by the name of the place: there are none but in a control.
    """

    def __init__(self, place: Path, home: Path, server=None, database="", decoys=None) -> None:
        """Prepare; nothing runs yet."""
        self.database, self.decoys = database, decoys or {}
        self._home, self._server, self._process = home, server, None
        self._stolen = place / "stolen"
        for name in (*PLACES, "clock"):
            (self._stolen / name).mkdir(parents=True)
        self._clock = self._stolen / "clock" / f"clock {self.decoys.get('command line', '')}"
        if "log" in self.decoys:
            self._clock.with_name(f"{self._clock.name}.says").write_text(self.decoys["log"])

    def start(self, now) -> str:
        """Serve from this moment on; return the address."""
        self.turn(now)
        command = [
            sys.executable, _LAUNCHER, self._clock, "--home", self._home, "--world", WORLD,
            "--port", "0",
        ]  # fmt: skip
        command += ["--database", self.database] if self.database else []
        around = {**os.environ, "PYTHONPATH": str(ROOT)}
        around |= {"HUB_NOTE": self.decoys["environment"]} if "environment" in self.decoys else {}
        with (self._stolen / "log" / "stderr").open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=around, stdout=subprocess.PIPE, stderr=log
            )
        url = json.loads(self._process.stdout.readline())["url"]
        self._copy_process()
        return url

    def turn(self, now) -> None:
        """Let it be this moment at the hub."""
        half = self._clock.with_name("half")
        half.write_text(now.isoformat())
        half.replace(self._clock)

    def stop(self) -> None:
        """End the process, if it ever began."""
        if self._process:
            self._process.terminate()
            self._process.communicate(timeout=60)

    def plant(self, store) -> None:
        """Put words into a column."""
        if "database" in self.decoys:
            row = {"key": "decoy", "value": self.decoys["database"]}
            with store.writing() as db:
                db.add(tables.meta, row)

    def looked(self, needles, store) -> dict[str, list[str]]:
        """Search everything there is; name what was found, by place."""
        if self._server:
            self._server.flush()
            self._write_rows(store)
        folders = {name: [self._stolen / name] for name in PLACES}
        folders["database"] += [self._home, *([self._server.folder] if self._server else [])]
        _check_reached(folders["log"][0] / "stderr")
        return {name: list(hits(places, needles)) for name, places in folders.items()}

    def _copy_process(self):
        about = Path(f"/proc/{self._process.pid}")
        for name, file in (("environment", "environ"), ("command line", "cmdline")):
            content = (about / file).read_bytes()
            if not content:
                raise AssertionError(f"{file} is empty: nothing was searched")
            (self._stolen / name / file).write_bytes(content)

    def _write_rows(self, store):
        # Long values lie compressed in the data folder.
        (self._stolen / "database" / VALUES).write_bytes(b"\0".join(values(store)))


def values(store) -> set[bytes]:
    """Return every value in the hub's tables."""
    with store.reading() as db:
        rows = [row for table in tables.metadata.sorted_tables for row in db.all(table)]
    return {
        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
        for row in rows
        for v in row.values()
    }


def _check_reached(log: Path) -> None:
    events = [json.loads(line).get("endpoint", "") for line in log.read_text().splitlines()]
    if "/v1/exchange" not in events:
        raise AssertionError("the hub logged no round: nothing was searched")
