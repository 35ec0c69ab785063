"""`bammajung --tour DIR`: the whole job through the real windows, one line a step.

The tour locks for real: the process is replaced, and goes on in the new one (stage 1).
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.lock import start_again
from ui.main import Program
from ui.tour import answering, arriving, asking, finding, keeping, writing
from ui.tour.camera import BOTH, BY_DAY, Camera
from ui.tour.driver import Driver, NotSeen
from ui.world import PRACTICE, Start

_PREFIX = "bammajung-tour-"
_PACE = 1.2
"""Seconds a practice desk takes for a step: long enough for each step to be seen."""


def main(start: Start, folder: Path, stage: int, *, is_by_day: bool) -> int:
    """Run a stage; return 0 only if everything held. `is_by_day`: no picture by night."""
    home = start.home
    if stage == 0 or home is None:
        home = Path(mkdtemp(prefix=_PREFIX))
        shutil.rmtree(folder / "pictures", ignore_errors=True)
    start = replace(start, home=home, world=PRACTICE, pace=_PACE)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError
    themes = BY_DAY if is_by_day else BOTH
    driver = Driver(app, Camera(app, folder / "pictures", themes), _say)
    program = Program(app, start, _again(home, folder, is_by_day=is_by_day))
    program.show()
    try:
        _run(driver, program, home, stage)
    except (NotSeen, AssertionError) as missed:
        _say(f"✗ {str(missed) or type(missed).__name__}")
        return 1
    program.lock.close()
    _forget(home)
    _say(f"The tour held. Pictures: {folder / 'pictures'}")
    return 0


def _run(driver: Driver, program: Program, home: Path, stage: int) -> None:
    if stage == 1:
        finding.come_back(driver, program, home)
        return
    desk = arriving.arrive(driver, program)
    writing.write(driver, desk)
    sent = asking.ask_and_release(driver, desk)
    answering.hear_back(driver, desk, sent)
    answering.withdraw(driver, desk, sent, program.places.practice)
    keeping.keep(driver, desk)
    finding.search(driver, desk.window)
    driver.press(program.frame, Qt.Key.Key_L, control=True)
    raise NotSeen("Ctrl+L replaces the process")


def _again(home: Path, folder: Path, *, is_by_day: bool) -> Callable[[tuple[str, ...]], None]:
    def again(_: tuple[str, ...]) -> None:
        on = ("--practice", "--home", str(home), "--tour", str(folder), "--tour-stage", "1")
        start_again((*on, *["--by-day"] * is_by_day))

    return again


def _forget(home: Path) -> None:
    """Remove the tour's own home, and nothing that is not one."""
    if home.parent == Path(gettempdir()) and home.name.startswith(_PREFIX):
        shutil.rmtree(home, ignore_errors=True)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
