"""A disk that is soon full, seen by one child only."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_TESTS = Path(__file__).parent
_MOUNT = 'mount -t tmpfs -o size=10m none "$0" && exec "$@"'
_WAYS = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])

LINUX = pytest.mark.skipif(
    not (sys.platform.startswith("linux") and shutil.which("unshare")),
    reason="Linux, with util-linux, makes the small disk",
)


def on_a_small_disk(place: Path, child: Path, *words: str) -> dict:
    """Run `child` on a disk of its own at `place`; return what it said, as JSON."""
    place.mkdir()
    for way in _WAYS:
        done = subprocess.run(
            [*way, "sh", "-c", _MOUNT, place, sys.executable, child, place, *words],
            capture_output=True, text=True, timeout=120,
            env={"PYTHONPATH": f"{_TESTS.parent}:{_TESTS}", "PATH": "/usr/bin:/bin:/usr/sbin"},
        )  # fmt: skip
        if done.returncode == 0:
            return json.loads(done.stdout)
    if "not permitted" in done.stderr:
        pytest.skip("inside this container nobody may mount a disk")
    raise AssertionError(done.stderr)


def fill(path: Path) -> None:
    """Leave not one block."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 16, 1 << 12):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                os.fsync(file.fileno())
