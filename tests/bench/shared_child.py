"""Start a child of a benchmark, and read the one line that it reports."""

import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BEGIN = "import sys; sys.path[:0] = [{root!r}, {tests!r}]; import bench.child_{child}"


def report_of(child: str, *words: object) -> dict:
    """Run `child_<child>.py`; return its report, and `started`: when it was asked to start."""
    started = time.monotonic()
    begin = _BEGIN.format(root=str(ROOT), tests=str(ROOT / "tests"), child=child)
    done = subprocess.run(
        [sys.executable, "-c", begin, *map(str, words)],
        capture_output=True, check=False, text=True, timeout=300, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    return {"started": started, **json.loads(done.stdout.splitlines()[-1])}
