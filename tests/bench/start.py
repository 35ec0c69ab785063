"""Process start to the first painted lock window, against a bare window started the same way."""

import tempfile
from pathlib import Path

from bench.figures import Figure, median_of
from bench.shared_child import report_of

NAME = "start"
RUNS = 9
TARGET = 1.4


def run():
    """Start both in turn; the first pair only warms the disk's cache."""
    with tempfile.TemporaryDirectory() as place:
        home = a_home_with_a_vault(Path(place))
        pairs = [(_seconds("bare"), _seconds("lock", home)) for _ in range(RUNS + 1)][1:]
    bare, ours = (list(column) for column in zip(*pairs, strict=True))
    ratio = median_of(ours) / median_of(bare)
    return [
        Figure(
            "start-first-picture", median_of(ours) * 1000, "ms", f"<={TARGET}x-bare-window",
            ratio <= TARGET, ratio, [seconds * 1000 for seconds in ours],
        )
    ]  # fmt: skip


def a_home_with_a_vault(place: Path) -> Path:
    """Return a home where the program asks for a passphrase."""
    from vaults_for_tests import a_closed_vault

    a_closed_vault(place / "home" / "real" / "vault")
    return place / "home"


def _seconds(child, *words):
    report = report_of(child, *words)
    return report["painted"] - report["started"]
