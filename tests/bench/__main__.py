"""`make bench`: measure, print one line a figure, and write build/bench.json.

A benchmark is a module here with NAME and `run() -> list[Figure]`. One that takes many minutes
says ONLY_WHEN_ASKED, runs only when it is named, and takes the share of its full size:
`run(share)`. What it printed last is kept in build/bench.json until it runs again.
"""

import argparse
import importlib
import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE.parent)]

NOT_BENCHMARKS = ("__main__", "figures", "child_", "shared_", "test_")
KEPT = ROOT / "build" / "bench.json"


def benchmarks(what):
    """Return the benchmark modules that were asked for."""
    found = [
        importlib.import_module(f"bench.{file.stem}")
        for file in sorted(HERE.glob("*.py"))
        if not file.stem.startswith(NOT_BENCHMARKS)
    ]
    if what:
        asked = set(what.split(","))
        if unknown := asked - {b.NAME for b in found}:
            sys.exit(f"no benchmark is called {', '.join(sorted(unknown))}")
        return [b for b in found if b.NAME in asked]
    return [b for b in found if not is_heavy(b)]


def is_heavy(benchmark):
    """Say whether it runs only when it is named."""
    return getattr(benchmark, "ONLY_WHEN_ASKED", False)


def keep(name, figures, options):
    """Put a benchmark's figures, with their raw runs, in place of those of its last time."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    machine = {"python": platform.python_version(), "system": platform.platform()}
    others = [figure for figure in kept.get("figures", []) if figure.get("benchmark") != name]
    if kept.get("machine") != machine:
        others = []
    facts = {"benchmark": name, "share": options.share}
    whole = others + [{**facts, **asdict(figure)} for figure in figures]
    KEPT.write_text(json.dumps({"machine": machine, "figures": whole}, indent=1), "utf-8")


def main():
    """Measure what was asked for. A short figure is printed, not failed."""
    asked = argparse.ArgumentParser(prog="make bench")
    asked.add_argument("--what", default="")
    asked.add_argument("--share", type=float, default=1.0, help="of the heavy ones' full size")
    options = asked.parse_args()

    # Beside the code, not in /tmp: that may be memory, and a flush to memory costs nothing.
    KEPT.parent.mkdir(exist_ok=True)
    for benchmark in benchmarks(options.what):
        figures = []
        for figure in benchmark.run(options.share) if is_heavy(benchmark) else benchmark.run():
            ratio = "-" if figure.ratio is None else f"{figure.ratio:.2f}"
            verdict = "met" if figure.met else "short"
            print(
                f"bench {figure.name} value={figure.value:.3f} unit={figure.unit} "
                f"ratio={ratio} target={figure.target} {verdict}",
                flush=True,
            )
            figures.append(figure)
        keep(benchmark.NAME, figures, options)


if __name__ == "__main__":
    main()
