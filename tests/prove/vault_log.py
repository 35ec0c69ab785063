"""Exceptions full of words and keys, thrown wherever the program or the hub might log (R-33).

The real program runs, with its own hooks; each exception is raised in a slot, on the vault's
thread, in what takes its answer, in a thread of nobody's, in a finaliser, in a callback of a
library that logs, or handed to the log; and in a route, or the hourly task, of a real hub. Log
files and whatever reached stdout and stderr must hold none of it. Control: a log that writes
`repr(error)`.
"""

import asyncio
import gc
import json
import logging
import os
import random
import sys
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from invented import sentence, word
from prove.poisoned import poison
from prove.proof import Proof, scratch, spread
from prove.sieve import Sieve

NAME = "vault-log"
FULL = 1_000
A_PROGRAM = 100
_LAST_RESORT = logging.lastResort


def run(count: int) -> Proof:
    """Throw that many."""
    broken = spread(thrown, count, A_PROGRAM, NAME)
    return Proof(count, len(broken), is_found_in_a_naive_log())


def thrown(seed: str, count: int) -> list[str]:
    """Throw so many into one program and one hub; return what was found of them."""
    chance = random.Random(seed)
    poisons = [(word(chance, 10) + " " + sentence(chance)) for _ in range(count)]
    needles = {f"words {number}": words for number, words in enumerate(poisons)}
    with scratch("log") as place:
        with _said(Path(place) / "said"):
            half = (count + 1) // 2
            at_program = [poison(words, chance) for words in poisons[:half]]
            at_hub = [poison(words, chance) for words in poisons[half:]]
            _as_python_begins()
            asyncio.run(_hub(Path(place) / "hub", at_hub))
            places = _program(Path(place) / "home", at_program, chance)
            _as_python_begins()
        lines = sum(len(log.read_text().splitlines()) for log in Path(place).rglob("*.log"))
        sieve = Sieve(needles)
        found = [
            f"{hit} in {file.name}, thrown in {places.get(int(hit.split()[1]), 'the hub')}"
            for file in Path(place).rglob("*") if file.is_file()
            for hit in sieve.found_in_file(file)
        ]  # fmt: skip
    return found if lines >= half // 2 else [*found, f"only {lines} lines were logged"]


def _as_python_begins():
    """Print failures as a fresh process does: what the program changes, the hub must not have."""
    sys.excepthook, sys.unraisablehook = sys.__excepthook__, sys.__unraisablehook__
    threading.excepthook, logging.lastResort = threading.__excepthook__, _LAST_RESORT


@contextmanager
def _said(file: Path):
    """Send what this process says to a file, whoever says it."""
    kept = [os.dup(fd) for fd in (1, 2)]
    with file.open("wb") as said:
        for fd in (1, 2):
            os.dup2(said.fileno(), fd)
        try:
            yield
        finally:
            for fd, old in zip((1, 2), kept, strict=True):
                os.dup2(old, fd)
                os.close(old)


def _program(home: Path, poisons, chance) -> dict[int, str]:
    """Run the real program, throw, and say where each was thrown."""
    from PySide6.QtCore import QTimer, Slot

    import ui.main
    from ui.world import REAL, Start

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    where = [chance.choice(list(PLACES)) for _ in poisons]

    class Poisoned(ui.main.Program):
        """The program, with bugs in it."""

        @Slot()
        def _on_painted(self):
            super()._on_painted()
            QTimer.singleShot(0, self._fail)

        def _fail(self):
            for name, raising in zip(where, poisons, strict=True):
                PLACES[name](self, raising)
                self._app.processEvents()
            self.worker.wait(lambda: None, 10)
            for _ in range(20):
                self._app.processEvents()
            self._app.quit()

    usual, ui.main.Program = ui.main.Program, Poisoned
    try:
        ui.main.main(Start(home, REAL))
    finally:
        ui.main.Program = usual
    return dict(enumerate(where))


def _in_slot(program, raising):
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, raising)


def _on_the_vaults_thread(program, raising):
    program.worker.do(raising, lambda _: None)


def _in_an_answer(program, raising):
    program.worker.do(lambda: None, lambda _: raising())


def _in_a_thread(program, raising):
    thread = threading.Thread(target=raising)
    thread.start()
    thread.join()


class _Finalised:
    def __init__(self, raising):
        self._raising = raising

    def __del__(self):
        self._raising()


def _in_a_finaliser(program, raising):
    _Finalised(raising)
    gc.collect()


def _in_a_callback(program, raising):
    future = Future()
    future.add_done_callback(lambda _: raising())
    future.set_result(None)


def _handed_over(program, raising):
    from desktop.logs import Log
    from ui.main import now

    log = Log(program.places.logs, now)
    try:
        raising()
    except Exception as error:  # noqa: BLE001  (whatever was thrown)
        log.failed(error)
        log.say(str(error), sent=error, vault=str(error), **{"alias": str(error)})


PLACES = {
    "a slot": _in_slot, "the vault's thread": _on_the_vaults_thread, "an answer": _in_an_answer,
    "a thread": _in_a_thread, "a finaliser": _in_a_finaliser, "a callback": _in_a_callback,
    "the log": _handed_over,
}  # fmt: skip


async def _hub(home: Path, poisons) -> None:
    """Let a real hub meet each: in an endpoint, or in what it does by itself."""
    from hub_for_tests import ADDRESS, Question, asked
    from starlette.routing import Route

    from sync.server.app import app
    from sync.server.upkeep import look_after

    made = app(home, "real")
    house = made.state.house
    for number, raising in enumerate(poisons):

        async def endpoint(_request, raising=raising):
            raising()

        made.router.routes[:] = [Route("/poisoned", endpoint)]
        answer = await asked(made, Question("GET", f"{ADDRESS}/poisoned"))
        if answer.status != 500:
            raise AssertionError("a bug was answered as if it were none")
        if number % 4 == 0:
            house.desk.look_after = lambda _, raising=raising: raising()
            stopping = asyncio.Event()
            task = asyncio.create_task(look_after(house, stopping))
            await asyncio.sleep(0.02)
            stopping.set()
            await task
            del task
            gc.collect()
    made.state.hub.store.close()


def is_found_in_a_naive_log() -> bool:
    """The control: every kind of exception, logged as most programs do."""
    chance = random.Random("control")
    with scratch("log") as place:
        file, needles = Path(place) / "naive.log", {}
        with file.open("a", encoding="utf-8") as log:
            for number in range(40):
                needles[f"words {number}"] = words = sentence(chance)
                try:
                    poison(words, chance)()
                except Exception as error:  # noqa: BLE001  (whatever was thrown)
                    log.write(json.dumps({"error": f"{error!r} {error}"}, ensure_ascii=False))
        found = {hit.split(" as ")[0] for hit in Sieve(needles).found_in_file(file)}
    return len(found) > len(needles) // 2
