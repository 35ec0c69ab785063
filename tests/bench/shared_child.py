"""Start a child of a benchmark, and read the one line that it reports."""

import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BEGIN = "import sys; sys.path[:0] = [{root!r}, {tests!r}]; {prepare}import bench.child_{child}"
_PREPARE = "from ui import quick; quick.prepare(); "  # as `ui.__main__` does before it loads Qt
_WITHOUT = ("bare", "making")
_PATIENCE = {"making": 3_600}  # seconds; a large vault takes minutes where others work too


def report_of(child: str, *words: object) -> dict:
    """Run `child_<child>.py`; return its report, and `started`: when it was asked to start."""
    started = time.monotonic()
    prepare = "" if child in _WITHOUT else _PREPARE
    begin = _BEGIN.format(root=str(ROOT), tests=str(ROOT / "tests"), prepare=prepare, child=child)
    done = subprocess.run(
        [sys.executable, "-c", begin, *map(str, words)],
        capture_output=True, check=False, text=True, timeout=_PATIENCE.get(child, 300), cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    return {"started": started, **json.loads(done.stdout.splitlines()[-1])}
