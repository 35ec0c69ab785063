"""What each thing costs in a vault with so many notes."""

import random
import tempfile
import time
from pathlib import Path

from bench import opening
from bench.figures import median_of
from bench.shared_lists import LISTS, Asker, asker
from bench.shared_vault import of_nights, opened
from builders import a_moment
from invented import alias, note

from desktop.domain.youths import Age
from desktop.services import notes, search, standing, youths
from desktop.vault.database import Vault

NIGHTS = (50, 500, 1_500, 5_000)
NOTES = tuple(20 * nights for nights in NIGHTS)
SHOWN = ("timeline", "promises", "ways", "ends-soon")
"""Lists that are drawn: those that read most."""
KINDS = ("search", *SHOWN, "save", "unlock")
TIMES = 7
SEARCHES = 60


def costs() -> dict[str, list[float]]:
    """Return the milliseconds of each kind at each number of notes."""
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for nights in NIGHTS:
        with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
            for kind, cost in _costs_in(of_nights(Path(place), nights)).items():
                found[kind].append(cost)
    return found


def of_lists(someone: Asker) -> dict[str, list[float]]:
    """Return the milliseconds that each list takes to be asked, again and again."""
    return {
        name: [_timed(lambda ask=ask: ask(someone)) for _ in range(TIMES)]
        for name, ask in LISTS.items()
    }


def _costs_in(home: Path) -> dict[str, float]:
    # The first time only warms the disk's cache.
    keys = [opening._seconds(home) for _ in range(4)][1:]
    vault = opened(home)
    someone = asker(vault)
    lists = of_lists(someone)
    costs = {
        "search": median_of(_searches(vault, someone)),
        **{name: median_of(lists[name]) for name in SHOWN},
        "save": median_of(_saves(vault, someone)),
        "unlock": median_of([(whole - key) * 1000 for whole, key in keys]),
    }
    vault.close()
    return costs


def _searches(vault: Vault, someone: Asker) -> list[float]:
    words = note(random.Random("costs"), 600, 600).split()
    asked = [word[:3] for word in words if len(word) > 1][:SEARCHES]
    return [
        _timed(lambda word=word: search.everything(vault, word, a_moment(someone.now)))
        for word in asked
    ]


def _saves(vault: Vault, someone: Asker) -> list[float]:
    chance = random.Random("saves")
    who = youths.NewYouth(alias(chance), Age.stated(16))
    standing.standing(vault, someone.moment)
    met = youths.meet(vault, who, "", someone.moment)
    text = note(chance, 600, 600)
    return [
        _timed(
            lambda n=n: notes.save(vault, met.youth.id, met.meeting.id, text[:n], someone.moment)
        )
        for n in range(20, 600, 20)
    ]


def _timed(do) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000
