"""A note saving itself, index and journal and anchor on, against one bare SQLCipher insert."""

import random
import tempfile
import time
from pathlib import Path
from uuid import UUID

from bench.figures import Figure, median_of
from bench.shared_vault import opened, thousands
from builders import on_a_night
from invented import alias, note
from prove.evening import Clock

from desktop.domain.moment import Moment
from desktop.domain.youths import Age
from desktop.services import notes, youths
from desktop.vault.connection import connect
from desktop.vault.folder import Folder

NAME = "autosave"
RUNS, SAVES = 7, 40
TARGET = 3.5


def run():
    """Write one note a run, a save for each few words, and finish it; a bare insert each time."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        vault = opened(thousands(Path(place)))
        bare = _bare(Path(place))
        chance = random.Random("autosave")
        clock = Clock(chance)
        on_a_night(vault, clock())
        _one_note(vault, bare, clock, chance)
        pairs = [_one_note(vault, bare, clock, chance) for _ in range(RUNS)]
        vault.close()
        bare.close()
    ours, bares = ([p[n] for p in pairs] for n in (0, 1))
    ratios = [a / b for a, b in pairs]
    ratio = median_of(ratios)
    return [
        Figure(
            "autosave-of-a-note", median_of(ours) * 1000, "ms",
            f"<={TARGET}x-bare-sqlcipher-insert", ratio <= TARGET, ratio,
            [seconds * 1000 for seconds in ours],
        ),
        Figure(
            "bare-sqlcipher-insert", median_of(bares) * 1000, "ms", "-", True, None,
            [seconds * 1000 for seconds in bares],
        ),
    ]  # fmt: skip


def _bare(place: Path):
    folder = Folder(place / "bare")
    folder.path.mkdir()
    bare = connect(folder, bytes(range(48)), "rwc")
    bare.execute("CREATE TABLE note (n INTEGER PRIMARY KEY, saved_at TEXT, text TEXT) STRICT")
    return bare


def _one_note(vault, bare, clock, chance):
    """Return the mean seconds of one of our saves, the finish shared out, and of a bare insert."""
    met = youths.meet(vault, youths.NewYouth(alias(chance), Age.stated(16)), "", clock())
    whole = note(chance, 600, 600)
    ours = theirs = 0.0
    for number in range(1, SAVES + 1):
        text = whole[: len(whole) * number // SAVES]
        moment = clock()
        began = time.perf_counter()
        saved = notes.save(vault, met.youth.id, met.meeting.id, text, moment)
        between = time.perf_counter()
        bare.execute("INSERT INTO note (saved_at, text) VALUES (?, ?)", (str(moment.now), text))
        ended = time.perf_counter()
        ours, theirs = ours + between - began, theirs + ended - between
    began = time.perf_counter()
    notes.sign(vault, saved.id, Moment(clock().now, UUID(int=1)))
    ours += time.perf_counter() - began
    return ours / SAVES, theirs / SAVES
