"""A backup of 100 MB, every page proven, against a plain file copy with fsync; and what waits.

The yardstick proves nothing. The first backup of a night is looked through whole, and has a line
of its own: structure, journal and every row are read once a night, not every hour.
"""

import os
import shutil
import tempfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.figures import Figure, median_of, percentile
from bench.shared_vault import opened, thousands

from desktop.services import backups
from desktop.vault import meta

NAME = "backup"
RUNS, WHOLE_RUNS = 9, 3
TARGET = 3.0
_MEGABYTES = 100
_PIECE = 2_000
_DUSK = datetime(2026, 11, 24, 12, tzinfo=UTC)


def run():
    """Make backups an hour apart, a few words written in between, a plain copy before each."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        whole, pairs, waits = _measured(Path(place))
    ours, plain = ([pair[n] * 1000 for pair in pairs] for n in (0, 1))
    ratio = median_of([a / b for a, b in pairs])
    all_read = [a * 1000 for a, _ in whole]
    return [
        Figure(
            "backup-of-100-mb", median_of(ours), "ms", f"<={TARGET:.0f}x-plain-copy-with-fsync",
            ratio <= TARGET, ratio, ours,
        ),
        Figure("plain-copy-with-fsync", median_of(plain), "ms", "-", True, None, plain),
        Figure(
            "backup-first-of-a-night", median_of(all_read), "ms", "-", True,
            median_of([a / b for a, b in whole]), all_read,
        ),
        Figure("save-beside-a-backup-longest", max(waits) * 1000, "ms", "-", True),
        Figure("save-beside-a-backup-p50", percentile(waits, 0.5) * 1000, "ms", "-", True),
    ]  # fmt: skip


def _measured(place: Path):
    with closing(opened(thousands(place))) as vault:
        _fill(vault)
        whole = [_pair(vault, place, hour, reads_all=True) for hour in range(WHOLE_RUNS)]
        pairs = [_pair(vault, place, 10 + hour) for hour in range(RUNS)]
        return whole, pairs, _waits(vault)


def _fill(vault) -> None:
    number = 0
    while (vault.folder / "notes.db").stat().st_size < _MEGABYTES * 1_000_000:
        with vault.transaction() as db:
            for piece in range(number, number + 500):
                meta.keep(db, f"filling {piece}", "." * _PIECE)
        number += 500


def _pair(vault, place: Path, hour: int, *, reads_all: bool = False) -> tuple[float, float]:
    """Return the seconds of a backup, and of a plain copy just before it."""
    with vault.transaction() as db:
        meta.keep(db, "hour", f"{hour} {reads_all}")
    copy = place / "copy"
    began = time.perf_counter()
    shutil.copyfile(vault.folder / "notes.db", copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    plain = time.perf_counter() - began
    copy.unlink()
    now = _DUSK + timedelta(hours=hour)
    began = time.perf_counter()
    backups.make(vault, now, reads_all=reads_all)
    return time.perf_counter() - began, plain


def _waits(vault) -> list[float]:
    """Save while backups are made; return how long each saving took."""
    waits, is_over = [], threading.Event()

    def save():
        with closing(vault.sibling()) as own:
            number = 0
            while not is_over.wait(0.005):
                began = time.perf_counter()
                with own.transaction() as db:
                    meta.keep(db, "typed", str(number))
                waits.append(time.perf_counter() - began)
                number += 1

    writer = threading.Thread(target=save)
    writer.start()
    for minute in range(3):
        backups.make(vault, _DUSK + timedelta(hours=30, minutes=minute))
    is_over.set()
    writer.join()
    return waits
