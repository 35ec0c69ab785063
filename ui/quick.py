"""What stands between pressing the icon and the first window, and need not."""

import gc
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_EVERY: Final = 1_000  # milliseconds


def prepare() -> None:
    """Load Qt's Python without its slow habits. Called once, before anything of Qt is imported."""
    gc.disable()  # until the first window is painted: what is loaded now is never garbage
    import PySide6.QtCore  # noqa: F401 - brings the module below

    # PySide reads, and keeps, the source of every module imported after it, to look for
    # `from __feature__ import …`, which nothing here uses: 0.1 ms and 11 KB for each of 370.
    features = sys.modules.get("shibokensupport.feature")
    if features is not None:
        vars(features)["_mod_uses_pyside"] = _never


def collect_here(window: "QObject", is_resting: Callable[[], bool]) -> None:
    """Collect garbage from now on, on the painting thread only and between two events.

    What has lived for a while is looked through only while the hand is resting: 25 to 45 ms, in
    which a list would not scroll (D-128).

    Python collects on whichever thread happens to ask for memory. What belongs to Qt must end on
    its own thread: a timer that the vault's thread took away ended the program (D-051).

    What is there by now, before anything is unlocked, is never garbage either, and never looked
    through again: that took 25 ms to 150 ms each time, on this thread.
    """
    from PySide6.QtCore import QTimer

    gc.disable()
    gc.freeze()
    timer = QTimer(window)
    timer.setInterval(_EVERY)
    timer.timeout.connect(partial(_collect, is_resting))
    timer.start()


def _collect(is_resting: Callable[[], bool]) -> None:
    """Do what Python would have done by itself; what is old waits for a hand that rests."""
    for generation in (2, 1, 0) if is_resting() else (0,):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return


def _never(_: object) -> bool:
    return False
