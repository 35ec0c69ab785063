"""`make prove`: run fault harnesses at a share of their release figures, one line each.

A harness is a module here with NAME (as its file is called: the group first, which is vault-,
exchange-, night- or consent-), FULL (how many faults a release needs) and `run(count) -> Proof`.
One of which a hundredth says little has LEAST: so many at whatever share, unless that is its own.
Any other file here is something the harnesses share. A harness that takes hours may be played in
parts: `--after` leaves out its first so many, and its `run` takes them as a second number.
"""

import argparse
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

GROUPS = {"vault", "exchange", "night", "consent"}


def harnesses(what):
    """Return the harness modules whose name, or group, was asked for; no other is loaded."""
    wanted = {word.partition("=")[0] for word in what.split(",")} - {""}
    found, known = [], set(GROUPS)
    for file in sorted(HERE.glob("*.py")):
        group, name = file.stem.split("_")[0], file.stem.replace("_", "-")
        if group in GROUPS:
            known.add(name)
            if not wanted or {name, group} & wanted:
                found.append(importlib.import_module(f"prove.{file.stem}"))
    if unknown := wanted - known:
        sys.exit(f"no harness is called {', '.join(sorted(unknown))}")
    return sorted(found, key=lambda h: h.NAME)


def shares(what):
    """Return the shares that were asked for by name, as in `vault-kill=0.1`."""
    asked = (word.partition("=") for word in what.split(","))
    return {name: float(share) for name, _, share in asked if share}


def main():
    """Run what was asked for; succeed only if nothing failed and every control was caught."""
    asked = argparse.ArgumentParser(prog="make prove")
    asked.add_argument("--what", default="")
    asked.add_argument("--share", type=float, default=0.01)
    asked.add_argument("--after", type=int, default=0)
    options = asked.parse_args()

    chosen = harnesses(options.what)
    all_held, own = True, shares(options.what)
    for harness in chosen:
        share = own.get(harness.NAME, options.share)
        least = 1 if harness.NAME in own else getattr(harness, "LEAST", 1)
        count = max(least, round(harness.FULL * share))
        proof = harness.run(count, options.after) if options.after else harness.run(count)
        all_held &= proof.failed == 0 and proof.control_caught
        control = "caught" if proof.control_caught else "missed"
        print(
            f"prove {harness.NAME} done={proof.done} failed={proof.failed} control={control}",
            flush=True,
        )
    sys.exit(0 if all_held else 1)


if __name__ == "__main__":
    main()
