"""`make bench`: measure, print one line a figure, and write build/bench.json.

A benchmark is a module here with NAME and `run() -> list[Figure]`.
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

NOT_BENCHMARKS = ("__main__", "figures", "child_", "shared_")


def benchmarks(what):
    """Return the benchmark modules that were asked for."""
    found = [
        importlib.import_module(f"bench.{file.stem}")
        for file in sorted(HERE.glob("*.py"))
        if not file.stem.startswith(NOT_BENCHMARKS)
    ]
    return [b for b in found if not what or b.NAME in what.split(",")]


def main():
    """Measure what was asked for. A short figure is printed, not failed."""
    asked = argparse.ArgumentParser(prog="make bench")
    asked.add_argument("--what", default="")
    options = asked.parse_args()

    # Beside the code, not in /tmp: that may be memory, and a flush to memory costs nothing.
    (ROOT / "build").mkdir(exist_ok=True)
    figures = []
    for benchmark in benchmarks(options.what):
        for figure in benchmark.run():
            ratio = "-" if figure.ratio is None else f"{figure.ratio:.2f}"
            verdict = "met" if figure.met else "short"
            print(
                f"bench {figure.name} value={figure.value:.3f} unit={figure.unit} "
                f"ratio={ratio} target={figure.target} {verdict}",
                flush=True,
            )
            figures.append(asdict(figure))
    machine = {"python": platform.python_version(), "system": platform.platform()}
    (ROOT / "build" / "bench.json").write_text(
        json.dumps({"machine": machine, "figures": figures}, indent=1), "utf-8"
    )


if __name__ == "__main__":
    main()
